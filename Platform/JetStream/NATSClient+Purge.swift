extension NATSClient {
    /// Removes the messages of a subject from a stream, but for the newest.
    /// - Returns: How many were removed. Doing it again removes none.
    @discardableResult
    package func purge(
        _ stream: String, of subject: String, keeping count: Int
    ) async throws(NATSError) -> Int {
        guard NATSSubject.isName(stream) else { throw .invalidSubject(stream) }
        guard NATSSubject.isLiteral(subject) else { throw .invalidSubject(subject) }
        let answer: Purged = try await call(
            NATSAPI.purgeStream(stream), ["filter": .string(subject), "keep": .integer(Int64(count))])
        return answer.purged
    }
}

private struct Purged: Decodable { let purged: Int }
