/// A place for one connection, opened when it is first needed and again after it broke.
///
/// Sendable: ``PostgresClient`` gives a slot to one thread at a time, with a lock between them.
final class ConnectionSlot: @unchecked Sendable {
    private let configuration: PostgresConfiguration
    private let reachability: Reachability
    private var connection: Connection?

    init(_ configuration: PostgresConfiguration, reachability: Reachability) {
        self.configuration = configuration
        self.reachability = reachability
    }

    var isConnected: Bool { connection != nil }

    func close() { connection = nil }

    /// Lends a working connection. One that is broken afterwards, or in a transaction, is closed.
    func withConnection<T>(_ body: (Connection) throws -> T) throws -> T {
        let connection = try open()
        defer { if !connection.isUsable || connection.isInTransaction { close() } }
        return try body(connection)
    }

    /// Runs the body in a transaction, and commits or rolls back.
    func transaction<T>(
        _ isolation: PostgresIsolation, _ body: (PostgresTransaction) throws -> T
    ) throws -> TransactionOutcome<T> {
        let connection = try openTransaction(isolation)
        defer { if !connection.isUsable || connection.isInTransaction { close() } }
        let transaction = PostgresTransaction(connection)
        do {
            let value = try body(transaction)
            try transaction.commit()
            return .committed(value)
        } catch {
            let reason = transaction.failure ?? error as? PostgresError
            transaction.rollBack()
            if let reason, reason.sqlState?.isRetryable == true { return .conflict(reason) }
            throw error
        }
    }

    /// A connection that turns out to be dead at BEGIN is replaced once, as nothing was sent on it before.
    private func openTransaction(_ isolation: PostgresIsolation) throws -> Connection {
        let wasConnected = isConnected
        let connection = try open()
        do {
            _ = try connection.execute(isolation.begin)
            return connection
        } catch {
            guard !connection.isUsable else { throw error }
            close()
            guard wasConnected else { throw error }
        }
        let replacement = try open()
        _ = try replacement.execute(isolation.begin)
        return replacement
    }

    private func open() throws(PostgresError) -> Connection {
        if let connection, connection.isStillOpen { return connection }
        connection = nil
        let opened = try reachability.connect { () throws(PostgresError) in try Connection(configuration) }
        connection = opened
        return opened
    }
}

enum TransactionOutcome<T> {
    case committed(T)
    /// Another transaction was in the way; the same again may succeed.
    case conflict(PostgresError)
}

extension TransactionOutcome: Sendable where T: Sendable {}
