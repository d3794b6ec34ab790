import Events
import FoundationEssentials
import Money

/// The wallets of who is signed in, one card for each family. What needs a wallet is added by `link.js`.
struct LinkView: Sendable {
    /// What the identity service says of the account.
    enum Wallets: Sendable {
        case known([LinkRecord])
        case unavailable
    }

    var viewer: BountyRecord.Account?
    var wallets: Wallets
    /// Where to go on afterwards: a path of ours.
    var returnTo: String?
    /// The family that is asked for.
    var family: WalletFamily?
    /// Path and query of the page.
    var location: String
    var denominations: Denominations

    var html: HTML {
        #"""
        <h1>Wallets</h1>
        <p class="lead">Bounties are paid to the wallet that your GitHub account has linked. Linking is signing a text: it costs
        nothing, moves nothing, and gives nobody access to the wallet.</p>
        \#(back)
        \#(content)
        """#
    }

    private var back: HTML? {
        returnTo.map {
            #"<p class="notice" id="back">When your wallet is linked: <a href="\#($0)">go back to where you came from</a>.</p>"#
        }
    }

    private var content: HTML {
        guard let viewer else {
            return #"""
                <section class="card"><h2>Sign in first</h2>
                <p>Your wallets belong to your GitHub account.</p>
                <p><a class="button" href="\#(PageLayout.signIn(returningTo: location))">Sign in with GitHub</a></p></section>
                """#
        }
        guard case .known(let links) = wallets else {
            return #"<p class="notice">Your wallets cannot be read right now. Reload the page in a moment.</p>"#
        }
        let families = WalletFamily.allCases.filter { family in denominations.all.contains { $0.family == family } }
        let ordered = families.filter { $0 == family } + families.filter { $0 != family }
        return #"""
            <p>Signed in as <strong>\#(HTML.isolated(viewer.login))</strong>.</p>
            <noscript><p class="notice">Linking needs JavaScript, to reach the wallet in your browser.</p></noscript>
            <div class="families" data-link-page data-account="\#(viewer.id)" data-return-to="\#(returnTo ?? "")">
            \#(ordered.map { family in card(family, links.filter { $0.family == family.rawValue }) })
            </div>
            """#
    }

    private func card(_ family: WalletFamily, _ links: [LinkRecord]) -> HTML {
        let active = links.first { $0.state == .active }
        let pending = links.first { $0.state == .pending }
        let symbols = denominations.all.filter { $0.family == family }.map { HTML("\($0.symbol)") }
        let chains = denominations.all.filter { $0.family == family }.map(\.chain.description).reduce(into: [String]())
        {
            if !$0.contains($1) { $0.append($1) }
        }
        let name = Self.name(of: family)
        return #"""
            <section class="card family" data-family="\#(family.rawValue)" data-chains="\#(chains.joined(separator: " "))" aria-labelledby="family-\#(family.rawValue)">
            <h2 id="family-\#(family.rawValue)">\#(name)</h2>
            <p class="meta">For bounties in \#(HTML.joined(symbols))</p>
            \#(active.map(row))\#(pending.map(row))
            \#(active == nil && pending == nil ? HTML("<p>No wallet is linked.</p>") : .empty)
            <p><button type="button" data-action="link" hidden>\#(active == nil ? "Link a wallet" : "Change the wallet")</button></p>
            <div class="flow" data-flow></div>
            </section>
            """#
    }

    private func row(_ link: LinkRecord) -> HTML {
        let wallet = link.wallet.map(Words.wallet) ?? "(erased)"
        let id = link.id.wireText
        switch link.state {
        case .pending:
            return #"""
                <div class="wallet pending"><p>\#(wallet)</p>
                <p class="meta">Waiting: payouts go to it from <strong>\#(Words.time(link.effectiveAt))</strong>. If this change is not
                yours, stop it.</p>
                <p><button type="button" class="danger" data-action="stop" data-link="\#(id)" hidden>Stop the change</button></p></div>
                """#
        case .active, .revoked:
            return #"""
                <div class="wallet"><p>\#(wallet)</p>
                <p class="meta">Linked \#(Words.day(link.linkedAt)). Payouts go to it.</p>
                <p><button type="button" class="plain danger" data-action="unlink" data-link="\#(id)" hidden>Unlink</button></p></div>
                """#
        }
    }

    static func name(of family: WalletFamily) -> HTML {
        switch family {
        case .solana: "Solana"
        case .ethereum: "Ethereum"
        case .cosmos: "Cosmos"
        }
    }
}
