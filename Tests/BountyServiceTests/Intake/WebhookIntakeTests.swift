import BountyDomain
import Events
import FoundationEssentials
import JetStream
import NIOCore
import Suite
import TestSupport
import Testing

@testable import BountyService

@Suite(.timeLimit(.minutes(5))) struct WebhookIntakeTests {
    // MARK: - What is stored

    @Test(arguments: ["issue_comment", "issues", "pull_request"])
    func aDeliveryIsStoredAsItCame(event: String) async throws {
        try await IntakeFixture.run { fixture in
            // Bytes that no JSON reader would give back the same, or at all.
            let body = ByteBuffer(bytes: Array("{ \"a\" :\t1.0,\r\n\"a\":\"\\u00e9\"}".utf8) + [0, 0xFF, 0xFE])
            let answer = try await fixture.send(DeliveryRequest(event, id: "d-1", body: body))
            #expect(answer.status == 202)
            #expect(answer.headers["content-type"] == "application/json; charset=utf-8")
            #expect(answer.body == #"{"delivery":"d-1","status":"stored"}"#)
            let message = try #require(try await fixture.stored(1).first)
            #expect(message.subject == "webhooks.github.\(event)")
            #expect(message.payload == body)
            #expect(
                Set(message.headers.fields.map(\.name))
                    == ["X-GitHub-Event", "X-GitHub-Delivery", "Bursar-Received-At", "traceparent"])
            #expect(message.headers["X-GitHub-Event"] == event)
            #expect(message.headers["X-GitHub-Delivery"] == "d-1")
            let received = try #require(message.headers["Bursar-Received-At"].flatMap { Date(wireText: $0) })
            #expect(abs(received.timeIntervalSinceNow) < 60)
            #expect(Traceparent(try #require(message.headers["traceparent"])) != nil)
            #expect(fixture.counted("stored") == 1)
            #expect(fixture.metrics.value("bursar_webhook_accept_seconds_count") == 1)
        }
    }

    @Test func theTraceGoesOn() async throws {
        try await IntakeFixture.run { fixture in
            let trace = "0af7651916cd43dd8448eb211c80319c"
            let request = DeliveryRequest()
            for traceparent in ["00-\(trace)-b7ad6b7169203331-01", "00-\(trace)-0000000000000000-01", "nonsense"] {
                #expect(try await fixture.send(request.setting("traceparent", to: traceparent)).status == 202)
            }
            let traces = try await fixture.stored(3).map { $0.headers["traceparent"].flatMap { Traceparent($0) } }
            #expect(traces[0]?.traceID == trace)
            #expect(traces[0]?.parentID != "b7ad6b7169203331")
            #expect(traces[0]?.flags == 1)
            // What is malformed starts a new trace.
            #expect(traces[1] != nil && traces[1]?.traceID != trace)
            #expect(traces[2] != nil)
        }
    }

    /// The worker tells them apart; in a work queue the broker would lose what it took for a repetition.
    @Test func theSameDeliveryIsStoredAgain() async throws {
        try await IntakeFixture.run { fixture in
            for _ in 0..<3 { #expect(try await fixture.send(DeliveryRequest()).status == 202) }
            let messages = try await fixture.stored(3)
            #expect(Set(messages.map { $0.headers["X-GitHub-Delivery"] }).count == 1)
            for message in messages { try await message.ack() }
            #expect(try await fixture.send(DeliveryRequest()).status == 202)
            #expect(try await fixture.storedCount == 1)
        }
    }

    @Test func aChunkedBodyIsStoredWhole() async throws {
        try await IntakeFixture.run { fixture async throws in
            let body = ByteBuffer(bytes: (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            for size in [1_000, 100_000] {
                #expect(try await fixture.send(DeliveryRequest(body: body).chunked(by: size)).status == 202)
            }
            #expect(try await fixture.stored(2).map(\.payload) == [body, body])
        }
    }

    @Test func anEmptyBodyWithItsSignatureIsStored() async throws {
        try await IntakeFixture.run { fixture async throws in
            #expect(try await fixture.send(DeliveryRequest(body: ByteBuffer())).status == 202)
            #expect(try await fixture.stored(1).first?.message.payloadSize == 0)
        }
    }

    @Test(arguments: ["ping", "star", "push", "workflow_run", "issue_comment_", "installation_target"])
    func anEventThatMeansNothingToUsIsIgnored(event: String) async throws {
        try await IntakeFixture.run { fixture in
            let answer = try await fixture.send(DeliveryRequest(event, id: "d-1"))
            #expect(answer.status == 202)
            #expect(answer.body == #"{"delivery":"d-1","status":"ignored"}"#)
            #expect(try await fixture.storedCount == 0)
            #expect(fixture.counted("ignored") == 1)
        }
    }

    @Test func manyDeliveriesAtOnceAreAllStored() async throws {
        try await IntakeFixture.run { fixture in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask { try await fixture.send(DeliveryRequest(id: "d-\(number)")).status }
                }
                for try await status in group { #expect(status == 202) }
            }
            let ids = try await fixture.stored(200).compactMap { $0.headers["X-GitHub-Delivery"] }
            #expect(Set(ids) == Set((0..<200).map { "d-\($0)" }))
            #expect(fixture.counted("stored") == 200)
        }
    }

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

    // MARK: - Sizes

    @Test func aBodyOf25MebibytesIsAccepted() async throws {
        try await IntakeFixture.run(bodyDeadline: .seconds(120), storeDeadline: .seconds(60)) { fixture in
            let body = ByteBuffer(repeating: 0x20, count: 25 * 1024 * 1024)
            #expect(try await fixture.send(DeliveryRequest(body: body)).status == 202)
            #expect(try await fixture.send(DeliveryRequest(body: body).chunked(by: 1 << 20)).status == 202)
            for message in try await fixture.stored(2) {
                #expect(message.message.withPayload { $0.count == body.readableBytes && $0.last == 0x20 })
            }
        }
    }

    @Test(arguments: ["26214401", "99999999999"])
    func aLargerContentLengthIs413BeforeAnyOfTheBodyIsSent(length: String) async throws {
        try await IntakeFixture.run { fixture in
            let request = DeliveryRequest(body: ByteBuffer()).setting("Content-Length", to: length)
            let answer = try await fixture.send(request)
            #expect(answer.status == 413)
            #expect(answer.body.contains("the body is longer than the limit of 26214400 bytes"))
            #expect(fixture.counted("content_too_large") == 1)
        }
    }

    @Test func aLargerChunkedBodyIs413() async throws {
        try await IntakeFixture.run(bodyDeadline: .seconds(120), storeDeadline: .seconds(60)) { fixture async throws in
            let body = ByteBuffer(repeating: 0x20, count: 25 * 1024 * 1024 + 1)
            let answer = try await fixture.send(DeliveryRequest(body: body).chunked(by: 1 << 20))
            #expect(answer.status == 413)
            #expect(try await fixture.storedCount == 0)
            // Nothing of it is left behind.
            #expect(try await fixture.send(DeliveryRequest()).status == 202)
        }
    }

    @Test func aBodyThatDoesNotArriveInTimeIs408() async throws {
        try await IntakeFixture.run(bodyDeadline: .milliseconds(100)) { fixture in
            var request = DeliveryRequest().setting("Content-Length", to: "100")
            request.body = ByteBuffer(string: "{\"a\":")
            let answer = try await fixture.send(request)
            #expect(answer.status == 408)
            #expect(answer.headers["connection"] == "close")
            #expect(fixture.counted("request_timeout") == 1)
            #expect(try await fixture.storedCount == 0)
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

    // MARK: - The broker

    @Test func withoutABrokerTheAnswerIs503AndNothingIsLost() async throws {
        try await IntakeFixture.run { fixture in
            #expect(try await fixture.send(DeliveryRequest(id: "d-1")).status == 202)
            await fixture.broker.kill()
            try await poll { fixture.client.state.isDown }
            let answer = try await fixture.send(DeliveryRequest(id: "d-2"))
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "5")
            #expect(answer.body.contains("problems/unavailable"))
            #expect(fixture.counted("unavailable") == 1)
            // These need no broker.
            #expect(try await fixture.send(DeliveryRequest("ping")).status == 202)
            #expect(try await fixture.send(DeliveryRequest().tampered("{}")).status == 401)
            try await fixture.broker.start()
            try await fixture.client.waitUntilConnected(timeout: .seconds(20))
            try await poll { (try? await fixture.storedCount) == 1 }
            #expect(try await fixture.send(DeliveryRequest(id: "d-2")).status == 202)
            #expect(try await fixture.stored(2).compactMap { $0.headers["X-GitHub-Delivery"] } == ["d-1", "d-2"])
        }
    }

    /// Every delivery that was answered 202 is there after the broker died without a word.
    @Test func whatWasAnswered202SurvivesTheDeathOfTheBroker() async throws {
        try await IntakeFixture.run { fixture in
            let accepted = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        let id = "d-\(number)"
                        return try await fixture.send(DeliveryRequest(id: id)).status == 202 ? id : nil
                    }
                }
                group.addTask {
                    try await poll { try await fixture.storedCount >= 10 }
                    await fixture.broker.kill()
                    return nil
                }
                return try await group.reduce(into: Set<String>()) { ids, id in if let id { ids.insert(id) } }
            }
            try await fixture.broker.start()
            try await fixture.client.waitUntilConnected(timeout: .seconds(20))
            try await poll { (try? await fixture.storedCount) != nil }
            let stored = try await fixture.stored(try await fixture.storedCount)
            #expect(accepted.isSubset(of: stored.compactMap { $0.headers["X-GitHub-Delivery"] }))
            #expect(accepted.count >= 10)
        }
    }

    @Test func aBrokerThatDoesNotAcknowledgeInTimeIs503() async throws {
        try await IntakeFixture.run(storeDeadline: .milliseconds(200)) { fixture in
            let answer = try await fixture.broker.whilePaused { try await fixture.send(DeliveryRequest()) }
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "5")
            #expect(try await fixture.send(DeliveryRequest()).status == 202)
        }
    }

    @Test func withoutAStreamTheAnswerIs503() async throws {
        try await IntakeFixture.run(provisions: []) { fixture in
            #expect(try await fixture.send(DeliveryRequest()).status == 503)
            try await fixture.client.provision(Topology.streams(replicas: 1))
            #expect(try await fixture.send(DeliveryRequest()).status == 202)
        }
    }

    @Test func aFullStreamIs503AndKeepsWhatItHas() async throws {
        var provisions = Topology.streams(replicas: 1)
        provisions[0].stream.maximumMessages = 1
        try await IntakeFixture.run(provisions: provisions) { fixture in
            #expect(try await fixture.send(DeliveryRequest(id: "d-1")).status == 202)
            #expect(try await fixture.send(DeliveryRequest(id: "d-2")).status == 503)
            let first = try #require(try await fixture.stored(1).first)
            #expect(first.headers["X-GitHub-Delivery"] == "d-1")
            try await first.ack()
            #expect(try await fixture.send(DeliveryRequest(id: "d-2")).status == 202)
        }
    }

    // MARK: - Memory

    @Test func aBodyThatDoesNotFitIntoTheBudgetIs503() async throws {
        try await IntakeFixture.run(bufferedBytes: 1_000) { fixture in
            let fits = ByteBuffer(repeating: 0x20, count: 1_000)
            let tooLarge = ByteBuffer(repeating: 0x20, count: 1_001)
            for _ in 0..<3 {
                let answer = try await fixture.send(DeliveryRequest(body: tooLarge))
                #expect(answer.status == 503)
                #expect(answer.headers["retry-after"] == "5")
                // Whatever comes of a body, its bytes are free again.
                #expect(
                    try await fixture.send(DeliveryRequest(body: fits).setting("X-Hub-Signature-256", to: "x")).status
                        == 401)
                #expect(try await fixture.send(DeliveryRequest(body: fits)).status == 202)
                #expect(try await fixture.send(DeliveryRequest("ping", body: fits)).status == 202)
            }
        }
    }

    @Test func bodiesThatArriveAtOnceShareTheBudget() async throws {
        try await IntakeFixture.run(bufferedBytes: 1_000) { fixture in
            let first = DeliveryRequest(id: "d-1", body: ByteBuffer(repeating: 0x20, count: 900))
            let second = DeliveryRequest(id: "d-2", body: ByteBuffer(repeating: 0x20, count: 200))
            // Its last byte is held back.
            let (parts, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
            continuation.yield(first.head)
            continuation.yield(first.body.getSlice(at: 0, length: 899) ?? ByteBuffer())
            async let held = exchange(parts, with: fixture.address)
            try await poll { fixture.budget.bytesInUse == 899 }
            #expect(try await fixture.send(second).status == 503)
            continuation.yield(ByteBuffer(bytes: [0x20]))
            continuation.finish()
            #expect(try HTTPAnswer(await held).status == 202)
            #expect(fixture.budget.bytesInUse == 0)
            #expect(try await fixture.send(second).status == 202)
        }
    }

    /// A body is in memory until the broker has it.
    @Test func aBodyThatIsBeingStoredKeepsItsShare() async throws {
        try await IntakeFixture.run(bufferedBytes: 1_000, storeDeadline: .seconds(60)) { fixture in
            let first = DeliveryRequest(id: "d-1", body: ByteBuffer(repeating: 0x20, count: 900))
            let second = DeliveryRequest("ping", body: ByteBuffer(repeating: 0x20, count: 200))
            try await withThrowingTaskGroup(of: Int.self) { group in
                try await fixture.broker.whilePaused {
                    group.addTask { try await fixture.send(first).status }
                    // Received, checked, and on its way to a broker that does not answer.
                    try await poll { fixture.budget.bytesInUse == 900 }
                    #expect(try await fixture.send(second).status == 503)
                }
                #expect(try await group.next() == 202)
            }
            #expect(fixture.budget.bytesInUse == 0)
            #expect(try await fixture.send(second).status == 202)
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
