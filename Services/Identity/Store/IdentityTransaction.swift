import Events
import FoundationEssentials
import IdentityDomain
import IdentityProtocol
import NIOCore
import Postgres

/// One account's wallets within a transaction that holds the account's row, so that changes of an account follow one another,
/// and a change of state, its event and its way to the stream are one.
struct IdentityTransaction {
    private let transaction: PostgresTransaction
    private let traceparent: Traceparent?
    let githubID: Int64
    private(set) var login: String?
    private(set) var version: Int
    let now: Date

    /// Waits for the account's row.
    /// - Throws: ``IdentityFailure/sessionEnded`` for an account that is not known.
    init(
        _ transaction: PostgresTransaction, account githubID: Int64, at now: Date, traceparent: Traceparent?
    ) throws {
        let rows = try transaction.query(
            "SELECT login, version FROM accounts WHERE github_id = \(githubID) FOR UPDATE")
        guard let row = rows.first else { throw IdentityFailure.sessionEnded }
        self.transaction = transaction
        self.traceparent = traceparent
        self.githubID = githubID
        self.now = now
        login = try row.get("login")
        version = try row.get("version")
    }

    var account: IdentityRecord.Account { IdentityRecord.Account(id: githubID, login: login) }

    // MARK: - Reading

    func history(of family: String) throws -> LinkHistory {
        let rows = try transaction.query(
            """
            SELECT id, wallet_key, state, activated_at FROM links WHERE github_id = \(githubID) AND family = \(family)
            ORDER BY activated_at DESC NULLS LAST, id DESC
            """)
        func link(where matches: (PostgresRow) throws -> Bool) throws -> LinkHistory.Link? {
            try rows.first(where: matches).map {
                LinkHistory.Link(id: try $0.get("id"), key: try $0.get("wallet_key", as: [UInt8]?.self))
            }
        }
        return LinkHistory(
            active: try link { try $0.get("state", as: String.self) == LinkRecord.State.active.rawValue },
            pending: try link { try $0.get("state", as: String.self) == LinkRecord.State.pending.rawValue },
            last: try link { try $0.get("activated_at", as: Date?.self) != nil })
    }

    /// Nil where the account has no such link.
    func link(_ id: UUID) throws -> LinkRecord? {
        try transaction.query("SELECT \(LinkRecord.columns) FROM links WHERE id = \(id) AND github_id = \(githubID)")
            .first.map { try LinkRecord($0) }
    }

    // MARK: - Changing

    /// - Throws: A unique violation of `links_one_account` where another account has the wallet.
    func insert(_ link: LinkRecord, key: [UInt8], challenge: UUID) throws {
        let activatedAt = link.state == .active ? link.effectiveAt : nil
        try transaction.execute(
            """
            INSERT INTO links (id, github_id, family, wallet, wallet_key, state, challenge_id, linked_at, effective_at,
                               activated_at)
            VALUES (\(link.id), \(githubID), \(link.family), \(link.wallet), \(key), \(link.state.rawValue),
                    \(challenge), \(link.linkedAt), \(link.effectiveAt), \(activatedAt))
            """)
    }

    func revoke(_ id: UUID) throws {
        try transaction.execute(
            "UPDATE links SET state = 'revoked', revoked_at = \(now) WHERE id = \(id) AND state <> 'revoked'")
    }

    func activate(_ id: UUID) throws {
        try transaction.execute(
            "UPDATE links SET state = 'active', activated_at = \(now) WHERE id = \(id) AND state = 'pending'")
    }

    /// The login now means this account, unless it meant one before.
    func claimLogin() throws {
        guard let login else { return }
        try transaction.execute(
            """
            INSERT INTO login_claims (login, github_id, claimed_at) VALUES (\(login.lowercased()), \(githubID), \(now))
            ON CONFLICT (login) DO NOTHING
            """)
    }

    /// Events that follow do not name it.
    mutating func forgetLogin() { login = nil }

    /// Takes the step: its event, and its way to the stream.
    /// - Returns: What became of the link.
    @discardableResult
    mutating func record(_ kind: IdentityEvent.Kind, link id: UUID?) throws -> LinkOutcome? {
        version += 1
        try transaction.execute("UPDATE accounts SET version = \(version) WHERE github_id = \(githubID)")
        let rows = try transaction.query(
            """
            SELECT \(LinkRecord.columns) FROM links
            WHERE github_id = \(githubID) AND state IN ('pending', 'active') ORDER BY id
            """)
        let link = try id.flatMap { try self.link($0) }
        let identity = IdentityRecord(
            github: account, version: version, links: try rows.map { try LinkRecord($0) }, updatedAt: now)
        let eventID = UUID.version7(at: now)
        let event = IdentityEvent(kind, identity: identity, link: link)
        let cloudEvent = try event.cloudEvent(id: eventID, traceparent: traceparent?.child())
        try transaction.execute(
            """
            INSERT INTO identity_events (github_id, version, event_id, type, data, traceparent, recorded_at)
            VALUES (\(githubID), \(version), \(eventID), \(kind.rawValue),
                    \(String(decoding: cloudEvent.data, as: UTF8.self)), \(cloudEvent.traceparent?.description), \(now))
            """)
        try Outbox.append(
            OutboxMessage(
                aggregate: String(githubID), subject: event.streamSubject, messageID: eventID.wireText,
                headers: Dictionary(cloudEvent.headers.map { ($0.name, $0.value) }) { first, _ in first },
                payload: ByteBuffer(bytes: cloudEvent.data)),
            in: transaction)
        return link.map { LinkOutcome(github: account, link: $0, version: version) }
    }
}

extension LinkRecord {
    static let columns: SQL = "id, wallet, family, state, linked_at, effective_at, revoked_at"

    init(_ row: PostgresRow) throws {
        let state = try row.get("state", as: String.self)
        guard let state = State(rawValue: state) else {
            throw PostgresError(.decoding, "a link is in no known state")
        }
        self.init(
            id: try row.get("id"), wallet: try row.get("wallet"), family: try row.get("family"), state: state,
            linkedAt: try row.get("linked_at"), effectiveAt: try row.get("effective_at"),
            revokedAt: try row.get("revoked_at"))
    }
}
