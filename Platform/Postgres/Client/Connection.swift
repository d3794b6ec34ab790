import CPostgres
import Glibc

/// One connection. Owns a `PGconn`, and blocks the thread that calls it, never past the deadline.
///
/// Not sendable: one thread at a time.
final class Connection {
    private let raw: OpaquePointer
    private let statementLimit: Duration

    /// PostgreSQL's limit: the count is a 16-bit field of the protocol.
    static let maximumParameters = 65_535

    /// Throws `.unavailable`.
    init(_ configuration: PostgresConfiguration) throws(PostgresError) {
        statementLimit = configuration.statementTimeout + configuration.statementGrace
        let parameters = configuration.connectionParameters
        let strings = parameters.map { (strdup($0.key), strdup($0.value)) }
        defer { for (keyword, value) in strings { free(keyword); free(value) } }
        let keywords = strings.map { UnsafePointer($0.0) } + [nil]
        let values = strings.map { UnsafePointer($0.1) } + [nil]
        guard let raw = PQconnectStartParams(keywords, values, 0) else {
            throw PostgresError(.unavailable, "out of memory")
        }
        self.raw = raw
        // By default libpq prints notices to the standard error.
        _ = PQsetNoticeReceiver(raw, { _, _ in }, nil)
        let deadline = ContinuousClock.now + configuration.connectTimeout
        do throws(PostgresError) {
            guard PQstatus(raw) != CONNECTION_BAD else { throw connectionError }
            try finishConnecting(by: deadline)
        } catch {
            throw PostgresError(.unavailable, error.message)
        }
        guard PQsetnonblocking(raw, 1) == 0 else { throw PostgresError(.unavailable, connectionError.message) }
    }

    deinit { PQfinish(raw) }

    private func finishConnecting(by deadline: ContinuousClock.Instant) throws(PostgresError) {
        var events = Int16(POLLOUT)
        while true {
            _ = try wait(for: events, until: deadline)
            switch PQconnectPoll(raw) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: events = Int16(POLLIN)
            case PGRES_POLLING_WRITING: events = Int16(POLLOUT)
            default: throw connectionError
            }
        }
    }

    private var connectionError: PostgresError {
        PostgresError(.connectionLost, String(cString: PQerrorMessage(raw)).firstLine)
    }

    /// Whether a transaction is open, also a failed one.
    var isInTransaction: Bool { PQtransactionStatus(raw) != PQTRANS_IDLE }

    /// As `150012` for 15.12.
    var serverVersion: Int { Int(PQserverVersion(raw)) }

    /// False once the connection has broken, which is only noticed by use or by ``isStillOpen``.
    private(set) var isUsable = true

    func invalidate() { isUsable = false }

    /// Asks the kernel, without a round trip, whether the server closed the idle connection meanwhile.
    var isStillOpen: Bool {
        guard isUsable, PQstatus(raw) == CONNECTION_OK else { return false }
        // What is there to read is a notice, or the server's last words and then the end of the stream.
        for _ in 0..<Self.maximumIdleReads {
            var descriptor = pollfd(fd: PQsocket(raw), events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 0) > 0 else { return true }
            guard PQconsumeInput(raw) == 1, PQisBusy(raw) == 0, PQstatus(raw) == CONNECTION_OK else { return false }
        }
        return false
    }

    /// Reads of 16 KiB or so. A server that has more to say to an idle connection is not worth listening to.
    private static let maximumIdleReads = 16

    /// Runs one statement. Every error but `.server`, `.statementTimedOut` and `.invalidStatement` leaves the
    /// connection unusable.
    func execute(_ sql: SQL, within limit: Duration? = nil) throws(PostgresError) -> PostgresRows {
        let message = try StatementMessage(sql)
        let deadline = ContinuousClock.now + (limit ?? statementLimit)
        let sent = message.withPointers { types, values, lengths, formats in
            PQsendQueryParams(raw, message.text, Int32(message.count), types, values, lengths, formats, 0)
        }
        let results = try receive(after: sent, by: deadline)
        guard let result = results.last else { throw broken(PostgresError(.connectionLost, "no result")) }
        return PostgresRows(result: result)
    }

    /// Runs a text of many statements by the simple query protocol. The server runs them as one transaction, unless one
    /// is open.
    func execute(script: String, within limit: Duration) throws(PostgresError) {
        guard !script.utf8.contains(0) else {
            throw PostgresError(.invalidStatement, "the script holds a NUL character")
        }
        _ = try receive(after: PQsendQuery(raw, script), by: ContinuousClock.now + limit)
    }

    /// The SCRAM verifier of a password, so that the password itself is neither sent nor logged.
    func encrypt(password: String, of user: String) throws(PostgresError) -> String {
        guard !password.utf8.contains(0), let verifier = PQencryptPasswordConn(raw, password, user, "scram-sha-256")
        else {
            throw PostgresError(.invalidStatement, "the password cannot be encrypted")
        }
        defer { PQfreemem(verifier) }
        return String(cString: verifier)
    }

    private func receive(after sent: Int32, by deadline: ContinuousClock.Instant) throws(PostgresError)
        -> [ResultHandle]
    {
        guard sent == 1 else { throw broken(connectionError) }
        do throws(PostgresError) {
            try flush(by: deadline)
            var results: [ResultHandle] = []
            var failure: PostgresError?
            while let result = try nextResult(by: deadline) {
                switch result.status {
                case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: results.append(result)
                case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                    throw PostgresError(.invalidStatement, "COPY from or to the client is not supported")
                default: failure = failure ?? result.error
                }
            }
            if PQstatus(raw) != CONNECTION_OK { isUsable = false }
            if let failure { throw failure }
            return results
        } catch {
            // An answer may still come for what was sent, so nothing else can be asked here.
            if error.sqlState == nil { isUsable = false }
            throw error
        }
    }

    private func broken(_ error: PostgresError) -> PostgresError {
        isUsable = false
        return error
    }

    private func flush(by deadline: ContinuousClock.Instant) throws(PostgresError) {
        while true {
            let left = PQflush(raw)
            guard left != 0 else { return }
            guard left > 0 else { throw connectionError }
            // The server may itself wait for us to read before it reads on.
            let events = try wait(for: Int16(POLLIN | POLLOUT), until: deadline)
            if events & Int16(POLLIN) != 0, PQconsumeInput(raw) == 0 { throw connectionError }
        }
    }

    private func nextResult(by deadline: ContinuousClock.Instant) throws(PostgresError) -> ResultHandle? {
        while PQisBusy(raw) == 1 {
            _ = try wait(for: Int16(POLLIN), until: deadline)
            // On failure PQisBusy is 0, and PQgetResult has the error, and what the server said before it.
            if PQconsumeInput(raw) == 0 { break }
        }
        return PQgetResult(raw).map(ResultHandle.init)
    }

    /// Returns what the socket is ready for. Throws `.noAnswer` at the deadline.
    private func wait(for events: Int16, until deadline: ContinuousClock.Instant) throws(PostgresError) -> Int16 {
        while true {
            let left = (ContinuousClock.now.duration(to: deadline) / .milliseconds(1)).rounded(.up)
            guard left > 0 else { throw PostgresError(.noAnswer, "no answer within the deadline") }
            var descriptor = pollfd(fd: PQsocket(raw), events: events, revents: 0)
            let count = poll(&descriptor, 1, Int32(min(left, 1e9)))
            if count > 0 { return descriptor.revents }
            guard count == 0 || errno == EINTR else {
                throw PostgresError(.connectionLost, "poll failed: \(String(cString: strerror(errno)))")
            }
        }
    }
}
