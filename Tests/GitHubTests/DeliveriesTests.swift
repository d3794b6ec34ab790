import FoundationEssentials
import GitHubSandbox
import TestSupport
import Testing

@testable import GitHub

struct DeliveriesTests {
    @Test func deliveriesAreReadPageByPageBackToATime() async throws {
        try await GitHubFixture.run { fixture in
            let target = WebhookSender.Target(url: "http://127.0.0.1:1/nobody", secret: "s")
            for index in 1...120 {
                try fixture.sandbox.perform(
                    .comment(repository: "acme/rocket-skates", number: 1, body: "\(index)", by: "octocat"))
            }
            let sender = WebhookSender(fixture.sandbox, logger: .quiet) { target }
            let task = Task { try await sender.run() }
            try await poll { fixture.sandbox.waitingDeliveries == 0 && fixture.sandbox.deliveries.count == 122 }
            let all = try await fixture.client.deliveries(since: .distantPast)
            #expect(all.count == 122)
            #expect(all.allSatisfy { !$0.wasAccepted && $0.statusCode == 0 && !$0.isRedelivery })
            #expect(Set(all.map(\.guid)).count == 122)
            #expect(all.first?.event == "issue_comment")
            let none = try await fixture.client.deliveries(since: .distantFuture)
            #expect(none.isEmpty)
            // Asked for again, it is another attempt at the same.
            let sixth = try #require(all.dropFirst(5).first)
            try await fixture.client.redeliver(sixth.id)
            try await poll { fixture.sandbox.deliveries.count == 123 }
            let newest = try await fixture.client.deliveries(since: .distantPast).first
            #expect(newest?.guid == sixth.guid)
            #expect(newest?.isRedelivery == true)
            let refusal = try await fixture.refusal { try await fixture.client.redeliver(1) }
            #expect(refusal == .notFound)
            task.cancel()
            _ = await task.result
        }
    }
}
