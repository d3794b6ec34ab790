import BountyDomain
import Events
import FoundationEssentials
import Postgres

/// The books of the issues that one transaction is about: locked, read, changed in memory, and written at once, so that many
/// deliveries cost few statements.
struct Ledger {
    /// Rows of refusals that are kept for an issue; more say no more.
    static let maximumRefusals = 50
    /// Claims of an issue that stand at once: the newest.
    static let maximumClaims = 200

    let transaction: PostgresTransaction
    private(set) var books: [IssueKey: IssueBook] = [:]
    /// Of the issues, those that are elsewhere by now.
    private(set) var moves = MovedIssues()
    private var steps: [BountyStore.Step] = []
    private var pending: [(key: IssueKey, changes: BookChanges, place: IssuePlace?, traceparent: Traceparent?)] = []

    /// Locks the issues until the transaction ends, so that deliveries about one are handled one after the other, and reads
    /// what is known of them.
    ///
    /// - Parameters:
    ///   - texts: The texts that will be asked for, with the issues that they are of.
    ///   - now: Claims that stopped to stand by then are left out.
    init(_ keys: Set<IssueKey>, texts: [TextKey: IssueKey], now: Date, in transaction: PostgresTransaction) throws {
        self.transaction = transaction
        guard !keys.isEmpty else { return }
        try Self.lock(keys, transaction)
        moves = try MovedIssues(of: keys, in: transaction)
        // Rarely any. Two workers that would wait for each other here are told apart by the database.
        let elsewhere = Set(moves.targets.values.map(\.key)).subtracting(keys)
        try Self.lock(elsewhere, transaction)
        let locked = Array(keys.union(elsewhere))
        let located = Dictionary(texts.map { moved($0.key, $0.value) }) { first, _ in first }
        let histories = try Self.histories(of: Array(located.keys), transaction)
        let bounties = try Self.bounties(of: locked, transaction)
        let claims = try Self.claims(of: locked, now, transaction)
        let deletions = try Self.deletions(of: Set(locked.map(\.repository)), transaction)
        var textsByIssue: [IssueKey: [TextKey: TextHistory]] = [:]
        for (text, key) in located { textsByIssue[key, default: [:]][text] = histories[text] }
        for key in locked {
            books[key] = IssueBook(
                key: key, bounties: bounties[key] ?? [], texts: textsByIssue[key] ?? [:], claims: claims[key] ?? [],
                repositoryDeletedAt: deletions[key.repository])
        }
    }

    /// A text and its issue, as they are where the issue is by now.
    private func moved(_ text: TextKey, _ key: IssueKey) -> (TextKey, IssueKey) {
        guard let target = moves.targets[key] else { return (text, key) }
        let isIssue = text == TextKey(kind: .issue, id: target.oldIssue)
        return (isIssue ? TextKey(kind: .issue, id: target.issue.id) : text, target.key)
    }

    /// Changes a book, whose issue must be among those that were locked; of one that was transferred, that of the new place.
    @discardableResult
    mutating func change<Result>(
        _ key: IssueKey, _ traceparent: Traceparent? = nil, _ body: (inout IssueBook) throws -> Result
    ) throws -> Result {
        let key = moves.targets[key]?.key ?? key
        guard var book = books[key] else { preconditionFailure("an issue is changed that was not locked") }
        // What fails half-way leaves nothing behind.
        let result = try body(&book)
        collect(&book, traceparent)
        books[key] = book
        return result
    }

    /// An issue is at another place from now on. Both must be among those that were locked.
    mutating func transfer(
        from old: IssuePlace, to new: IssuePlace, _ terms: IssueBook.Terms, _ traceparent: Traceparent?
    ) throws {
        // Each of the two repositories tells of it.
        guard moves.targets[old.key]?.key != new.key else { return }
        guard var one = books[old.key], var other = books[new.key] else {
            preconditionFailure("an issue is changed that was not locked")
        }
        try one.transfer(from: old, to: new, into: &other, terms)
        try moves.record(from: old, to: new, in: transaction)
        collect(&one, traceparent)
        collect(&other, traceparent)
        books[old.key] = one
        books[new.key] = other
    }

    private mutating func collect(_ book: inout IssueBook, _ traceparent: Traceparent?) {
        let changes = book.takeChanges()
        steps += changes.events.map { BountyStore.Step(event: $0, traceparent: traceparent) }
        pending.append((book.key, changes, book.place, traceparent))
    }

    /// All changes, to be counted after the commit.
    var notices: [BookChanges] { pending.map(\.changes) }

    /// Writes all changes. Call it last.
    func write() throws {
        try writeTexts()
        try BountyStore(transaction: transaction, traceparent: nil).record(steps)
        try writeClaims()
        var touched: [IssueWrites.Place] = []
        var reactions: [IssueWrites.Reaction] = []
        for entry in pending {
            guard let place = entry.place else { continue }
            for question in entry.changes.questions {
                guard let claim = books[entry.key]?.claims[question] else { continue }
                try ClaimWork(place: place, claim: claim).enqueue(traceparent: entry.traceparent, in: transaction)
            }
            let notices = LedgerNotices(place: place, transaction: transaction)
            if let place = try notices.write(entry.changes) { touched.append(place) }
            reactions += notices.reactions(entry.changes)
        }
        try IssueWrites.touch(touched, in: transaction)
        try IssueWrites.react(reactions, in: transaction)
    }

