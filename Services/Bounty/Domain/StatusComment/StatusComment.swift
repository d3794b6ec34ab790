package import Events
import FoundationEssentials
import Money

/// The one comment on an issue that says how its bounties stand. Pure: the same bounties make the same text.
package struct StatusComment: Sendable {
    /// Bounties that are listed; the rest are counted. GitHub's comments have 65,536 characters.
    package static let maximumRows = 60
    /// Refusals that are listed, the latest.
    package static let maximumRefusals = 10
    /// Recipients named in one row.
    static let maximumShares = 20

    /// Something that was asked for and is not done, and who asked.
    package struct Refused: Sendable, Equatable {
        package var actor: BountyRecord.Account
        package var refusal: Refusal

        package init(actor: BountyRecord.Account, refusal: Refusal) {
            self.actor = actor
            self.refusal = refusal
        }

        /// The candidate that the detail begins with, where it is about one; and the rest, a sentence.
        var parts: (quote: String?, sentence: String) {
            let detail = refusal.detail
            guard detail.hasPrefix("$"), let end = detail.firstRange(of: "$: ") else { return (nil, detail) }
            return (String(detail[..<end.lowerBound]) + "$", String(detail[end.upperBound...]))
        }
    }

    /// Where the links of the text lead.
    package struct Links: Sendable {
        /// Of GitHub's pages, for accounts.
        package var github: String
        /// Of the gateway.
        package var gateway: String
        /// To where a proposed bounty is signed.
        package var signing: @Sendable (BountyRecord) -> String

        package init(github: String, gateway: String, signing: @escaping @Sendable (BountyRecord) -> String) {
            self.github = github
            self.gateway = gateway
            self.signing = signing
        }
    }

    /// In the order in which they were made.
    package var bounties: [BountyRecord]
    /// The oldest first.
    package var refusals: [Refused]
    /// Whether somebody asked how it works.
    package var explains: Bool
    package var links: Links

    package init(bounties: [BountyRecord], refusals: [Refused], explains: Bool, links: Links) {
        self.bounties = bounties
        self.refusals = refusals
        self.explains = explains
        self.links = links
    }

    /// The whole comment in GitHub's Markdown, or nil where there is nothing to say.
    package func body(marker: StatusMarker) -> String? {
        guard !bounties.isEmpty || !refusals.isEmpty || explains else { return nil }
        let parts = [table, totals, refused, terms, explains ? Self.help : nil].compactMap(\.self)
        return ([marker.text] + parts).joined(separator: "\n\n") + "\n"
    }

    // MARK: - Bounties

    private var table: String? {
        guard !bounties.isEmpty else { return nil }
        var lines = ["### Bounties", "", "| Amount | Sponsor | State |", "| ---: | --- | --- |"]
        lines += bounties.prefix(Self.maximumRows).map { bounty in
            "| [`\(bounty.amount) \(bounty.denomination)`](\(page(of: bounty))) | \(account(bounty.sponsor)) | \(state(of: bounty)) |"
        }
        if bounties.count > Self.maximumRows {
            lines += ["", "and \(bounties.count - Self.maximumRows) more."]
        }
        return lines.joined(separator: "\n")
    }

    private func page(of bounty: BountyRecord) -> String { "\(links.gateway)/bounties/\(bounty.id.wireText)" }

    private func state(of bounty: BountyRecord) -> String {
        let day = bounty.expiresAt.wireText.prefix(10)
        switch bounty.state {
        case .proposed:
            return "**proposed**: \(account(bounty.sponsor)), [sign to activate it](\(links.signing(bounty))) by \(day)"
        case .active: return "**active** until \(day)"
        case .awarded:
            let recipients = bounty.award?.recipients.map { account($0.account) } ?? []
            return "**awarded** to " + Self.listed(recipients)
        case .settling: return "**settling**: " + shares(of: bounty)
        case .settled: return "**settled**: " + shares(of: bounty)
        case .paid: return "**paid**: " + shares(of: bounty)
        case .expired: return "expired"
        case .cancelled: return "cancelled"
        }
    }

    private func shares(of bounty: BountyRecord) -> String {
        Self.listed(
            bounty.shares.map { share in
                let amount = "`\(share.amount) \(bounty.denomination)` to "
                switch share.state {
                case .pending: return amount + account(share.recipient)
                case .awaitingWallet:
                    // The one mention: who gets something must hear that a wallet is missing.
                    let name =
                        Self.isLogin(share.recipient.login) ? "@\(share.recipient.login)" : account(share.recipient)
                    return amount + "\(name), who first has to [link a wallet](\(links.gateway)/link)"
                case .ordered: return amount + "\(account(share.recipient)) (payout ordered)"
                case .paid: return amount + "\(account(share.recipient)) (paid)"
                case .empty: return amount + "\(account(share.recipient)) (nothing to pay)"
                }
            })
    }

    private static func listed(_ parts: [String]) -> String {
        let shown = parts.prefix(maximumShares).joined(separator: ", ")
        return parts.count > maximumShares ? "\(shown) and \(parts.count - maximumShares) more" : shown
    }

    /// Without a mention: a table that is edited must not call people each time.
    private func account(_ account: BountyRecord.Account) -> String {
        Self.isLogin(account.login)
            ? "[\(account.login)](\(links.github)/\(account.login))" : QuotedText.span(account.login, inTable: true)
    }

    /// What can stand in Markdown as it is: letters, digits and hyphens. Others, as of bots and of enterprises, are quoted.
    private static func isLogin(_ text: String) -> Bool {
        (1...48).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    // MARK: - Totals

    private enum Group: String, CaseIterable {
        case active, proposed, awarded, paid

        init?(_ state: BountyRecord.State) {
            switch state {
            case .active: self = .active
            case .proposed: self = .proposed
            case .awarded, .settling, .settled: self = .awarded
            case .paid: self = .paid
            case .expired, .cancelled: return nil
            }
        }
    }

    private var totals: String? {
        let standing = bounties.filter { Group($0.state) != nil }
        guard !standing.isEmpty else { return nil }
        let denominations = Set(standing.map(\.denomination)).sorted()
        let parts = denominations.map { denomination in
            let ours = standing.filter { $0.denomination == denomination }
            let groups = Group.allCases.compactMap { group -> String? in
                let amounts = ours.filter { Group($0.state) == group }
                return amounts.isEmpty ? nil : "\(Self.sum(amounts)) \(group.rawValue)"
            }
            return "`\(Self.sum(ours)) \(denomination)` (\(groups.joined(separator: ", ")))"
        }
        return "**Total** " + parts.joined(separator: " · ")
    }

    /// In the denomination's unit. Exact; what has more than 256 bits is said to be more.
    private static func sum(_ bounties: [BountyRecord]) -> String {
        var total = Amount.zero
        for bounty in bounties {
            guard let units = try? Amount(units: bounty.units), let next = total.adding(units) else {
                return "more than \(total.decimal(decimals: bounty.decimals))"
            }
            total = next
        }
        return total.decimal(decimals: bounties.first?.decimals ?? 0)
    }

    // MARK: - The rest

    private var refused: String? {
        guard !refusals.isEmpty else { return nil }
        let lines = refusals.suffix(Self.maximumRefusals).map { refused in
            let (quote, sentence) = refused.parts
            let subject = quote.map { "\(QuotedText.span($0)) of " } ?? ""
            return "- \(subject)\(account(refused.actor)): \(QuotedText.sentence(sentence))"
        }
        return (["**Not done**", ""] + lines).joined(separator: "\n")
    }

    private var terms: String? {
        let isSigned = bounties.contains { $0.wallet != nil }
        let isOpen = bounties.contains { $0.state == .proposed || $0.state == .active }
        guard isOpen || isSigned else { return nil }
        var sentences: [String] = []
        if isOpen {
            let isPullRequest = bounties.contains { $0.issue.isPullRequest }
            sentences.append(
                isPullRequest
                    ? "Awarded when this pull request is merged, or by `/award @login`."
                    : "Awarded when this issue is closed as completed by a merged pull request, or by `/award @login`.")
        }
        if isSigned { sentences.append("What is signed stands: editing or deleting its text changes nothing.") }
        sentences.append("`/help` says more.")
        return "<sub>\(sentences.joined(separator: " "))</sub>"
    }

    private static let help = """
        **How it works**

        - `$usdc:250$` in an issue, a pull request or a comment proposes a bounty. Edit the text to change it, delete it to take it back.
        - Its sponsor signs it with a linked wallet; then it is active, and nobody can change it.
        - It is awarded to the author of the merged pull request that closes the issue as completed; a bounty on a pull request when \
        that is merged.
        - `/award @alice` or `/award @alice 70 @bob 30` in a new comment awards it by hand: a sponsor's own bounties, or all of them \
        by who may write to this repository.
        - `/cancel` by the sponsor cancels what is not signed.
        """
}
