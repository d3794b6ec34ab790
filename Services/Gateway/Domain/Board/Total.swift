import BigInt

/// How many bounties, and their exact sum.
package struct Total: Sendable, Equatable {
    package let denomination: String
    package let decimals: Int
    package let asset: String
    package let count: Int
    /// As people write it.
    package let amount: String
    /// In smallest units, of any number of digits.
    package let units: String

    init(_ currency: Currency, _ tally: Tally) {
        denomination = currency.symbol
        decimals = currency.decimals
        asset = currency.asset
        count = tally.count
        amount = currency.decimal(tally.units)
        units = tally.units.description
    }
}

/// A sum that is kept while what it is of comes and goes.
struct Tally: Sendable, Equatable {
    private(set) var count = 0
    private(set) var units: BigUInt = 0

    var isEmpty: Bool { count == 0 }

    mutating func add(_ more: BigUInt) {
        count += 1
        units += more
    }

    /// What was added before.
    mutating func subtract(_ less: BigUInt) {
        precondition(count > 0 && units >= less, "only what was added can be taken away")
        count -= 1
        units -= less
    }
}
