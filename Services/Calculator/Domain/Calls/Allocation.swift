/// `allocate`: a whole number of smallest units, divided among weights.
package struct AllocateRequest: Sendable, Hashable {
    /// A whole number: digits, with a minus sign in front where it is negative.
    package var units: String
    /// Decimals, none of them negative, at least one of them greater than zero.
    package var weights: [String]

    package init(units: String, weights: [String]) {
        self.units = units
        self.weights = weights
    }
}

package struct Allocation: Sendable, Hashable {
    /// Whole numbers, one for each weight, that add up to the units.
    package let parts: [String]

    package init(parts: [String]) {
        self.parts = parts
    }
}

/// `convert`: between denominations of one asset.
package struct ConvertRequest: Sendable, Hashable {
    /// As people write amounts: see `Amount`; zero is allowed here.
    package var amount: String
    /// Symbols of denominations, in whatever case.
    package var from: String
    package var to: String

    package init(amount: String, from: String, to: String) {
        self.amount = amount
        self.from = from
        self.to = to
    }
}

package struct Conversion: Sendable, Hashable {
    /// A decimal, exact, without trailing zeros.
    package let amount: String

    package init(amount: String) {
        self.amount = amount
    }
}
