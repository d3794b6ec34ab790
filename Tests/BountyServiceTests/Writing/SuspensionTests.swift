import Events
import FoundationEssentials
import GitHubSandbox
import Postgres
import TestSupport
import Testing

@testable import BountyService

/// While the app's installation is suspended nothing is written for it, and what waited is written afterwards.
struct SuspensionTests {
    private static func apply(_ suspension: DeliveryContent.Suspension, _ fixture: WriterFixture) async throws {
        let content = DeliveryContent.installation(
            .init(id: 4_800_000_001, added: [], removed: [], isGone: false, suspension: suspension))
        try await fixture.database.transaction { try RepositoryEffect.apply(content, at: .now, nil, in: $0) }
    }

    @Test func nothingIsWrittenUntilItEnds() async throws {
        try await WriterFixture.run { fixture in
            let start = Date.now
            try await Self.apply(.begins(start), fixture)
            try await fixture.bounty("1")
            for _ in 0..<2 { try await fixture.pass(fixture.writer()) }
            #expect(fixture.sandbox.apiRequests.isEmpty)
            #expect(try await fixture.column("attempts") == "0")
            try await Self.apply(.ends, fixture)
            // The beginning is delivered once more, late.
            try await Self.apply(.begins(start), fixture)
            try await fixture.pass(fixture.writer())
            #expect(try fixture.comments().count == 1)
        }
    }

    @Test(arguments: ["suspend", "unsuspend"]) func theDeliveriesAreUnderstood(action: String) throws {
        let time = action == "suspend" ? #""2021-04-29T02:32:50Z""# : "null"
        let body = #"{"action":"\#(action)","installation":{"id":9,"suspended_at":\#(time)}}"#
        let content = try DeliveryContent(event: "installation", body: Data(body.utf8))
        let expected: DeliveryContent.Suspension =
            action == "suspend" ? .begins(try #require(Date(wireText: "2021-04-29T02:32:50Z"))) : .ends
        #expect(
            content
                == .installation(.init(id: 9, added: [], removed: [], isGone: false, suspension: expected)))
    }
}
