import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import Postgres

/// Every step of a bounty, from the table that is the source of truth.
struct Histories: Sendable {
    let database: PostgresClient

    func read(_ request: BountyHistory.Request) async throws -> BountyHistory.Response {
        let unknown = ServiceFailure(404, "not-found", "there is no bounty with this id")
        guard let id = UUID(wireText: request.bounty) else { throw unknown }
        let rows = try await database.query(
            "SELECT version, type, data, recorded_at FROM bounty_events WHERE bounty_id = \(id) ORDER BY version")
        guard !rows.isEmpty else { throw unknown }
        return BountyHistory.Response(
            events: try rows.map { row in
                BountyHistory.Entry(
                    version: try row.get("version"), type: try row.get("type"), time: try row.get("recorded_at"),
                    data: try row.get("data"))
            })
    }
}
