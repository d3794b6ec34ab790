/// An amount of a denomination, within the denomination's limits.
package struct Money: Sendable, Hashable {
    package let denomination: Denomination
    package let amount: Amount

    package init(_ denomination: Denomination, _ amount: Amount) throws(MoneyError) {
        guard amount >= denomination.minimum else { throw .belowMinimum(of: denomination) }
        guard amount <= denomination.maximum else { throw .aboveMaximum(of: denomination) }
        self.denomination = denomination
        self.amount = amount
    }
}

extension Money: CustomStringConvertible {
    package var description: String { denomination.text(of: amount) }
}

/// The rule that a denomination and an amount break together.
package enum MoneyError: Error, Hashable, Sendable {
    case unknownDenomination
    case amount(AmountError)
    case belowMinimum(of: Denomination)
    case aboveMaximum(of: Denomination)

    /// A stable name of the rule, for programs.
    package var code: String {
        switch self {
        case .unknownDenomination: "denomination-unknown"
        case .amount(let error): error.code
        case .belowMinimum: "amount-below-minimum"
        case .aboveMaximum: "amount-above-maximum"
        }
    }

    /// The rule in a sentence, for people.
    package var sentence: String {
        switch self {
        case .unknownDenomination: "There is no such denomination here."
        case .amount(let error): error.sentence
        case .belowMinimum(let denomination): "The least amount is \(denomination.text(of: denomination.minimum))."
        case .aboveMaximum(let denomination): "The greatest amount is \(denomination.text(of: denomination.maximum))."
        }
    }
}
