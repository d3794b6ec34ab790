import Crypto
import Events
package import FoundationEssentials
package import IdentityProtocol
package import Postgres

/// Keys of programs: made, listed and revoked by the operator, exchanged by programs for session tokens.
///
/// A key is `bursar_<id>_<secret>`, the secret 256 random bits. It is shown once; what is kept is its SHA-256.
package struct APIKeys: Sendable {
    private static let prefix = "bursar"
    private static let maximumLength = 128

    /// What is known of a key.
    package struct Record: Sendable, Equatable {
        package var id: UUID
        package var name: String
        package var scopes: [APIScope]
        package var createdAt: Date
        package var expiresAt: Date?
        package var revokedAt: Date?
    }

    private let database: PostgresClient
    private let now: @Sendable () -> Date

    package init(database: PostgresClient, now: @escaping @Sendable () -> Date = { .now }) {
        self.database = database
        self.now = now
    }

    /// - Parameter lifetime: Nil for until it is revoked.
    /// - Returns: The key itself, which nobody can show again.
    package func create(name: String, scopes: [APIScope], lifetime: Duration? = nil) async throws -> (
        Record, key: String
    ) {
        let now = now().roundedToMilliseconds
        let record = Record(
            id: .version7(at: now), name: name, scopes: scopes, createdAt: now,
            expiresAt: lifetime.map { now.addingTimeInterval(Double($0.components.seconds)) }, revokedAt: nil)
        let secret = LoginAttempt.random()
        try await database.execute(
            """
            INSERT INTO api_keys (id, name, scopes, secret_hash, created_at, expires_at)
            VALUES (\(record.id), \(name), \(scopes.map(\.rawValue)), \(Self.hash(secret)), \(now), \(record.expiresAt))
            """)
        return (record, "\(Self.prefix)_\(record.id.wireText)_\(secret)")
    }

    /// The newest first, revoked ones too.
    package func list() async throws -> [Record] {
        try await database.query(
            "SELECT id, name, scopes, created_at, expires_at, revoked_at FROM api_keys ORDER BY created_at DESC, id DESC"
        ).map { row in
            Record(
                id: try row.get("id"), name: try row.get("name"),
                scopes: try row.get("scopes", as: [String].self).compactMap(APIScope.init),
                createdAt: try row.get("created_at"), expiresAt: try row.get("expires_at"),
                revokedAt: try row.get("revoked_at"))
        }
    }

    /// False where there is no such key, or it was revoked before. Tokens that were made of it last for minutes.
    package func revoke(_ id: UUID) async throws -> Bool {
        try await database.execute(
            "UPDATE api_keys SET revoked_at = \(now()) WHERE id = \(id) AND revoked_at IS NULL") == 1
    }

    func exchange(_ request: ExchangeAPIKey.Request, signer: SessionSigningKey) async throws -> ExchangeAPIKey.Response
    {
        let unknown = IdentityFailure(401, "unknown-key", "the API key is unknown, revoked or expired")
        // The secret may have underscores itself.
        let parts = request.key.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard request.key.utf8.count <= Self.maximumLength, parts.count == 3, parts[0] == Self.prefix,
            let id = UUID(wireText: parts[1])
        else { throw unknown }
        let now = now().roundedToMilliseconds
        let rows = try await database.query(
            """
            SELECT name, scopes, secret_hash, expires_at FROM api_keys
            WHERE id = \(id) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > \(now))
            """)
        guard let row = rows.first,
            Self.areEqual(try row.get("secret_hash", as: [UInt8].self), Self.hash(String(parts[2])))
        else { throw unknown }
        let program = Session.Program(
            name: try row.get("name"), scopes: try row.get("scopes", as: [String].self).compactMap(APIScope.init))
        let end = now.addingTimeInterval(Double(Sessions.tokenLifetime.components.seconds))
        let session = Session(
            id: id, principal: .program(program), issuedAt: now,
            expiresAt: min(end, try row.get("expires_at", as: Date?.self) ?? end))
        return ExchangeAPIKey.Response(token: try SessionToken.sign(session, with: signer))
    }

    private static func hash(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Data(secret.utf8))) }

    /// In constant time.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
