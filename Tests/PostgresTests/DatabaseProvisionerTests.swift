import FoundationEssentials
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct DatabaseProvisionerTests {
    /// Gives a provisioner whose prefix is a fresh database, and removes the roles and databases that it made.
    private func withProvisioner(
        asSuperuser: Bool = true, _ body: (DatabaseProvisioner, PostgresURL) async throws -> Void
    ) async throws {
        try await TestPostgres.withDatabase { superuser in
            let prefix = "p\(UUID().uuidString.prefix(8).lowercased())"
            let admin = PostgresClient(PostgresConfiguration(url: superuser), logger: TestPostgres.quiet)
            try await admin.execute("CREATE ROLE \(identifier: prefix) LOGIN CREATEDB CREATEROLE PASSWORD 'admin'")
            try await admin.execute("CREATE DATABASE \(identifier: prefix)")
            let result: Result<Void, any Error>
            do {
                let url =
                    asSuperuser
                    ? superuser.with(database: prefix)
                    : superuser.with(database: prefix, user: prefix, password: "admin")
                let provisioner = DatabaseProvisioner(admin: url, logger: TestPostgres.quiet)
                result = .success(try await body(provisioner, url))
            } catch {
                result = .failure(error)
            }
            let databases = try await admin.query(
                "SELECT datname FROM pg_database WHERE starts_with(datname, \(prefix))")
            for row in databases {
                try await admin.execute("DROP DATABASE \(identifier: row.get("datname")) WITH (FORCE)")
            }
            let roles = try await admin.query(
                "SELECT rolname FROM pg_roles WHERE starts_with(rolname, \(prefix)) ORDER BY 1 DESC")
            for row in roles { try await admin.execute("DROP ROLE \(identifier: row.get("rolname"))") }
            await admin.close()
            try result.get()
        }
    }

    private func connect<T: Sendable>(
        _ url: PostgresURL, _ body: (PostgresClient) async throws -> T
    ) async throws -> T {
        var configuration = PostgresConfiguration(url: url)
        configuration.connections = 1
        let client = PostgresClient(configuration, logger: TestPostgres.quiet)
        do {
            let value = try await body(client)
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }

    @Test(arguments: [true, false])
    func servicesReachTheirOwnDatabaseOnly(asSuperuser: Bool) async throws {
        try await withProvisioner(asSuperuser: asSuperuser) { provisioner, admin in
            let bounty = try await provisioner.provision(service: "bounty", password: "b'\\ü %")
            let identity = try await provisioner.provision(service: "identity", password: "other")
            #expect(bounty.database == "\(provisioner.prefix)_bounty")
            for url in [bounty, identity] {
                try await connect(url) { client in
                    try await client.execute("CREATE TABLE t (id bigint)")
                    let row = try await client.query(
                        """
                        SELECT current_user = current_database() AS same,
                            rolsuper OR rolcreatedb OR rolcreaterole AS powerful,
                            (SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid) AS memberships
                        FROM pg_roles WHERE rolname = current_user
                        """)[0]
                    #expect(try row.get("same", as: Bool.self))
                    #expect(try !row.get("powerful", as: Bool.self))
                    #expect(try row.get("memberships", as: Int.self) == 0)
                }
            }
            let stranger = bounty.with(
                database: identity.database ?? "", user: bounty.user, password: bounty.password)
            let error = await #expect(throws: PostgresError.self) {
                try await connect(stranger) { try await $0.query("SELECT 1") }
            }
            #expect(error?.message.contains("permission denied for database") == true)
        }
    }

    @Test(arguments: [true, false])
    func repeatingChangesThePasswordAndKeepsTheData(asSuperuser: Bool) async throws {
        try await withProvisioner(asSuperuser: asSuperuser) { provisioner, _ in
            let first = try await provisioner.provision(service: "bounty", password: "first")
            try await connect(first) { _ = try await $0.execute("CREATE TABLE kept (id bigint)") }
            let second = try await provisioner.provision(service: "bounty", password: "second")
            try await connect(second) { _ = try await $0.query("SELECT * FROM kept") }
            await #expect(throws: PostgresError.self) { try await connect(first) { try await $0.query("SELECT 1") } }
        }
    }

    @Test func manyAtOnceDoNotGetInEachOthersWay() async throws {
        try await withProvisioner { provisioner, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask { _ = try await provisioner.provision(service: "bounty", password: "same") }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aPowerfulRoleOrAnImpossibleNameIsRefused() async throws {
        try await withProvisioner { provisioner, admin in
            let name = "\(provisioner.prefix)_bounty"
            try await connect(admin) { _ = try await $0.execute("CREATE ROLE \(identifier: name) CREATEDB") }
            await #expect(throws: ProvisioningError.powerfulRole(name)) {
                try await provisioner.provision(service: "bounty", password: "x")
            }
            let long = String(repeating: "x", count: 63)
            await #expect(throws: ProvisioningError.invalidName("\(provisioner.prefix)_\(long)")) {
                try await provisioner.provision(service: long, password: "x")
            }
        }
    }

    @Test(arguments: [
        ("postgres://u@h/postgres", "bursar"), ("postgres://u@h/shop", "shop"), ("postgres://postgres@h", "bursar"),
    ])
    func thePrefixIsTheURLsDatabase(url: String, prefix: String) throws {
        #expect(DatabaseProvisioner(admin: try PostgresURL(url), logger: TestPostgres.quiet).prefix == prefix)
    }
}
