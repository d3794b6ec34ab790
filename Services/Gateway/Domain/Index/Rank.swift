import FoundationEssentials

/// The place of an id among others: ids are time-ordered (UUIDv7), so this is the order of creation.
struct Rank: Sendable, Hashable, Comparable {
    private let high: UInt64
    private let low: UInt64

    static let highest = Rank(high: .max, low: .max)

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ id: UUID) {
        (high, low) = withUnsafeBytes(of: id.uuid) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    var id: UUID {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    /// The next lower place; nil for the lowest.
    var predecessor: Rank? {
        if low > 0 { return Rank(high: high, low: low - 1) }
        return high > 0 ? Rank(high: high - 1, low: .max) : nil
    }

    static func < (left: Rank, right: Rank) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}
