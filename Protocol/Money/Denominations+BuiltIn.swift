extension Denominations {
    /// What bounties may be made of where nothing is configured: USDC and SOL on Solana, ETH on Ethereum, ATOM on the
    /// Cosmos Hub, all of them mainnets. Minima keep out what costs more to pay out than it is worth, maxima slips of
    /// the finger.
    package static let builtIn: Denominations = {
        let usdc = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
        // Native coins by their SLIP-44 numbers.
        let sol = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/slip44:501"
        let eth = "eip155:1/slip44:60"
        let atom = "cosmos:cosmoshub-4/slip44:118"
        // Limits in smallest units: those of one asset are one and the same.
        let table: [(String, Int, String, WalletFamily, minimum: String, maximum: String)] = [
            ("USDC", 6, usdc, .solana, "10000", "10000000000000"),
            ("SOL", 9, sol, .solana, "1000", "1000000000000000"),
            ("LAMPORT", 0, sol, .solana, "1000", "1000000000000000"),
            ("ETH", 18, eth, .ethereum, "1000000000", "100000000000000000000000"),
            ("GWEI", 9, eth, .ethereum, "1000000000", "100000000000000000000000"),
            ("WEI", 0, eth, .ethereum, "1000000000", "100000000000000000000000"),
            ("ATOM", 6, atom, .cosmos, "1000", "10000000000000"),
            ("UATOM", 0, atom, .cosmos, "1000", "10000000000000"),
        ]
        do {
            return try Denominations(
                table.map { symbol, decimals, asset, family, minimum, maximum in
                    guard let asset = AssetType(asset) else { preconditionFailure("\(symbol) has no CAIP-19 asset") }
                    return try Denomination(
                        symbol: symbol, decimals: decimals, minimum: Amount(units: minimum),
                        maximum: Amount(units: maximum), asset: asset, family: family)
                })
        } catch {
            preconditionFailure("the built-in denominations break a rule: \(error)")
        }
    }()
}
