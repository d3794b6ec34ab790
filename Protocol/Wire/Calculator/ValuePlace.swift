/// Where the values of a part are in the whole input, to name one of them in an error.
package struct ValuePlace: Sendable, Equatable {
    private static let prefix = "/values/"

    /// Values before the part.
    package let offset: Int
    /// Whether the input is no JSON document, which a pointer could point into.
    package let isUpload: Bool

    package init(after offset: Int, isUpload: Bool) {
        self.offset = offset
        self.isUpload = isUpload
    }

    /// The error with its pointer into the whole input; of an upload, with the number of the value in its words.
    package func applied(to error: RPCError) -> RPCError {
        guard error.pointer.hasPrefix(Self.prefix), let index = Int(error.pointer.dropFirst(Self.prefix.count)) else {
            guard isUpload else { return error }
            return RPCError(error.code, error.message, reason: error.reason, position: error.position)
        }
        let message = isUpload ? "value \(offset + index + 1): \(error.message)" : error.message
        return RPCError(
            error.code, message, reason: error.reason, position: error.position,
            pointer: isUpload ? "" : "\(Self.prefix)\(offset + index)")
    }
}
