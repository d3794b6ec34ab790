import BigNumber

/// Numbers in ascending order.
struct SortedValues: Sendable {
    private enum Storage: Sendable {
        /// Mantissas of one exponent that fit in machine words: what money is, in an eighth of the time.
        case aligned([Int], exponent: Int)
        case general([DecimalNumber])
    }

    private let storage: Storage

    private init(storage: Storage) {
        self.storage = storage
    }

    /// Of numbers in any order.
    init(sorting values: [DecimalNumber]) {
        if let (mantissas, exponent) = Self.align(values) {
            storage = .aligned(mantissas.sorted(), exponent: exponent)
        } else {
            storage = .general(values.sorted())
        }
    }

    /// All of them together. Sorting takes advantage of what is in order already.
    init(merging parts: [SortedValues]) {
        var mantissas: [Int] = []
        var common: Int?
        for part in parts {
            guard case .aligned(let more, let exponent) = part.storage, exponent == common ?? exponent else {
                self.init(sorting: parts.flatMap(\.all))
                return
            }
            common = exponent
            mantissas += more
        }
        self.init(storage: .aligned(mantissas.sorted(), exponent: common ?? 0))
    }

    var count: Int {
        switch storage {
        case .aligned(let mantissas, _): mantissas.count
        case .general(let values): values.count
        }
    }

    subscript(index: Int) -> DecimalNumber {
        switch storage {
        case .aligned(let mantissas, let exponent): DecimalNumber(BigInteger(mantissas[index]), exponent: exponent)
        case .general(let values): values[index]
        }
    }

    var all: [DecimalNumber] {
        switch storage {
        case .aligned(let mantissas, let exponent):
            mantissas.map { DecimalNumber(BigInteger($0), exponent: exponent) }
        case .general(let values): values
        }
    }

    /// The numbers as multiples of one power of ten. Nil where one of them does not fit in a machine word.
    static func align(_ values: [DecimalNumber]) -> (mantissas: [Int], exponent: Int)? {
        var least = Int.max
        for value in values where !value.isZero { least = min(least, value.exponent) }
        if least == .max { least = 0 }
        var mantissas: [Int] = []
        mantissas.reserveCapacity(values.count)
        for value in values {
            guard let small = value.mantissa.small else { return nil }
            let gap = small == 0 ? 0 : value.exponent - least
            if gap == 0 {
                mantissas.append(small)
                continue
            }
            guard gap <= 18, let power = BigInteger.powerOfTen(gap).small else { return nil }
            let (scaled, overflow) = small.multipliedReportingOverflow(by: power)
            guard !overflow else { return nil }
            mantissas.append(scaled)
        }
        return (mantissas, least)
    }
}
