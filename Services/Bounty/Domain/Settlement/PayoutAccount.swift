package import Events
package import Money

/// Which account an order names.
package enum PayoutAccount {
    /// The CAIP-10 account on the chain that belongs to one of the wallets; nil where none does.
    ///
    /// A wallet of Solana or Ethereum has the same address on every chain of its family, so that it counts whichever it was
    /// linked on. The addresses of Cosmos' chains differ, and so may the keys behind them: there the very chain counts.
    /// - Parameter links: Of the recipient; active ones count.
    package static func account(of links: [LinkRecord], on chain: ChainID) -> String? {
        for link in links where link.state == .active {
            guard let wallet = link.wallet else { continue }
            let parts = wallet.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 3, let linked = ChainID("\(parts[0]):\(parts[1])"),
                linked.namespace == chain.namespace
            else { continue }
            if linked == chain || chain.namespace != WalletFamily.cosmos.chainNamespace {
                return "\(chain):\(parts[2])"
            }
        }
        return nil
    }
}
