import Events
import Foundation
import JetStream
import TestSupport
import Testing

/// From a webhook to the list of bounties, through the real executable and its real servers.
struct WebhookFlowTests {
    @Test func aCommentBecomesABountyThatFollowsItsEdits() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let first = "Please.\n\n$usdc:250$"
                let created = RunningSuite.Delivery(body: try CommentPayload(text: first).body)
                let answer = try await suite.send(created)
                #expect(answer.status == 202)
                #expect(try answer.json()["status"] as? String == "stored")
                try await poll { try await suite.bounties().count == 1 }
                let bounties = try await suite.bounties()
                let proposed = try #require(bounties.first)
                #expect(proposed.state == .proposed)
                #expect(proposed.denomination == "USDC")
                #expect(proposed.amount == "250")
                #expect(proposed.units == "250000000")
                #expect(proposed.sponsor.login == "road-runner")
                let one = try await suite.get("\(suite.gateway)/v1/bounties/\(proposed.id.wireText)")
                #expect(try JSONDecoder.wire().decode(BountyRecord.self, from: Data(one.body.utf8)) == proposed)

                // The same delivery again, and the same content as another delivery, change nothing.
                #expect(try await suite.send(created).status == 202)
                #expect(try await suite.send(.init(body: created.body)).status == 202)
                try await poll { try await suite.counter("bursar_deliveries_handled_total") == 3 }
                #expect(try await suite.counter("bursar_deliveries_handled_total", where: "duplicate") == 1)
                #expect(try await suite.bounties() == [proposed])

                let edited = CommentPayload(
                    action: "edited", text: "Please.\n\n$usdc:300$", previousText: first,
                    updatedAt: "2026-11-20T10:05:00Z")
                #expect(try await suite.send(.init(body: edited.body)).status == 202)
                try await poll { try await suite.bounties().first?.amount == "300" }
                let changed = try await suite.bounties()
                #expect(changed.map(\.id) == [proposed.id])
                #expect(changed.map(\.version) == [2])

                let deleted = CommentPayload(action: "deleted", text: edited.text, updatedAt: edited.updatedAt)
                #expect(try await suite.send(.init(body: deleted.body)).status == 202)
                try await poll { try await suite.bounties().first?.state == .cancelled }

                let events = try await directory.events()
                #expect(
                    events.map(\.type) == [
                        "bursar.bounty.proposed.v1", "bursar.bounty.changed.v1", "bursar.bounty.cancelled.v1",
                    ])
                #expect(events.allSatisfy { $0.subject == proposed.id.wireText })
                #expect(try await directory.messageCount(of: StreamName.dead) == 0)
            }
        }
    }

    /// Every payload of the folder `shared/webhooks/<event>/` beside the repository, where it is.
    @Test(.enabled(if: recorded != nil, "there is no shared/webhooks beside the repository"))
    func everyRecordedDeliveryIsTaken() async throws {
        let files = try #require(Self.recorded)
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                var stored = 0
                var ignored = 0
                for file in files {
                    let event = file.deletingLastPathComponent().lastPathComponent
                    let answer = try await suite.send(.init(event: event, body: try Data(contentsOf: file)))
                    #expect(answer.status == 202, "\(event)/\(file.lastPathComponent)")
                    if try answer.json()["status"] as? String == "stored" { stored += 1 } else { ignored += 1 }
                }
                let answered = (stored: stored, ignored: ignored)
                #expect(answered.stored + answered.ignored == files.count)
                try await poll {
                    try await suite.counter("bursar_deliveries_handled_total") == answered.stored
                }
                #expect(
                    try await suite.counter("bursar_webhook_deliveries_total", where: "ignored") == answered.ignored)
                #expect(try await directory.messageCount(of: StreamName.dead) == 0)
                #expect(try await suite.get(suite.admin + "/readyz").status == 200)
            }
        }
    }

    static let recorded: [URL]? = {
        let folder = Executable.repository.deletingLastPathComponent().appending(path: "shared/webhooks")
        guard let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return nil }
        let files = all.compactMap { $0 as? URL }.filter { $0.pathExtension == "json" }.sorted { $0.path() < $1.path() }
        return files.isEmpty ? nil : files
    }()
}

extension SuiteDirectory {
    struct Event: Sendable {
        var type: String
        var subject: String
    }

    /// Everything on the event stream, read as the gateway's user.
    func events() async throws -> [Event] {
        try await withBroker(as: ServiceName.gateway) { client in
            let reader = try OrderedReader(client: client, stream: StreamName.events)
            var events: [Event] = []
            while let batch = try await reader.next() {
                events += batch.messages.map {
                    Event(type: $0.headers["ce-type"] ?? "", subject: $0.headers["ce-subject"] ?? "")
                }
                if batch.remaining == 0 { break }
            }
            return events
        }
    }
}
