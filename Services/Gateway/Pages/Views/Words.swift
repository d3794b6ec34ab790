import Events
import FoundationEssentials

/// How pages write what records hold.
enum Words {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `21 Nov 2026`, with the exact time for machines and for who points at it.
    static func day(_ date: Date) -> HTML {
        let text = date.wireText
        return #"<time datetime="\#(text)" title="\#(minute(text)) UTC">\#(day(text))</time>"#
    }

    /// `21 Nov 2026, 09:30 UTC`.
    static func time(_ date: Date) -> HTML {
        let text = date.wireText
        return #"<time datetime="\#(text)">\#(minute(text)) UTC</time>"#
    }

    private static func day(_ wireText: String) -> String {
        let parts = wireText.prefix(10).split(separator: "-")
        guard parts.count == 3, let month = Int(parts[1]), let day = Int(parts[2]), months.indices ~= month - 1 else {
            return String(wireText.prefix(10))
        }
        return "\(day) \(months[month - 1]) \(parts[0])"
    }

    private static func minute(_ wireText: String) -> String {
        "\(day(wireText)), \(wireText.dropFirst(11).prefix(5))"
    }

    static func amount(_ amount: String, _ denomination: String) -> HTML {
        #"<span class="amount"><span class="number">\#(amount)</span> <span class="unit">\#(denomination)</span></span>"#
    }

    static func state(_ state: BountyRecord.State) -> HTML {
        #"<span class="state \#(state.rawValue)">\#(state.rawValue)</span>"#
    }

    /// What a state means, in a sentence.
    static func meaning(of state: BountyRecord.State) -> HTML {
        switch state {
        case .proposed: "Written in a text on GitHub. It counts once its sponsor has signed it."
        case .active: "Signed by its sponsor. Whoever solves the issue gets it."
        case .awarded: "It is known who gets it; the amount is being divided."
        case .settling: "The shares are known; payout orders are being issued."
        case .settled: "Every share has its payout order."
        case .paid: "Every payout order was executed."
        case .expired: "Nobody got it in time."
        case .cancelled: "Withdrawn."
        }
    }

    static func account(_ account: BountyRecord.Account, _ links: ForeignLinks) -> HTML {
        .link(.isolated(account.login), to: links.account(account.login), links)
    }

    static func place(_ bounty: BountyRecord) -> HTML {
        #"<span class="place">\#(HTML.isolated(bounty.repository.fullName))#\#(bounty.issue.number)</span>"#
    }

    /// An issue's title; GitHub's may be of blanks alone.
    static func title(of bounty: BountyRecord) -> String {
        bounty.issue.title.contains { !$0.isWhitespace } ? bounty.issue.title : "(no title)"
    }

    /// A CAIP-10 account: the address, which is what people compare, and its chain.
    static func wallet(_ account: String) -> HTML {
        let parts = account.split(separator: ":", maxSplits: 2)
        guard parts.count == 3 else { return "<code>\(account)</code>" }
        return #"<code class="address">\#(parts[2])</code> <span class="chain">\#(chain(parts[0], parts[1]))</span>"#
    }

    /// Chains as people call them, where they are known.
    static func chain(_ namespace: Substring, _ reference: Substring) -> String {
        switch (namespace, reference) {
        case ("solana", "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"): "Solana"
        case ("solana", "EtWTRABZaYq6iMfeYKouRu166VU2xqa1"): "Solana devnet"
        case ("solana", "4uhcVJyU9pJkvQyS88uRDiswHSCCkY3z"): "Solana testnet"
        case ("eip155", "1"): "Ethereum"
        case ("cosmos", "cosmoshub-4"): "Cosmos Hub"
        default: "\(namespace):\(reference)"
        }
    }

    static func chain(_ text: String) -> String {
        let parts = text.split(separator: ":", maxSplits: 1)
        return parts.count == 2 ? chain(parts[0], parts[1]) : text
    }
}