    private func writeTexts() throws {
        var texts: [TextKey: TextHistory] = [:]
        for entry in pending { texts.merge(entry.changes.texts) { $1 } }
        guard !texts.isEmpty else { return }
        let rows = texts.map { key, text -> SQL in
            """
            (\(key.kind.rawValue), \(key.id), \(text.updatedAt), \(text.bodyDigest), \(text.isDeleted),
             \(text.isCreationSeen))
            """
        }
        try transaction.execute(
            """
            INSERT INTO texts (kind, id, updated_at, body_digest, is_deleted, is_creation_seen) VALUES \(rows.joined())
            ON CONFLICT (kind, id) DO UPDATE SET updated_at = excluded.updated_at, body_digest = excluded.body_digest,
                is_deleted = excluded.is_deleted, is_creation_seen = excluded.is_creation_seen
            """)
    }

    private func writeClaims() throws {
        var claims: [IssueKey: [Claim.Key: Claim]] = [:]
        for entry in pending { claims[entry.key, default: [:]].merge(entry.changes.claims) { $1 } }
        let rows = try claims.flatMap { key, claims in
            try claims.values.map { claim -> SQL in
                let json = String(decoding: try JSONEncoder.wire().encode(claim), as: UTF8.self)
                return
                    "(\(key.repository), \(key.number), \(claim.kind.rawValue), \(claim.id), \(claim.until), \(json))"
            }
        }
        guard !rows.isEmpty else { return }
        try transaction.execute(
            """
            INSERT INTO claims (repository_id, number, kind, id, stands_until, claim) VALUES \(rows.joined())
            ON CONFLICT (repository_id, number, kind, id) DO UPDATE SET
                stands_until = excluded.stands_until, claim = excluded.claim
            """)
    }
}

extension Ledger {
    /// In one order, so that transactions wait for each other in turn.
    private static func lock(_ keys: Set<IssueKey>, _ transaction: PostgresTransaction) throws {
        guard !keys.isEmpty else { return }
        let locks = keys.map(lockID).sorted()
        try transaction.query("SELECT pg_advisory_xact_lock(key) FROM unnest(\(locks)) AS locks (key)")
    }

    /// Of an advisory lock: two issues with the same one wait for each other, and nothing worse.
    private static func lockID(_ key: IssueKey) -> Int64 {
        let mixed = UInt64(bitPattern: key.repository) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: key.number)
        return Int64(bitPattern: mixed)
    }

    private static func histories(
        of texts: [TextKey], _ transaction: PostgresTransaction
    ) throws -> [TextKey: TextHistory] {
        guard !texts.isEmpty else { return [:] }
        let rows = try transaction.query(
            """
            SELECT kind, id, updated_at, body_digest, is_deleted, is_creation_seen FROM texts
            WHERE (kind, id) IN (SELECT * FROM unnest(\(texts.map(\.kind.rawValue)), \(texts.map(\.id))))
            """)
        var found: [TextKey: TextHistory] = [:]
        for row in rows {
            guard let kind = BountyRecord.Source.Kind(rawValue: try row.get("kind")) else { continue }
            found[TextKey(kind: kind, id: try row.get("id"))] = TextHistory(
                updatedAt: try row.get("updated_at"), bodyDigest: try row.get("body_digest"),
                isDeleted: try row.get("is_deleted"), isCreationSeen: try row.get("is_creation_seen"))
        }
        return found
    }

    /// Those that are not cancelled, locked against steps that are taken without the issue: signatures and settlement.
    private static func bounties(
        of keys: [IssueKey], _ transaction: PostgresTransaction
    ) throws -> [IssueKey: [BountyRecord]] {
        let rows = try transaction.query(
            """
            SELECT record FROM bounties
            WHERE ((record -> 'repository' ->> 'id')::bigint, (record -> 'issue' ->> 'number')::bigint)
                IN (SELECT * FROM unnest(\(keys.map(\.repository)), \(keys.map(\.number))))
              AND state <> \(BountyRecord.State.cancelled.rawValue)
            ORDER BY id FOR UPDATE
            """)
        let records = try rows.map { try BountyStore.record(of: $0) }
        return Dictionary(grouping: records) { $0.place.key }
    }

    private static func claims(
        of keys: [IssueKey], _ now: Date, _ transaction: PostgresTransaction
    ) throws -> [IssueKey: [Claim]] {
        let rows = try transaction.query(
            """
            SELECT repository_id, number, claim FROM claims
            WHERE (repository_id, number) IN (SELECT * FROM unnest(\(keys.map(\.repository)), \(keys.map(\.number))))
              AND stands_until > \(now)
            ORDER BY stands_until DESC LIMIT \(maximumClaims * keys.count)
            """)
        var found: [IssueKey: [Claim]] = [:]
        for row in rows {
            let key = IssueKey(repository: try row.get("repository_id"), number: try row.get("number"))
            guard found[key]?.count ?? 0 < maximumClaims else { continue }
            let json: String = try row.get("claim")
            found[key, default: []].append(try JSONDecoder.wire().decode(Claim.self, from: Data(json.utf8)))
        }
        return found
    }

    private static func deletions(
        of repositories: Set<Int64>, _ transaction: PostgresTransaction
    ) throws -> [Int64: Date] {
        let rows = try transaction.query(
            "SELECT id, deleted_at FROM repositories WHERE id = ANY (\(Array(repositories))) AND deleted_at IS NOT NULL"
        )
        return Dictionary(try rows.map { (try $0.get("id"), try $0.get("deleted_at")) }) { first, _ in first }
    }
}
