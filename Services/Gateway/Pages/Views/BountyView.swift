import BountyProtocol
import Events
import FoundationEssentials
import GatewayDomain
import Money

/// The page of one bounty: what it is, who gets it, how it came about, and where its sponsor signs.
struct BountyView: Sendable {
    /// What another service was asked for: nothing where it did not answer in time.
    enum Asked<Value: Sendable>: Sendable {
        case answered(Value)
        case unavailable
    }

    var bounty: BountyRecord
    var payouts: [PayoutRecord]
    var history: Asked<[HistoryEntry]>
    /// Rendered, and safe.
    var comment: Asked<HTML?>
    /// The account that is signed in.
    var viewer: BountyRecord.Account?
    /// The token of the signing link that led here.
    var link: String?
    /// Path and query of this page.
    var location: String
    var denominations: Denominations
    var links: ForeignLinks

    var html: HTML {
        #"""
        <article class="bounty" data-bounty="\#(bounty.id.wireText)" data-version="\#(bounty.version)">
        <header class="head">
        <p class="worth">\#(Words.amount(bounty.amount, bounty.denomination)) \#(Words.state(bounty.state))</p>
        <h1>\#(HTML.link(.isolated(Words.title(of: bounty)), to: bounty.issue.url, links))</h1>
        <p class="meta"><a href="/?repository=\#(bounty.repository.fullName.addingQueryEscapes)&amp;state=any">\#(Words.place(bounty))</a>\#(bounty.issue.isPullRequest ? HTML(", a pull request") : .empty)</p>
        </header>
        \#(signing)
        <div class="columns">
        <div>
        \#(shares)
        \#(commentSection)
        \#(historySection)
        </div>
        <aside>
        \#(facts)
        </aside>
        </div>
        </article>
        """#
    }

    // MARK: - Signing

    private var signing: HTML? {
        guard let link else { return nil }
        return SigningView(
            bounty: bounty, link: link, viewer: viewer, location: location,
            family: denominations[bounty.denomination]?.family, links: links
        ).html
    }

    // MARK: - Facts

    private var facts: HTML {
        var rows: [(HTML, HTML)] = [("State", Words.meaning(of: bounty.state))]
        rows.append(("Sponsor", Words.account(bounty.sponsor, links)))
        if let wallet = bounty.wallet { rows.append(("Signed by", Words.wallet(wallet))) }
        rows.append(("Written", HTML.link(Words.day(bounty.createdAt), to: bounty.source.url, links)))
        if bounty.state == .proposed || bounty.state == .active {
            rows.append(("Expires", Words.day(bounty.expiresAt)))
        }
        if let award = bounty.award { rows.append(("Awarded", awarded(award))) }
        rows.append(("Smallest units", #"<span class="number">\#(bounty.units)</span>"#))
        rows.append(("Asset", #"<code>\#(bounty.asset)</code>"#))
        rows.append(
            ("Bounty", #"<a href="/v1/bounties/\#(bounty.id.wireText)"><code>\#(bounty.id.wireText)</code></a>"#))
        return #"""
            <section class="card" aria-labelledby="facts"><h2 id="facts">Details</h2>
            <dl>\#(rows.map { HTML("<dt>\($0.0)</dt><dd>\($0.1)</dd>") })</dl></section>
            """#
    }

    private func awarded(_ award: BountyRecord.Award) -> HTML {
        let how: HTML =
            switch award.ground {
            case .closing: "by closing the issue"
            case .merge: "by merging"
            case .command: "by <code>/award</code>"
            }
        return "\(HTML.link(Words.day(award.at), to: award.url, links)), \(how), by \(Words.account(award.by, links))"
    }

    // MARK: - Shares

    private var shares: HTML? {
        if bounty.shares.isEmpty {
            guard let award = bounty.award else { return nil }
            let names = award.recipients.map { Words.account($0.account, links) }
            return "<section><h2>Awarded to</h2><p>\(HTML.joined(names))</p></section>"
        }
        let orders = Dictionary(payouts.map { ($0.id, $0) }) { first, _ in first }
        let rows = bounty.shares.map { share -> HTML in
            let order = share.payout.flatMap { orders[$0] }
            return #"""
                <tr><th scope="row">\#(Words.account(share.recipient, links))</th>
                <td class="number">\#(Words.amount(share.amount, bounty.denomination))</td>
                <td>\#(state(of: share, order))</td></tr>
                """#
        }
        return #"""
            <section aria-labelledby="shares"><h2 id="shares">Shares and payouts</h2>
            <div class="scrolls"><table>
            <thead><tr><th scope="col">Recipient</th><th scope="col" class="number">Amount</th><th scope="col">State</th></tr></thead>
            <tbody>\#(rows)</tbody></table></div></section>
            """#
    }

    private func state(of share: BountyRecord.Share, _ order: PayoutRecord?) -> HTML {
        let account = order.map { HTML("<br>\(Words.wallet($0.account))") }
        let reference = share.payout.map { #"<a href="/v1/payouts/\#($0.wireText)">order</a>"# as HTML } ?? "order"
        switch share.state {
        case .pending: return "being prepared"
        case .awaitingWallet:
            return #"waits: \#(HTML.isolated(share.recipient.login)) first has to <a href="/link">link a wallet</a>"#
        case .ordered: return "\(reference) issued\(account)"
        case .paid:
            let transaction = order?.transaction.map { HTML("<br>transaction <code>\($0)</code>") }
            return "paid by \(reference)\(account)\(transaction)"
        case .empty: return "nothing to pay: the part is less than one smallest unit"
        }
    }

    // MARK: - Comment and history

    private var commentSection: HTML? {
        switch comment {
        case .answered(nil): nil
        case .answered(.some(let comment)):
            #"""
            <section aria-labelledby="comment"><h2 id="comment">Status comment on GitHub</h2>
            <div class="markdown card scrolls">\#(comment)</div></section>
            """#
        case .unavailable: unavailable("comment", "Status comment on GitHub")
        }
    }

    private var historySection: HTML {
        switch history {
        case .answered(let entries):
            let hidden = max(0, entries.count - HistoryEntry.maximumShown)
            let more: HTML? =
                hidden == 0
                ? nil
                : #"<li class="more">\#(hidden) earlier: <a href="/v1/bounties/\#(bounty.id.wireText)/history">all of them</a></li>"#
            let rows = entries.suffix(HistoryEntry.maximumShown).reversed().map { entry -> HTML in
                "<li>\(Words.time(entry.time)) <p>\(entry.sentence(links))</p></li>"
            }
            return #"""
                <section aria-labelledby="history"><h2 id="history">History</h2>
                <ol class="history" reversed>\#(rows)\#(more)</ol></section>
                """#
        case .unavailable: return unavailable("history", "History")
        }
    }

    private func unavailable(_ id: String, _ title: String) -> HTML {
        #"<section><h2 id="\#(id)">\#(title)</h2><p class="notice">Not available right now. Reload the page in a moment.</p></section>"#
    }
}
