import EmbeddedServers
import Events
import Foundation
import JetStream
import Postgres
import TestSupport
import Testing

/// The command line, beside a running suite and without one.
struct CommandTests {
    @Test func commandsBesideARunningSuiteKnowIt() async throws {
        try await SuiteDirectory.with { directory in
            try await RunningSuite.with(directory) { suite in
                let local = ["--data-directory", directory.path]
                let sent = try await Executable.run(
                    ["webhook", "send", "issue_comment", Executable.example("comment-created")] + local)
                #expect(sent.exitCode == 0)
                #expect(sent.output.hasPrefix("202 Accepted\n"))
                try await poll { try await suite.bounties().map(\.amount) == ["250"] }
                for name in ["comment-edited", "comment-deleted"] {
                    let outcome = try await Executable.run(
                        ["webhook", "send"] + local + ["issue_comment", Executable.example(name)])
                    #expect(outcome.exitCode == 0)
                }
                try await poll { try await suite.bounties().first?.state == .cancelled }

                let refused = try await Executable.run(
                    ["webhook", "send", "issue_comment", "-", "--github-webhook-secrets", "wrong"] + local, input: "{}")
                #expect(refused.exitCode == 1)
                #expect(refused.output.hasPrefix("401 Unauthorized\n"))

                let status = try await Executable.run(["migrate", "status"] + local)
                #expect(
                    status.output == """
                        bounty
                          applied  1_outbox_inbox
                          applied  2_bounties
                          applied  3_github
                          applied  4_lifecycle
                          applied  5_settlement
                          applied  6_moves_suspensions
                        identity
                          applied  1_outbox
                          applied  2_accounts
                          applied  3_links

                        """)
                let nothing = try await Executable.run(["migrate", "up"] + local)
                #expect(nothing.output == "bounty: nothing to apply\nidentity: nothing to apply\n")
                let undone = try await Executable.run(["migrate", "down", "identity", "--steps", "3"] + local)
                #expect(undone.exitCode == 0, "\(undone.errors)")
                #expect(try await Executable.run(["migrate", "up", "identity"] + local).exitCode == 0)
                let down = try await Executable.run(["migrate", "down", "bounty"] + local)
                #expect(down.exitCode == 0, "\(down.errors)")
                #expect(down.output.hasPrefix("undone   6_moves_suspensions"))
                let half = try await Executable.run(["migrate", "status", "bounty"] + local)
                #expect(half.output.hasSuffix("  applied  5_settlement\n  missing  6_moves_suspensions\n"))
                let behind = try await Executable.run(["migrate", "wait", "--limit", "1"] + local)
                #expect(behind.exitCode == 1)
                #expect(behind.errors.contains("bounty: not applied in time: 6_moves_suspensions"), "\(behind.errors)")
                let up = try await Executable.run(["migrate", "up", "bounty"] + local)
                #expect(up.output.hasPrefix("applied  6_moves_suspensions"))
                #expect(
                    try await Executable.run(["migrate", "wait"] + local).output
                        == "bounty: up to date\nidentity: up to date\n")
                let forced = try await Executable.run(["migrate", "force", "bounty", "6"] + local)
                #expect(forced.output == "bounty: at version 6\n")
            }
        }
    }

    @Test(arguments: [
        ["gateway"], ["bounty"], ["calculator"], ["identity"], ["provision"],
        ["calc", "1", "--calculator-rpc-address", "here"],
        [
            "calculator", "--rpc-tls-certificate-file", "/a", "--rpc-tls-key-file", "/b", "--rpc-tls-authority-file",
            "/c", "--nats-url", "nats://127.0.0.1",
        ],
        ["migrate", "status", "--data-directory", "/nowhere"],
        ["up", "--gateway-http-port", "http"], ["up", "--admin-port", "70000"], ["up", "--no-such-flag", "1"],
        ["up", "--nats-url", "http://127.0.0.1"], ["up", "--denominations-file", "/nowhere.json"],
        ["up", "--migrations-directory", "/nowhere"], ["up", "--public-url", "bursar"],
        ["migrate", "status", "gateway"], ["migrate", "wait", "--data-directory", "/nowhere"],
        ["migrate", "wait", "--limit", "0"], ["up", "--session-keys", "short"], ["up", "--cosmos-chains", "cosmos"],
        ["up", "--with-github-sandbox", "--github-client-id", "id"],
        ["up", "--github-url", "github.com"], ["up", "--identity-cooling-hours", "0"],
        ["keys", "create", "x"], ["keys", "revoke", "x", "--data-directory", "/nowhere"], ["erase", "1"],
        ["erase", "x", "--yes"], ["erase", "0", "--yes"],
        ["webhook", "send"], ["no-such-command"],
    ])
    func whatCannotBeMeantEndsWith64AndNamesTheKey(arguments: [String]) async throws {
        let outcome = try await Executable.run(arguments)
        #expect(outcome.exitCode == 64)
        let named = arguments.first { $0.hasPrefix("--") && !$0.hasPrefix("--data") }?.dropFirst(2)
        if let named {
            #expect(outcome.errors.contains(named.replacing("-", with: ".")) || outcome.errors.contains(named))
        }
        #expect(outcome.output.isEmpty)
        #expect(!outcome.errors.isEmpty)
    }

    @Test(arguments: [
        [], ["up"], ["gateway"], ["bounty"], ["calculator"], ["calc"], ["provision"], ["migrate"],
        ["migrate", "status"], ["migrate", "up"],
        ["identity"], ["keys"], ["keys", "create"], ["keys", "list"], ["keys", "revoke"], ["erase"],
        ["migrate", "down"], ["migrate", "force"], ["webhook"], ["webhook", "send"],
    ])
    func everyCommandExplainsItself(command: [String]) async throws {
        let outcome = try await Executable.run(command + ["--help"])
        #expect(outcome.exitCode == 0)
        #expect(outcome.output.contains("USAGE: bursar"))
        #expect(outcome.output.contains("OVERVIEW:"))
    }

    /// As in a cluster: servers that are there, a step for each of databases and streams, a process for each service.
    @Test func servicesRunAloneAgainstServersOfOthers() async throws {
        try await TestPostgres.withDatabase { identities in
            try await TestPostgres.withDatabase {
                try await Self.servicesRunAlone(bounties: $0, identities: identities)
            }
        }
    }

    private static func servicesRunAlone(bounties: PostgresURL, identities: PostgresURL) async throws {
        try await TestNATS.withServer { broker in
            let environment = [
                "BOUNTY_DATABASE_URL": bounties.secretText, "IDENTITY_DATABASE_URL": identities.secretText,
                "NATS_URL": broker.url, "GITHUB_WEBHOOK_SECRETS": "first,second", "LOG_LEVEL": "warning",
            ]
            let provisioned = try await Executable.run(["provision"], environment: environment)
            #expect(provisioned.exitCode == 0, "\(provisioned.errors)")
            #expect(provisioned.output.contains("created    stream WEBHOOKS\n"))
            let again = try await Executable.run(["provision"], environment: environment)
            #expect(again.output.contains("unchanged  consumer WEBHOOKS/bounty\n"))
            let migrated = try await Executable.run(["migrate", "up"], environment: environment)
            #expect(migrated.exitCode == 0, "\(migrated.errors)")
            try await SuiteDirectory.with { directory in
                try await RunningSuite.with(directory, environment: environment) { suite in
                    #expect(suite.terminal.contains("not started here"))
                    #expect(suite.webhookSecret == "first,second")
                    #expect(directory.nats.runningProcess() == nil)
                    var delivery = RunningSuite.Delivery(body: try CommentPayload().body)
                    delivery.signature = RunningSuite.signature(of: delivery.body, secret: "second")
                    #expect(try await suite.send(delivery).status == 202)
                    try await poll { try await suite.bounties().count == 1 }
                }
            }
        }
    }

    @Test func upMakesADatabaseForEachServiceUnderTheOneURL() async throws {
        let admin = try await TestPostgres.adminURL()
        try await TestPostgres.withDatabase { database in
            try await TestNATS.withServer { broker in
                try await SuiteDirectory.with { directory in
                    let environment = ["DATABASE_URL": database.secretText, "NATS_URL": broker.url]
                    try await RunningSuite.with(directory, environment: environment) { suite in
                        #expect(try await suite.send(.init(body: try CommentPayload().body)).status == 202)
                        try await poll { try await suite.bounties().count == 1 }
                    }
                    try await Self.dropServiceDatabase(of: database, admin: admin)
                }
            }
        }
    }
}

extension CommandTests {
    /// What `up` made in a server that is not its own stays there; tests clean up.
    private static func dropServiceDatabase(of database: PostgresURL, admin: PostgresURL) async throws {
        let client = PostgresClient(PostgresConfiguration(url: admin), logger: TestPostgres.quiet)
        do {
            for service in [ServiceName.bounty, ServiceName.identity] {
                let name = "\(try #require(database.database))_\(service)"
                try await client.execute("DROP DATABASE \(identifier: name) WITH (FORCE)")
                try await client.execute("DROP ROLE \(identifier: name)")
            }
        } catch {
            await client.close()
            throw error
        }
        await client.close()
    }
}
