import Events
import Foundation
import NIOHTTP1
import TestSupport
import Testing

/// What the webhook endpoint refuses, what it takes and cannot use, and that it goes on after all of it.
struct BadInputTests {
    private struct Case {
        var name: String
        var delivery: RunningSuite.Delivery
        var status: Int
        /// The last part of the problem's type.
        var problem: String
        var mentions: String
    }

    private static func refused(secret: String) throws -> [Case] {
        let good = RunningSuite.Delivery(body: try CommentPayload().body)
        var wrong = good
        wrong.signature = RunningSuite.signature(of: good.body, secret: "another secret")
        var malformed = good
        malformed.signature = "sha256=zz"
        var noSignature = good
        noSignature.withoutHeader = "X-Hub-Signature-256"
        var noEvent = good
        noEvent.withoutHeader = "X-GitHub-Event"
        var noDelivery = good
        noDelivery.withoutHeader = "X-GitHub-Delivery"
        var strangeEvent = good
        strangeEvent.event = "issue.comment"
        var form = good
        form.contentType = "application/x-www-form-urlencoded"
        let oversized = RunningSuite.Delivery(body: Data(repeating: 0x20, count: 25 * 1024 * 1024 + 1))
        return [
            Case(
                name: "another secret", delivery: wrong, status: 401, problem: "wrong-signature",
                mentions: "HMAC-SHA256"),
            Case(name: "no hex", delivery: malformed, status: 401, problem: "wrong-signature", mentions: "sha256="),
            Case(
                name: "no signature", delivery: noSignature, status: 400, problem: "missing-header",
                mentions: "X-Hub-Signature-256"),
            Case(
                name: "no event", delivery: noEvent, status: 400, problem: "missing-header", mentions: "X-GitHub-Event"),
            Case(
                name: "no delivery", delivery: noDelivery, status: 400, problem: "missing-header",
                mentions: "X-GitHub-Delivery"),
            Case(
                name: "an event that is no name", delivery: strangeEvent, status: 400, problem: "missing-header",
                mentions: "X-GitHub-Event"),
            Case(
                name: "a form", delivery: form, status: 415, problem: "unsupported-media-type",
                mentions: "application/json"),
            Case(
                name: "25 MiB and a byte", delivery: oversized, status: 413, problem: "content-too-large",
                mentions: "26214400"),
        ]
    }

    @Test func badDeliveriesAreRefusedOrBuriedAndHarmNothing() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                for test in try Self.refused(secret: suite.webhookSecret) {
                    let answer = try await suite.send(test.delivery)
                    #expect(answer.status == test.status, "\(test.name)")
                    #expect(answer.headers.first(name: "content-type") == "application/problem+json", "\(test.name)")
                    let problem = try answer.json()
                    #expect(
                        (problem["type"] as? String)?.hasSuffix("/problems/\(test.problem)") == true, "\(test.name)")
                    #expect((problem["detail"] as? String)?.contains(test.mentions) == true, "\(test.name)")
                }
                #expect(try await suite.counter("bursar_webhook_deliveries_total", where: "stored") == 0)

                // Signed, and so taken; what it is worth is found out later.
                let whole = try CommentPayload().body
                let unusable = [
                    whole.prefix(whole.count / 2), Data(), Data("[]".utf8), Data("\"text\"".utf8),
                    Data([0xff, 0xfe, 0x00]),
                    try CommentPayload().body(setting: "comment", to: nil),
                    try CommentPayload().body(setting: "comment.id", to: "77"),
                    try CommentPayload().body(setting: "comment.updated_at", to: "yesterday"),
                    try CommentPayload().body(setting: "repository.full_name", to: nil),
                    try CommentPayload().body(setting: "issue.number", to: 1.5),
                    Data(String(repeating: "[", count: 200_000).utf8),
                ]
                for body in unusable {
                    #expect(try await suite.send(.init(body: Data(body))).status == 202)
                }
                try await poll { try await directory.messageCount(of: StreamName.dead) == unusable.count }
                // The original is ended after the copy is safe.
                try await poll { try await directory.messageCount(of: StreamName.webhooks) == 0 }

                let unknown = try await suite.send(.init(event: "star", body: Data("{}".utf8)))
                #expect(unknown.status == 202)
                #expect(try unknown.json()["status"] as? String == "ignored")
                #expect(try await suite.counter("bursar_webhook_deliveries_total", where: "ignored") == 1)

                // After all that a large one, nearly as large as GitHub's are, still becomes a bounty.
                let large = CommentPayload(padding: 20 * 1024 * 1024)
                #expect(try await suite.send(.init(body: large.body)).status == 202)
                try await poll { try await suite.bounties().count == 1 }
                #expect(try await suite.get(suite.admin + "/readyz").status == 200)
            }
        }
    }

    @Test func theGatewayExplainsWhatItRefuses() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let cases: [(path: String, status: Int, mentions: String)] = [
                    ("/v1/bounties?limit=0", 400, "from 1 to 100"),
                    ("/v1/bounties?limit=ten", 400, "from 1 to 100"),
                    ("/v1/bounties?state=lost", 400, "proposed"),
                    ("/v1/bounties?cursor=x", 400, "next_cursor"),
                    ("/v1/bounties?colour=red", 400, "colour"),
                    ("/v1/bounties/00000000-0000-0000-0000-000000000000", 404, "no bounty"),
                    ("/v1/nothing", 404, "/v1/nothing"),
                ]
                for test in cases {
                    let answer = try await suite.get(suite.gateway + test.path)
                    #expect(answer.status == test.status, "\(test.path)")
                    #expect((try answer.json()["detail"] as? String)?.contains(test.mentions) == true, "\(test.path)")
                }
                let denominations = try await suite.get(suite.gateway + "/v1/denominations")
                #expect(denominations.body.contains("\"USDC\""))
            }
        }
    }
}
