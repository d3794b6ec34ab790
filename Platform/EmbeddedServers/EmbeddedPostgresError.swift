/// Why a private PostgreSQL cannot be started or stopped: a sentence for the person at the terminal.
package struct EmbeddedPostgresError: Error, CustomStringConvertible {
    package let message: String
    package var description: String { message }

    init(_ message: String) { self.message = message }
}
