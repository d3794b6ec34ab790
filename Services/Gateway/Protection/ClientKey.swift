import FoundationEssentials

/// Whom limits count: an account's session, an API key, or an address. A hash with the process's own seed, so that nobody can
/// choose to be counted as another.
struct ClientKey: Sendable, Hashable {
    private let value: UInt64

    init(address: String?) { value = Self.hash(0, address) }

    /// - Parameter session: Of ``Session``: the same for all tokens of a session or key.
    init(session: UUID) { value = Self.hash(1, session) }

    func key(of kind: RequestClass) -> UInt64 { Self.hash(value, kind.index) }

    private static func hash(_ first: some Hashable, _ second: some Hashable) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(first)
        hasher.combine(second)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
