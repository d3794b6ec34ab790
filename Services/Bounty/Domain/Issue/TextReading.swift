import Events
package import Money

/// A revision as far as it can be understood by itself: what it asks for, and what is refused.
package struct TextReading: Sendable {
    package private(set) var revision: TextRevision
    /// SHA-256 of the body, and of the one before it where GitHub says it.
    package let digest: [UInt8]
    package let previousDigest: [UInt8]?
    /// The bounties in the text, or nil where the text cannot be read at all.
    package let wanted: [Money]?
    package let refusals: [Refusal]
    /// `$HOST:8080$`: perhaps not meant as a bounty at all.
    package let hasUnknownDenomination: Bool
    package let commands: [BountyCommand]
    /// Somebody else than the author edited it, and other bounties stand in it than before.
    package let changesInVain: Bool

    package init(_ revision: TextRevision, digest: (String) -> [UInt8], denominations: Denominations) {
        self.revision = revision
        self.digest = digest(revision.body)
        self.previousDigest = revision.previousBody.map(digest)
        guard revision.standing == .authors else {
            (wanted, refusals, hasUnknownDenomination, commands) = ([], [], false, [])
            changesInVain =
                revision.standing == .foreignEdit
                && Self.bounties(in: revision.body, denominations)
                    != Self.bounties(in: revision.previousBody ?? "", denominations)
            return
        }
        changesInVain = false
        let isNewComment = revision.change == .created && revision.source.kind == .issueComment
        commands = isNewComment ? BountyCommand.all(in: revision.body) : []
        do throws(UnreadableText) {
            let mentions = try BountyGrammar.scan(text: revision.body, denominations: denominations)
            wanted = mentions.compactMap { if case .bounty(let money) = $0 { money } else { nil } }
            refusals = mentions.compactMap { mention in
                guard case .refused(let refusal) = mention else { return nil }
                return Refusal(code: refusal.rule.code, detail: "\(refusal.text): \(refusal.rule.sentence)")
            }
            hasUnknownDenomination = mentions.contains {
                if case .unknownDenomination = $0 { true } else { false }
            }
        } catch {
            wanted = nil
            refusals = [Refusal(code: error.code, detail: error.sentence)]
            hasUnknownDenomination = false
        }
    }

    /// The same text of an issue that is at another place by now.
    ///
    /// - Parameter oldIssue: The id of the issue's own text where it was.
    package func moved(to place: IssuePlace, from oldIssue: Int64) -> TextReading {
        var moved = self
        moved.revision.repository = place.repository
        moved.revision.issue = place.issue
        moved.revision.source = revision.source.moved(to: place, from: oldIssue)
        return moved
    }

    /// In order of their amounts, not of the text. Nil where it cannot be read.
    private static func bounties(in text: String, _ denominations: Denominations) -> [String]? {
        let mentions = try? BountyGrammar.scan(text: text, denominations: denominations)
        return mentions?.compactMap { mention in
            guard case .bounty(let money) = mention else { return nil }
            return "\(money.denomination.symbol) \(money.amount.units)"
        }.sorted()
    }
}
