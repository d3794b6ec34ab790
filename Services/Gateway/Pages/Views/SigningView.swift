import Events
import Money

/// Where a sponsor signs. What needs a wallet is added by `sign.js`, which reads what it needs from the section's data.
struct SigningView: Sendable {
    var bounty: BountyRecord
    /// The token of the signing link.
    var link: String
    var viewer: BountyRecord.Account?
    /// Path and query of the page.
    var location: String
    /// Of the wallets that can sign it; nil for a denomination that is no longer configured.
    var family: WalletFamily?
    var links: ForeignLinks

    var html: HTML {
        #"<section class="card sign" id="sign" aria-labelledby="sign-title">\#(content)</section>"#
    }

    private var content: HTML {
        guard bounty.state == .proposed else {
            return """
                <h2 id="sign-title">Nothing to sign</h2>
                <p>This bounty is \(Words.state(bounty.state)). \(Words.meaning(of: bounty.state))</p>
                """
        }
        return #"""
            <h2 id="sign-title">Sign to activate this bounty</h2>
            <p>You promise \#(Words.amount(bounty.amount, bounty.denomination)) to whoever solves
            \#(Words.place(bounty)). It is awarded \#(terms). Signing costs nothing and moves nothing. Once signed, editing or
            deleting the text on GitHub changes nothing any more.</p>
            \#(step)
            """#
    }

    private var terms: HTML {
        bounty.issue.isPullRequest
            ? "when the pull request is merged"
            : "when the issue is closed as completed by a merged pull request, or by <code>/award</code>"
    }

    private var step: HTML {
        let sponsor = HTML.isolated(bounty.sponsor.login)
        guard let viewer else {
            return #"""
                <p>Only its sponsor, <strong>\#(sponsor)</strong>, can sign it.</p>
                <p><a class="button" href="\#(PageLayout.signIn(returningTo: location))">Sign in with GitHub</a></p>
                """#
        }
        guard viewer.id == bounty.sponsor.id else {
            return #"""
                <p class="notice">You are signed in as <strong>\#(HTML.isolated(viewer.login))</strong>, and only its sponsor,
                <strong>\#(sponsor)</strong>, can sign it.</p>
                <p><button type="button" data-sign-out hidden>Sign out</button></p>
                """#
        }
        guard let family else {
            return
                #"<p class="notice">\#(bounty.denomination) is not configured here any more; the bounty cannot be signed.</p>"#
        }
        let chain = AssetType(bounty.asset)?.chain.description ?? ""
        return #"""
            <div data-sign data-bounty="\#(bounty.id.wireText)" data-link="\#(link)" data-account="\#(viewer.id)"
            data-family="\#(family.rawValue)" data-chain="\#(chain)" data-chain-name="\#(Words.chain(chain))"
            data-location="\#(location)"></div>
            <noscript><p class="notice">Signing needs JavaScript, to reach the wallet in your browser.</p></noscript>
            """#
    }
}
