import Events
import GatewayDomain
import Money

/// The first page: what this is, and which bounties there are.
struct BoardView: Sendable {
    /// Who was awarded most of one denomination, the first ones.
    struct Leaders: Sendable {
        /// Of each denomination.
        static let maximumShown = 5

        var denomination: String
        var leaders: [(account: BountyRecord.Account, amount: String)]
    }

    var search: BoardSearch
    var bounties: [BountyRecord]
    /// The cursor of the next page; nil on the last one.
    var next: String?
    var leaders: [Leaders] = []
    var denominations: Denominations
    var links: ForeignLinks

    var html: HTML {
        """
        <div class="board">
        <section class="hero">
        <h1>Bounties on GitHub issues</h1>
        <p class="lead">Write <code>$usdc:250$</code> in an issue or a comment, sign once with your wallet, and whoever
        solves the issue is owed exactly that.</p>
        </section>
        <section aria-labelledby="list-title">
        <h2 id="list-title">\(heading)</h2>
        \(form)
        <div id="list">
        \(list)
        \(paging)
        </div>
        </section>
        <aside>
        \(howTo)
        \(leaderboard)
        </aside>
        </div>
        """
    }

    private var heading: HTML {
        switch search.state {
        case .open: "Open bounties"
        case .any: "All bounties"
        case .one(let state): "Bounties that are \(state.rawValue)"
        }
    }

    // MARK: - Search

