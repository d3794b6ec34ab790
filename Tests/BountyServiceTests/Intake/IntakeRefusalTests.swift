import JetStream
import NIOCore
import TestSupport
import Testing

@testable import BountyService

/// What is refused, and in which order things are checked.
@Suite(.timeLimit(.minutes(5))) struct IntakeRefusalTests {
    // MARK: - Signatures

    @Test func eitherOfTwoSecretsIsAccepted() async throws {
        try await IntakeFixture.run(secrets: ["old", "new"]) { fixture async throws in
            for (secret, status) in [("old", 202), ("new", 202), ("older", 401), ("", 401)] {
                #expect(try await fixture.send(DeliveryRequest(secret: secret)).status == status, "\(secret)")
            }
            #expect(try await fixture.storedCount == 2)
        }
    }

    @Test func aSignatureMayBeInUpperCase() async throws {
        try await IntakeFixture.run { fixture in
            let request = DeliveryRequest()
            let digits = DeliveryRequest.signature(of: request.body, secret: DeliveryRequest.secret).dropFirst(7)
            let answer = try await fixture.send(
                request.setting("X-Hub-Signature-256", to: "sha256=\(digits.uppercased())"))
            #expect(answer.status == 202)
        }
    }

    @Test(arguments: [
        "sha256=" + String(repeating: "0", count: 64), "sha256=" + String(repeating: "g", count: 64),
        "sha256=" + String(repeating: "0", count: 63), "sha256=" + String(repeating: "0", count: 65),
        "sha1=" + String(repeating: "0", count: 40), "sha256", "sha256=", "SHA256=" + String(repeating: "0", count: 64),
        String(repeating: "0", count: 64), "+", "sha256=" + String(repeating: "+0", count: 32),
    ])
    func aWrongSignatureIs401(signature: String) async throws {
        try await IntakeFixture.run { fixture in
            let answer = try await fixture.send(DeliveryRequest().setting("X-Hub-Signature-256", to: signature))
            #expect(answer.status == 401)
            #expect(answer.headers["content-type"] == "application/problem+json")
            #expect(answer.body.contains("https://bursar.example/problems/wrong-signature"))
            #expect(!answer.body.contains(DeliveryRequest.secret))
            #expect(try await fixture.storedCount == 0)
            #expect(fixture.counted("wrong_signature") == 1)
        }
    }

    @Test func theSignatureIsOfEveryByte() async throws {
        try await IntakeFixture.run { fixture async throws in
            let request = DeliveryRequest(body: ByteBuffer(string: "{\"a\": 1}"))
            for body in ["{\"a\": 2}", "{\"a\": 1}\n", "{\"a\":1}", "{\"a\": 1", "", "{\"a\": 1}\0"] {
                #expect(try await fixture.send(request.tampered(body)).status == 401, "\(body)")
            }
            let twice = DeliveryRequest.signature(of: request.body, secret: DeliveryRequest.secret)
            #expect(
                try await fixture.send(request.setting("X-Hub-Signature-256", to: "\(twice), \(twice)")).status == 401)
            #expect(try await fixture.storedCount == 0)
        }
    }

    // MARK: - Headers

    @Test(
        arguments: [
            ("X-GitHub-Event", nil), ("X-GitHub-Event", ""), ("X-GitHub-Event", "Issues"),
            ("X-GitHub-Event", "issue.comment"), ("X-GitHub-Event", "issues > *"), ("X-GitHub-Event", "*"),
            ("X-GitHub-Event", "issues2"), ("X-GitHub-Event", "issu\u{E9}s"),
            ("X-GitHub-Event", String(repeating: "a", count: 65)), ("X-GitHub-Delivery", nil),
            ("X-GitHub-Delivery", ""), ("X-GitHub-Delivery", "a b"), ("X-GitHub-Delivery", "a\u{E9}"),
            ("X-GitHub-Delivery", "a_b"), ("X-GitHub-Delivery", String(repeating: "a", count: 65)),
            ("X-Hub-Signature-256", nil),
        ] as [(String, String?)])
    func aMissingOrMalformedHeaderIs400AndNamed(name: String, value: String?) async throws {
        try await IntakeFixture.run { fixture in
            let answer = try await fixture.send(DeliveryRequest().setting(name, to: value))
            #expect(answer.status == 400)
            #expect(answer.body.contains("the header \(name) must be "))
            #expect(try await fixture.storedCount == 0)
            #expect(fixture.counted("missing_header") == 1)
        }
    }

    @Test func aHeaderThatComesTwiceIsMalformed() async throws {
        try await IntakeFixture.run { fixture async throws in
            for (name, value) in [("X-GitHub-Event", "issues"), ("X-GitHub-Delivery", "d-2")] {
                var request = DeliveryRequest()
                request.headers.append((name, value))
                #expect(try await fixture.send(request).status == 400)
            }
            var request = DeliveryRequest()
            let signature = DeliveryRequest.signature(of: request.body, secret: DeliveryRequest.secret)
            request.headers.append(("X-Hub-Signature-256", signature))
            #expect(try await fixture.send(request).status == 401)
            #expect(try await fixture.storedCount == 0)
        }
    }

    @Test func namesOfHeadersHaveNoCase() async throws {
        try await IntakeFixture.run { fixture async throws in
            var request = DeliveryRequest()
            request.headers = request.headers.map { ($0.name.lowercased(), $0.value) }
            #expect(try await fixture.send(request).status == 202)
        }
    }

    @Test(arguments: [
        "application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON",
        "application/json ; charset=utf-8", "application/json;",
    ])
    func parametersOfTheContentTypeAreAccepted(contentType: String) async throws {
        try await IntakeFixture.run { fixture async throws in
            #expect(try await fixture.send(DeliveryRequest().setting("Content-Type", to: contentType)).status == 202)
        }
    }

    @Test(
        arguments: [
            nil, "", "application/x-www-form-urlencoded", "text/json", "application/jsonx",
            "application/json, text/html",
            "app lication/json", "application / json", "application", "*/*",
        ] as [String?])
    func anotherContentTypeIs415(contentType: String?) async throws {
        try await IntakeFixture.run { fixture in
            let answer = try await fixture.send(DeliveryRequest().setting("Content-Type", to: contentType))
            #expect(answer.status == 415)
            #expect(answer.headers["accept"] == "application/json")
            #expect(try await fixture.storedCount == 0)
            #expect(fixture.counted("unsupported_media_type") == 1)
        }
    }

    // MARK: - The order of checks

    @Test func theFirstCheckThatFailsIsTheAnswer() async throws {
        try await IntakeFixture.run { fixture in
            var request = DeliveryRequest("ping").tampered("{}").setting("Content-Length", to: "26214401")
                .setting("X-Hub-Signature-256", to: nil).setting("X-GitHub-Delivery", to: nil)
                .setting("X-GitHub-Event", to: nil).setting("Content-Type", to: "text/plain")
            let signature = "sha256=" + String(repeating: "0", count: 64)
            let steps: [(name: String, value: String?, status: Int, problem: String)] = [
                ("Content-Type", "application/json", 415, "unsupported-media-type"),
                ("X-GitHub-Event", "ping", 400, "X-GitHub-Event"),
                ("X-GitHub-Delivery", "d-1", 400, "X-GitHub-Delivery"),
                ("X-Hub-Signature-256", signature, 400, "X-Hub-Signature-256"),
                ("Content-Length", nil, 413, "content-too-large"),
            ]
            for step in steps {
                let answer = try await fixture.send(request)
                #expect(answer.status == step.status)
                #expect(answer.body.contains(step.problem), "\(answer.body)")
                request = request.setting(step.name, to: step.value)
            }
            // The signature before the event: who cannot sign learns nothing.
            #expect(try await fixture.send(request).status == 401)
            #expect(try await fixture.storedCount == 0)
        }
    }

    // MARK: - Methods

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"])
    func onlyPostIsAllowed(method: String) async throws {
        try await IntakeFixture.run { fixture in
            var request = DeliveryRequest()
            request.method = method
            let answer = try await fixture.send(request)
            #expect(answer.status == 405)
            #expect(answer.headers["allow"] == "POST")
            #expect(try await fixture.storedCount == 0)
        }
    }

    @Test(arguments: ["/", "/webhooks", "/webhooks/github/more", "/webhooks/gitlab", "/WEBHOOKS/github"])
    func otherPathsAre404(path: String) async throws {
        try await IntakeFixture.run { fixture async throws in
            var request = DeliveryRequest()
            request.path = path
            #expect(try await fixture.send(request).status == 404)
        }
    }

    @Test func everyAnswerHasARequestID() async throws {
        try await IntakeFixture.run { fixture in
            let good = try await fixture.send(DeliveryRequest())
            let bad = try await fixture.send(DeliveryRequest().tampered("{}"))
            #expect(good.headers["x-request-id"]?.isEmpty == false)
            #expect(bad.body.contains("\"request_id\":\"\(try #require(bad.headers["x-request-id"]))\""))
        }
    }
}
