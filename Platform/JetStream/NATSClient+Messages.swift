extension NATSClient {
    /// Removes one message of a stream. Doing it again removes none.
    package func delete(_ stream: String, sequence: UInt64) async throws(NATSError) {
        guard NATSSubject.isName(stream) else { throw .invalidSubject(stream) }
        do {
            let _: Deleted = try await call(
                NATSAPI.deleteMessage(stream), ["seq": .integer(Int64(clamping: sequence))])
        } catch .jetStream(_, NATSError.Code.noMessageFound, _), .jetStream(_, NATSError.Code.sequenceNotFound, _),
            .jetStream(_, NATSError.Code.messageDeleteFailed, "no message found")
        {
            return
        }
    }
}

private struct Deleted: Decodable { let success: Bool }