    private var form: HTML {
        let states = BoardSearch.StateChoice.all.map { option($0.name, $0.label, isChosen: $0 == search.state) }
        let symbols = denominations.all.map {
            option($0.symbol, "\($0.symbol)", isChosen: search.denomination?.uppercased() == $0.symbol.uppercased())
        }
        return #"""
            <form class="search" role="search" method="get" action="/">
            <p class="field grow"><label for="q">Search</label>
            <input type="search" id="q" name="q" value="\#(search.text ?? "")" placeholder="Repository, title or sponsor" maxlength="200"></p>
            <p class="field"><label for="state">State</label>
            <select id="state" name="state">\#(states)</select></p>
            <p class="field"><label for="denomination">Denomination</label>
            <select id="denomination" name="denomination">\#(option("", "Any", isChosen: search.denomination == nil))\#(symbols)</select></p>
            \#(kept("repository", search.repository))\#(kept("sponsor", search.sponsor))
            <p class="field"><button type="submit">Search</button></p>
            </form>
            \#(chips)
            """#
    }

    private func option(_ value: String, _ label: HTML, isChosen: Bool) -> HTML {
        #"<option value="\#(value)"\#(isChosen ? HTML(" selected") : .empty)>\#(label)</option>"#
    }

    private func kept(_ name: String, _ value: String?) -> HTML {
        guard let value else { return .empty }
        return #"<input type="hidden" name="\#(name)" value="\#(value)">"#
    }

    /// What the list is narrowed to by links, each with a way out of it.
    private var chips: HTML {
        var chips: [HTML] = []
        if let repository = search.repository {
            var without = search
            without.repository = nil
            chips.append(chip("in \(HTML.isolated(repository))", without))
        }
        if let sponsor = search.sponsor {
            var without = search
            without.sponsor = nil
            chips.append(chip("by \(HTML.isolated(sponsor))", without))
        }
        return chips.isEmpty ? .empty : #"<p class="chips">\#(chips)</p>"#
    }

    private func chip(_ label: HTML, _ without: BoardSearch) -> HTML {
        #"<a class="chip" href="\#(without.location(cursor: nil))">\#(label) <span aria-hidden="true">×</span><span class="unseen"> (remove)</span></a>"#
    }

    // MARK: - The list

    private var list: HTML {
        guard !bounties.isEmpty else { return empty }
        return #"<ul class="bounties">\#(bounties.map(row))</ul>"#
    }

    private func row(_ bounty: BountyRecord) -> HTML {
        #"""
        <li>
        <p class="worth">\#(Words.amount(bounty.amount, bounty.denomination))</p>
        <div class="what">
        <h3><a href="/bounties/\#(bounty.id.wireText)">\#(HTML.isolated(Words.title(of: bounty)))</a></h3>
        <p class="meta"><a href="\#(narrowed { $0.repository = bounty.repository.fullName })">\#(Words.place(bounty))</a>
        by <a href="\#(narrowed { $0.sponsor = bounty.sponsor.login })">\#(HTML.isolated(bounty.sponsor.login))</a>,
        \#(Words.day(bounty.createdAt))</p>
        </div>
        <p class="how">\#(Words.state(bounty.state))</p>
        </li>
        """#
    }

    private func narrowed(_ change: (inout BoardSearch) -> Void) -> String {
        var search = search
        change(&search)
        return search.location(cursor: nil)
    }

    private var empty: HTML {
        guard search == BoardSearch() else {
            return #"""
                <p class="empty">No bounty is like this. <a href="/">See all that are open</a>\#(search.state == .any ? .empty : HTML(", or <a href=\"\(narrowed { $0.state = .any })\">look in every state</a>")).</p>
                """#
        }
        return #"""
            <p class="empty">No bounty is open yet. Be the first: write <code>$usdc:25$</code> in a comment on an issue.</p>
            """#
    }

    private var paging: HTML {
        var parts: [HTML] = []
        if search.cursor != nil { parts.append(#"<a href="\#(search.location(cursor: nil))">Newest</a>"#) }
        if let next { parts.append(#"<a rel="next" href="\#(search.location(cursor: next))">Older</a>"#) }
        return parts.isEmpty ? .empty : #"<nav class="paging" aria-label="More bounties">\#(parts)</nav>"#
    }

    // MARK: - Beside the list

    private var leaderboard: HTML? {
        let boards = leaders.filter { !$0.leaders.isEmpty }
        guard !boards.isEmpty else { return nil }
        let tables = boards.map { board -> HTML in
            let rows = board.leaders.map { leader -> HTML in
                """
                <tr><th scope="row">\(Words.account(leader.account, links))</th>
                <td class="number">\(Words.amount(leader.amount, board.denomination))</td></tr>
                """
            }
            return #"<table><caption class="unseen">\#(board.denomination)</caption><tbody>\#(rows)</tbody></table>"#
        }
        return #"""
            <section class="card" aria-labelledby="leaders"><h2 id="leaders">Solvers</h2>
            \#(tables)
            <p class="meta"><a href="/v1/leaderboard">The whole leaderboard</a></p></section>
            """#
    }

    private var howTo: HTML {
        let rows = denominations.all.map { denomination -> HTML in
            let least = denomination.minimum.decimal(decimals: denomination.decimals)
            return """
                <tr><th scope="row">\(denomination.symbol)</th><td>\(least)</td><td>\(Words.chain(denomination.chain.description))</td></tr>
                """
        }
        return #"""
            <section class="card">
            <h2>How it works</h2>
            <ol class="steps">
            <li><strong>Put a bounty.</strong> Write <code>$usdc:250$</code> in the text of an issue or pull request, or in a comment. A comment of ours answers with a link.</li>
            <li><strong>Sign it.</strong> Follow the link and sign with your wallet. From then on it stands.</li>
            <li><strong>Solve it.</strong> A merged pull request that closes the issue awards it to its author; so does <code>/award @name</code>.</li>
            <li><strong>Get paid.</strong> <a href="/link">Link a wallet</a> once. The treasury executes a signed order for your share.</li>
            </ol>
            <details>
            <summary>What bounties can be made of</summary>
            <table>
            <thead><tr><th scope="col">Symbol</th><th scope="col">At least</th><th scope="col">Paid on</th></tr></thead>
            <tbody>\#(rows)</tbody>
            </table>
            </details>
            </section>
            """#
    }
}
