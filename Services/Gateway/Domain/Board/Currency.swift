import BigInt

/// What amounts are of. Amounts of different currencies are never added, those of one symbol on two chains neither.
struct Currency: Sendable, Hashable, Comparable {
    let symbol: String
    let decimals: Int
    /// CAIP-19.
    let asset: String

    static func < (left: Currency, right: Currency) -> Bool {
        (left.symbol, left.asset, left.decimals) < (right.symbol, right.asset, right.decimals)
    }

    /// The amount in the currency's own unit: no trailing zeros, and no point without digits after it.
    func decimal(_ units: BigUInt) -> String {
        let digits = units.description
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        var fraction = padded.suffix(decimals)
        while fraction.last == "0" { fraction.removeLast() }
        let whole = padded.dropLast(decimals)
        return fraction.isEmpty ? String(whole) : "\(whole).\(fraction)"
    }
}
