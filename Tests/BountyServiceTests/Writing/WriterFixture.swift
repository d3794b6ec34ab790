import BountyDomain
import Events
import FoundationEssentials
import GitHub
import GitHubSandbox
import HTTP
import Hummingbird
import Logging
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import BountyService

/// Writers of one database, and the stand-in for GitHub that they write to: a repository with one issue.
struct WriterFixture: Sendable {
    static let name = "acme/rocket-skates"
    static let key = Result { try SandboxAppKey() }

    let sandbox: GitHubSandbox
    let database: PostgresClient
    let clients: [GitHubClient]
    let repository: Int64

    var client: GitHubClient { clients[0] }
    /// The app's comments on the first issue.
    func comments(number: Int64 = 1) throws -> [SandboxIssueView.Text] {
        try sandbox.view(repository: Self.name, number: number).comments.filter { $0.author == "bursar-sandbox[bot]" }
    }

    /// The app's one comment on the first issue.
    func onlyComment() throws -> SandboxIssueView.Text {
        let comments = try comments()
        #expect(comments.count == 1)
        return try #require(comments.first)
    }

    static func run(_ body: @escaping @Sendable (WriterFixture) async throws -> Void) async throws {
        let key = try key.get()
        let sandbox = GitHubSandbox(app: .init(publicKeyPEM: key.publicPEM))
        try sandbox.perform(.makeRepository(fullName: name, by: "octocat"))
        try sandbox.perform(.openIssue(repository: name, title: "Brakes", body: "", by: "road-runner"))
        let repository = try #require(sandbox.repositoryID(name))
        let router = Router.standard(publicURL: "")
        sandbox.addRoutes(to: router)
        try await TestPostgres.withDatabase { url in
            let database = PostgresClient(
                PostgresConfiguration(url: url, applicationName: "test"), logger: TestPostgres.quiet)
            let outcome: Result<Void, any Error>
            do {
                try await Migrator(client: database, migrations: try RepositoryFiles.migrations("bounty")).up()
                try await withListener(router) { address in
                    let credentials = try #require(
                        GitHubAppCredentials(id: "700001", privateKeyPEM: key.privatePEM))
                    var limits = GitHubLimits()
                    limits.maximumAttempts = 1
                    let chosen = limits
                    // One for each replica: limits and tokens are remembered by each for itself.
                    let clients = (0..<2).map { _ in
                        GitHubClient(
                            GitHubConfiguration(apiURL: address.url, app: credentials), limits: chosen, logger: .quiet)
                    }
                    let fixture = WriterFixture(
                        sandbox: sandbox, database: database, clients: clients, repository: repository)
                    let outcome: Result<Void, any Error>
                    do { outcome = .success(try await body(fixture)) } catch { outcome = .failure(error) }
                    for client in clients { try await client.close() }
                    try outcome.get()
                }
                outcome = .success(())
            } catch { outcome = .failure(error) }
            await database.close()
            try outcome.get()
        }
    }

    func writer(
        _ index: Int = 0, app: Bool = true, change: (inout GitHubWriter.Settings) -> Void = { _ in }
    ) -> GitHubWriter {
        var settings = GitHubWriter.Settings()
        // One write in a pass.
        settings.interval = .microseconds(1)
        settings.lease = .seconds(2)
        settings.retryBackoff = Backoff(base: .milliseconds(1), maximum: .milliseconds(2))
        change(&settings)
        return GitHubWriter(
            database: database, client: app ? clients[index] : nil,
            comments: StatusComments(
                links: .init(
                    github: "https://github.example", gateway: "https://bursar.example",
                    signing: { "https://bursar.example/bounties/\($0.id.wireText)?link=x" })), settings: settings,
            logger: .quiet)
    }

    func place(number: Int64 = 1, installation: Int64? = 4_800_000_001) -> IssueWrites.Place {
        IssueWrites.Place(
            .init(id: repository, fullName: Self.name),
            .init(id: 1, number: number, title: "t", url: "u", isPullRequest: false), installation: installation)
    }

    /// A bounty as a delivery would make it; of a known comment, its next version.
    func bounty(
        _ amount: String, number: Int64 = 1, comment: Int64 = 77, installation: Int64? = 4_800_000_001,
        login: String = "road-runner"
    ) async throws {
        let repository = repository
        let place = place(number: number, installation: installation)
        try await database.transaction { transaction in
            let store = BountyStore(transaction: transaction, traceparent: nil)
            let source = BountyRecord.Source(kind: .issueComment, id: comment, url: "u")
            try transaction.execute(
                """
                INSERT INTO texts (kind, id, updated_at, body_digest)
                VALUES (\(source.kind.rawValue), \(source.id), now(), '') ON CONFLICT DO NOTHING
                """)
            let now = WorkerFixture.now
            let known = try transaction.query(
                """
                SELECT record FROM bounties WHERE source_kind = \(source.kind.rawValue) AND source_id = \(source.id)
                ORDER BY slot
                """
            ).first.map { try BountyStore.record(of: $0) }
            let record = BountyRecord(
                id: known?.id ?? .version7(at: now), version: (known?.version ?? 0) + 1, state: .proposed,
                amount: amount, units: amount + "000000", denomination: "USDC", decimals: 6, asset: "a",
                repository: .init(id: repository, fullName: Self.name),
                issue: .init(id: 1, number: number, title: "t", url: "u", isPullRequest: false), source: source,
                sponsor: .init(id: 502, login: login), createdAt: now, updatedAt: now,
                expiresAt: now.addingTimeInterval(86_400))
            try store.record(known == nil ? .proposed(record) : .changed(record))
            try IssueWrites.touch(place, in: transaction)
        }
    }

    /// Lets settle what was touched, without waiting for it.
    func makeDue() async throws {
        try await database.execute(
            "UPDATE github_issues SET next_attempt_at = now() - interval '1 second' WHERE wanted > written")
        try await database.execute(
            "UPDATE github_reactions SET next_attempt_at = now() - interval '1 second' WHERE done_at IS NULL")
    }

    func pass(_ writer: GitHubWriter) async throws {
        try await makeDue()
        try await writer.pass()
        // Other writers of the test need not wait for the lease.
        try await database.execute("UPDATE github_writers SET expires_at = now()")
    }

    func edits() -> Int {
        sandbox.apiRequests.count { $0.method == "PATCH" || ($0.method == "POST" && $0.path.hasSuffix("/comments")) }
    }

    func column(_ name: String) async throws -> String? {
        let rows = try await database.query("SELECT \(identifier: name)::text AS value FROM github_issues")
        return try #require(rows.first).get("value")
    }
}
