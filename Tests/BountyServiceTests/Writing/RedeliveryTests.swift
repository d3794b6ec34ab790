import FoundationEssentials
import GitHub
import GitHubSandbox
import HTTP
import Hummingbird
import Logging
import Postgres
import ServiceRuntime
import Synchronization
import TestSupport
import Testing

@testable import BountyService

struct RedeliveryTests {
    private static let now = Date(timeIntervalSince1970: 1_795_260_000)

    private static func attempt(_ id: Int64, _ guid: String, _ status: Int) -> GitHubDelivery {
        GitHubDelivery(
            id: id, guid: guid, deliveredAt: now, isRedelivery: false, statusCode: status, event: "issues")
    }

    @Test func whatNoAttemptDeliveredHasFailed() {
        let failed = RedeliveryReconciler.failed([
            Self.attempt(1, "a", 202), Self.attempt(2, "b", 503), Self.attempt(3, "c", 0), Self.attempt(4, "b", 502),
            Self.attempt(5, "d", 500), Self.attempt(6, "d", 202), Self.attempt(7, "e", 401),
        ])
        #expect(Set(failed.map(\.id)) == [3, 4, 7])
    }

    /// The webhooks of the sandbox go to a server that fails as long as the test says.
    @Test func failedDeliveriesAreAskedForAgainAFewTimes() async throws {
        try await WriterFixture.run { fixture in
            let isDown = Mutex(true)
            let router = Router.standard(publicURL: "")
            router.post("/webhooks/github") { _, _ in
                Response(status: isDown.withLock { $0 } ? .serviceUnavailable : .accepted)
            }
            try await withListener(router) { address in
                let sender = WebhookSender(fixture.sandbox, logger: .quiet) {
                    .init(url: address.url + "/webhooks/github", secret: "s")
                }
                let task = Task { try await sender.run() }
                // The fixture's own events: the repository, which means nothing, and the issue.
                try await poll { fixture.sandbox.deliveries.count == 2 }
                var settings = RedeliveryReconciler.Settings()
                settings.retryBase = .milliseconds(1)
                settings.maximumAttempts = 3
                let reconciler = RedeliveryReconciler(
                    database: fixture.database, client: fixture.client, events: ["issues"], settings: settings,
                    logger: .quiet)
                let other = RedeliveryReconciler(
                    database: fixture.database, client: fixture.clients[1], events: ["issues"], settings: settings,
                    logger: .quiet)
                var count = try await reconciler.pass()
                #expect(count == 1)
                try await poll { fixture.sandbox.deliveries.count == 3 }
                let sent = fixture.sandbox.deliveries
                #expect(Set(sent.suffix(2).map(\.guid)).count == 1)
                #expect(sent.last?.isRedelivery == true)
                // Another replica leaves it to the first.
                count = try await other.pass()
                #expect(count == 0)
                isDown.withLock { $0 = false }
                try await poll {
                    try await reconciler.pass() == 1
                }
                try await poll { fixture.sandbox.deliveries.count == 4 }
                #expect(fixture.sandbox.deliveries.last?.status == 202)
                count = try await reconciler.pass()
                #expect(count == 0)
                // What goes on failing is given up.
                isDown.withLock { $0 = true }
                try fixture.sandbox.perform(
                    .openIssue(repository: WriterFixture.name, title: "2", body: "", by: "octocat"))
                for expected in 6...8 {
                    try await poll { fixture.sandbox.deliveries.count == expected - 1 }
                    try await poll { try await reconciler.pass() == 1 }
                }
                try await poll { fixture.sandbox.deliveries.count == 8 }
                try await fixture.database.execute(
                    "UPDATE github_redeliveries SET next_attempt_at = now() - interval '1 second'")
                count = try await reconciler.pass()
                #expect(count == 0)
                task.cancel()
                _ = await task.result
            }
        }
    }
}
