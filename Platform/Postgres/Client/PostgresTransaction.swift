/// An open transaction, for the time of a ``PostgresClient/transaction(isolation:_:)`` body, on its thread.
package final class PostgresTransaction {
    private let connection: Connection
    private var isOpen = true
    /// The error that ended the transaction on the server, even where the body caught it.
    private(set) var failure: PostgresError?

    init(_ connection: Connection) { self.connection = connection }

    /// The rows of one statement. An error of the server fails the transaction: only a ``savepoint(_:)`` around it
    /// allows to go on.
    @discardableResult
    package func query(_ sql: SQL) throws(PostgresError) -> PostgresRows {
        precondition(isOpen, "a transaction is used after its end")
        do {
            return try connection.execute(sql)
        } catch {
            if error.code != .invalidStatement { failure = failure ?? error }
            throw error
        }
    }

    /// How many rows the statement affected.
    @discardableResult
    package func execute(_ sql: SQL) throws(PostgresError) -> Int { try query(sql).affected }

    /// Runs the body so that its failure undoes only what the body did, and leaves the transaction usable.
    package func savepoint<T>(_ body: () throws -> T) throws -> T {
        try query("SAVEPOINT bursar")
        do {
            let value = try body()
            try query("RELEASE SAVEPOINT bursar")
            return value
        } catch {
            // Not where the connection broke, or the whole transaction must run again.
            guard connection.isUsable, failure?.sqlState?.isRetryable != true else { throw error }
            failure = nil
            try query("ROLLBACK TO SAVEPOINT bursar")
            try query("RELEASE SAVEPOINT bursar")
            throw error
        }
    }

    /// For statements of ours that hold many in one text.
    func execute(script: String, within limit: Duration) throws(PostgresError) {
        do { try connection.execute(script: script, within: limit) } catch {
            failure = failure ?? error
            throw error
        }
    }

    /// Throws `.commitOutcomeUnknown` where no answer came.
    func commit() throws(PostgresError) {
        isOpen = false
        let tag: String
        do {
            tag = try connection.execute("COMMIT").result.commandTag
        } catch {
            if connection.isUsable { throw error }
            throw PostgresError(.commitOutcomeUnknown, "the connection broke during COMMIT", cause: error)
        }
        // COMMIT of a failed transaction is answered with success, and rolls back.
        guard tag == "COMMIT" else {
            let message = "a statement had failed, so nothing was committed"
            throw failure ?? PostgresError(.transactionAborted, message)
        }
    }

    /// A connection on which this fails is not used again.
    func rollBack() {
        isOpen = false
        guard connection.isUsable else { return }
        do { _ = try connection.execute("ROLLBACK") } catch { connection.invalidate() }
    }
}

/// How a transaction is kept from seeing others (PostgreSQL documentation, 13.2).
package enum PostgresIsolation: Sendable {
    case readCommitted, repeatableRead, serializable

    var begin: SQL {
        switch self {
        case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        }
    }
}
