package import Logging
import ServiceRuntime

/// Makes a database and a role for each service on one server, so that no service's role reaches another's database.
///
/// Needs a superuser, or a user with CREATEDB and CREATEROLE. Safe to repeat, and to run in many processes at once.
package struct DatabaseProvisioner: Sendable {
    private let admin: PostgresURL
    private let logger: Logger

    /// PostgreSQL cuts longer names off (`NAMEDATALEN - 1`).
    private static let maximumNameLength = 63
    /// For another process that provisions.
    private static let lockLimit = Duration.seconds(60)
    /// Of the advisory lock: the letters "bursardb".
    private static let lockKey: Int64 = 0x6275_7273_6172_6462

    package init(admin: PostgresURL, logger: Logger) {
        self.admin = admin
        self.logger = logger
    }

    /// The first part of the names: the URL's database, unless that is the server's own `postgres`.
    package var prefix: String {
        guard let database = admin.database ?? admin.user, database != "postgres" else { return "bursar" }
        return database
    }

    /// Makes the role `<prefix>_<service>`, which can log in with the password and nothing else, and a database of the
    /// same name that it owns. Returns the service's URL.
    package func provision(service: String, password: String) async throws -> PostgresURL {
        let name = "\(prefix)_\(service)"
        guard !service.isEmpty, name.utf8.count <= Self.maximumNameLength else {
            throw ProvisioningError.invalidName(name)
        }
        var configuration = PostgresConfiguration(url: admin, applicationName: "bursar provisioning")
        configuration.connections = 1
        configuration.statementTimeout = Self.lockLimit + .seconds(5)
        let client = PostgresClient(configuration, logger: logger)
        do {
            try await client.session { session in
                _ = try session.execute("SET lock_timeout = \(literal: "\(Self.lockLimit.limitMilliseconds)ms")")
                _ = try session.execute("SELECT pg_advisory_lock(\(Self.lockKey))")
                try provisionRole(name, password: password, in: session)
                try provisionDatabase(name, in: session)
            }
        } catch {
            await client.close()
            throw error
        }
        await client.close()
        return admin.with(database: name, user: name, password: password)
    }

    private func provisionRole(_ name: String, password: String, in session: Connection) throws {
        let verifier = try session.encrypt(password: password, of: name)
        let found = try session.execute(
            """
            SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS powerful
            FROM pg_roles WHERE rolname = \(name)
            """)
        if let role = found.first {
            guard try !role.get("powerful", as: Bool.self) else { throw ProvisioningError.powerfulRole(name) }
            _ = try session.execute("ALTER ROLE \(identifier: name) LOGIN PASSWORD \(literal: verifier)")
        } else {
            _ = try session.execute("CREATE ROLE \(identifier: name) LOGIN PASSWORD \(literal: verifier)")
        }
        // Only who can become a role can make it the owner of something. A superuser can; since version 16 a member
        // need not.
        let privilege = session.serverVersion >= 160_000 ? "SET" : "MEMBER"
        let isMember = try session.execute("SELECT pg_has_role(current_user, \(name)::name, \(privilege)) AS member")
        if try !isMember[0].get("member", as: Bool.self) {
            _ = try session.execute("GRANT \(identifier: name) TO CURRENT_USER")
        }
    }

    private func provisionDatabase(_ name: String, in session: Connection) throws {
        let found = try session.execute(
            "SELECT pg_get_userbyid(datdba) = \(name) AS owned FROM pg_database WHERE datname = \(name)")
        if let database = found.first {
            if try !database.get("owned", as: Bool.self) {
                _ = try session.execute("ALTER DATABASE \(identifier: name) OWNER TO \(identifier: name)")
            }
        } else {
            _ = try session.execute(
                "CREATE DATABASE \(identifier: name) OWNER \(identifier: name) ENCODING 'UTF8' TEMPLATE template0")
        }
        // Everybody may connect to a new database. Only its owner may after this.
        _ = try session.execute("REVOKE ALL ON DATABASE \(identifier: name) FROM PUBLIC")
    }
}

package enum ProvisioningError: Error, Sendable, Equatable, CustomStringConvertible {
    case invalidName(String)
    case powerfulRole(String)

    package var description: String {
        switch self {
        case .invalidName(let name): "\"\(name)\" is no name for a role and a database: 63 bytes is the most"
        case .powerfulRole(let name):
            "the role \(name) exists and may do more than log in: take that from it (ALTER ROLE), or use another prefix"
        }
    }
}
