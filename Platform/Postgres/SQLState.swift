/// A five-character SQLSTATE code (PostgreSQL documentation, appendix A).
package struct SQLState: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// The first two characters: the class of the condition.
    package var classCode: Substring { rawValue.prefix(2) }

    package static let uniqueViolation = SQLState(rawValue: "23505")
    package static let foreignKeyViolation = SQLState(rawValue: "23503")
    package static let checkViolation = SQLState(rawValue: "23514")
    package static let notNullViolation = SQLState(rawValue: "23502")
    package static let serializationFailure = SQLState(rawValue: "40001")
    package static let deadlockDetected = SQLState(rawValue: "40P01")
    package static let undefinedTable = SQLState(rawValue: "42P01")
    package static let duplicateObject = SQLState(rawValue: "42710")
    package static let duplicateDatabase = SQLState(rawValue: "42P04")
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    package static let queryCanceled = SQLState(rawValue: "57014")

    /// The transaction was a victim of concurrency: run again, it may well succeed.
    package var isRetryable: Bool { self == .serializationFailure || self == .deadlockDetected }

    /// The server, not the statement, is the reason: connection exceptions, out of resources, shutting down or
    /// starting.
    package var isUnavailability: Bool {
        classCode == "08" || classCode == "53" || ["57P01", "57P02", "57P03", "57P05"].contains(rawValue)
    }
}
