/// The denominations that are configured: at least one, no two of the same symbol.
package struct Denominations: Sendable, Hashable {
    /// Far more than anyone needs, and few enough to list on one page.
    package static let maximumCount = 1000

    /// In the order in which they are configured.
    package let all: [Denomination]
    private let indices: [String: Int]

    package init(_ denominations: [Denomination]) throws(DenominationsError) {
        guard !denominations.isEmpty else { throw .none }
        guard denominations.count <= Self.maximumCount else { throw .tooMany }
        var indices: [String: Int] = [:]
        for (index, denomination) in denominations.enumerated() {
            guard indices.updateValue(index, forKey: denomination.symbol.uppercased()) == nil else {
                throw .duplicate(index: index)
            }
        }
        all = denominations
        self.indices = indices
    }

    /// The denomination of this symbol, in whatever case.
    package subscript(symbol: String) -> Denomination? {
        // Symbols are ASCII; other letters must not become one of them by a change of case, as U+017F becomes S.
        guard symbol.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return indices[symbol.uppercased()].map { all[$0] }
    }

    /// The amount of money that `symbol` and `amount`, as people write them, stand for.
    package func resolve(symbol: String, amount: some StringProtocol) throws(MoneyError) -> Money {
        guard let denomination = self[symbol] else { throw .unknownDenomination }
        let parsed: Amount
        do throws(AmountError) {
            parsed = try Amount(decimal: amount, decimals: denomination.decimals)
        } catch {
            throw .amount(error)
        }
        return try Money(denomination, parsed)
    }
}

/// The rule that a list of denominations breaks.
package enum DenominationsError: Error, Hashable, Sendable {
    case none
    case tooMany
    /// The symbol at this index is there before.
    case duplicate(index: Int)

    package var sentence: String {
        switch self {
        case .none: "must have at least one denomination"
        case .tooMany: "must have at most \(Denominations.maximumCount) denominations"
        case .duplicate: "is the symbol of two denominations (case does not count)"
        }
    }
}
