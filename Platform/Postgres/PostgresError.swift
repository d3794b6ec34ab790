/// What went wrong with PostgreSQL. `message` holds no secret of the configuration, but it and `server` may quote
/// values of the statement: for the log, not for clients.
package struct PostgresError: Error, Sendable {
    package enum Code: Sendable, Equatable {
        /// The server cannot be reached, or could not a moment ago and the next attempt is not due yet.
        case unavailable
        /// The connection broke while a statement ran. Outside of a transaction the statement may have taken effect.
        case connectionLost
        /// No answer within the client's deadline (a network that hangs); the connection was closed.
        case noAnswer
        /// As many callers wait for a connection as may.
        case tooManyWaiting
        /// No connection became free within the wait timeout.
        case waitTimedOut
        /// The connection broke during COMMIT: the transaction may have taken effect, or not.
        case commitOutcomeUnknown
        /// The body went on after a statement had failed, so there was nothing to commit; all of it was rolled back.
        case transactionAborted
        /// The client has been closed.
        case closed
        /// The server took longer than `statement_timeout` and stopped.
        case statementTimedOut
        /// The server refused the statement.
        case server(SQLState)
        /// The statement cannot be sent: NUL in a text, too many parameters, a value outside of PostgreSQL's range.
        case invalidStatement
        /// A column is missing, or is not of the type asked for.
        case decoding
        /// Not a connection URL.
        case malformedURL
    }

    /// What the server said about a statement that it refused.
    package struct ServerReport: Sendable {
        package var severity = ""
        package var constraint: String?
        package var table: String?
        package var column: String?
        /// May quote values of the row.
        package var detail: String?
        package var hint: String?
        package var context: String?
        /// Character position in the statement, from 1.
        package var position: Int?
    }

    package let code: Code
    package let message: String
    package let server: ServerReport?
    package let cause: (any Error)?

    package init(_ code: Code, _ message: String, server: ServerReport? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.server = server
        self.cause = cause
    }

    package var sqlState: SQLState? {
        switch code {
        case .server(let state): state
        case .statementTimedOut: .queryCanceled
        default: nil
        }
    }

    /// A unique constraint (of this name, if given) forbids the row.
    package func isUniqueViolation(constraint: String? = nil) -> Bool {
        sqlState == .uniqueViolation && (constraint == nil || server?.constraint == constraint)
    }

    /// The database cannot serve now, whatever the caller asked: wait and try again, and count no failed attempt.
    package var isUnavailable: Bool {
        switch code {
        case .unavailable, .connectionLost, .noAnswer, .tooManyWaiting, .waitTimedOut, .commitOutcomeUnknown, .closed:
            true
        case .server(let state): state.isUnavailability
        case .transactionAborted, .statementTimedOut, .invalidStatement, .decoding, .malformedURL: false
        }
    }
}

extension PostgresError: CustomStringConvertible {
    package var description: String {
        if let sqlState { "PostgreSQL \(sqlState.rawValue): \(message)" } else { "PostgreSQL: \(message)" }
    }

    /// Everything, for the log only.
    package var logDescription: String {
        var text = description
        if let detail = server?.detail { text += "; detail: \(detail)" }
        if let hint = server?.hint { text += "; hint: \(hint)" }
        if let context = server?.context { text += "; context: \(context)" }
        if let position = server?.position { text += "; at character \(position)" }
        if let cause { text += "; cause: \(cause)" }
        return text
    }
}
