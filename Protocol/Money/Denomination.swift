/// What a bounty may be made of: a symbol for some power of ten of an asset's smallest unit, and limits.
package struct Denomination: Sendable, Hashable {
    /// No token has more decimals than this in practice, and 10^36 still leaves half of the 256 bits.
    package static let maximumDecimals = 36
    /// Characters in a symbol, as the grammar has it.
    package static let maximumSymbolLength = 64

    /// As configured; compared without case.
    package let symbol: String
    package let decimals: Int
    /// The least amount of one bounty.
    package let minimum: Amount
    /// The greatest amount of one bounty.
    package let maximum: Amount
    package let asset: AssetType
    package let family: WalletFamily

    package var chain: ChainID { asset.chain }

    package init(
        symbol: String, decimals: Int, minimum: Amount, maximum: Amount, asset: AssetType, family: WalletFamily
    ) throws(DenominationError) {
        guard Self.isSymbol(symbol.unicodeScalars) else { throw .symbol }
        guard (0...Self.maximumDecimals).contains(decimals) else { throw .decimals }
        guard !minimum.isZero else { throw .minimum }
        guard maximum >= minimum else { throw .maximum }
        guard asset.chain.namespace == family.chainNamespace else { throw .family }
        self.symbol = symbol
        self.decimals = decimals
        self.minimum = minimum
        self.maximum = maximum
        self.asset = asset
        self.family = family
    }

    /// An ASCII letter, then up to 63 ASCII letters, digits or underscores.
    package static func isSymbol(_ scalars: some Collection<Unicode.Scalar>) -> Bool {
        guard let first = scalars.first, first.isASCIILetter else { return false }
        return scalars.count <= maximumSymbolLength
            && scalars.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == "_" }
    }

    /// The amount as people write it, with the symbol: `1.5 SOL`.
    package func text(of amount: Amount) -> String {
        "\(amount.decimal(decimals: decimals)) \(symbol)"
    }
}

/// The rule that a denomination breaks.
package enum DenominationError: Error, Hashable, Sendable {
    case symbol, decimals, minimum, maximum, family

    package var sentence: String {
        switch self {
        case .symbol: "must be a letter, then up to 63 letters, digits or underscores"
        case .decimals: "must be a whole number from 0 to \(Denomination.maximumDecimals)"
        case .minimum: "must be greater than zero"
        case .maximum: "must not be less than the minimum"
        case .family: "must be the family of wallets of the asset's chain"
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}
