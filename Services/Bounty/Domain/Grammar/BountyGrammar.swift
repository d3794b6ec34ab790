import Markdown
package import Money

/// Finds bounties in what people write: `$<denomination>:<amount>$`, as in `$USDC:250$`.
package enum BountyGrammar {
    /// Bounties in one text: enough for any issue, and few enough for one comment to list.
    package static let maximumBounties = 10
    /// Refusals and unknown denominations that are reported for one text; the rest are left out. Bounties always count.
    package static let maximumRemarks = 100

    /// The bounties of a Markdown text, and what looks like one but is refused, in the order of the page.
    ///
    /// What counts is what readers see (`MarkdownText.visibleBlocks`): `\$usdc:5\$` and `&#36;usdc:5&#36;` are
    /// bounties, as they look like one, while code and quotations hold none. `BountyCandidate` says what a candidate
    /// is. A candidate of a known denomination is a bounty or is refused for the rule that it breaks; after
    /// `maximumBounties`, every further one that would be a bounty is refused.
    ///
    /// Throws for a text with a `$` in it that is too long or complex to read.
    package static func scan(
        text markdown: String, denominations: Denominations
    ) throws(UnreadableText) -> [BountyMention] {
        // Most texts have no dollar sign, and need no parser.
        guard mayHaveDollar(markdown) else { return [] }
        let blocks: [String]
        do throws(MarkdownError) {
            blocks = try MarkdownText.visibleBlocks(of: markdown)
        } catch {
            switch error {
            case .tooLong: throw .tooLong
            case .tooComplex: throw .tooComplex
            }
        }
        var mentions: [BountyMention] = []
        var bounties = 0
        for candidate in blocks.lazy.flatMap(BountyCandidate.all)
        where mentions.count < maximumBounties + maximumRemarks {
            let mention = mention(of: candidate, denominations, isFull: bounties == maximumBounties)
            if case .bounty = mention {
                bounties += 1
            } else if mentions.count - bounties == maximumRemarks {
                continue
            }
            mentions.append(mention)
        }
        return mentions
    }

    private static func mention(
        of candidate: BountyCandidate, _ denominations: Denominations, isFull: Bool
    ) -> BountyMention {
        func refused(_ rule: BountyRefusal.Rule) -> BountyMention {
            .refused(BountyRefusal(text: candidate.text, rule: rule))
        }
        do throws(MoneyError) {
            let money = try denominations.resolve(symbol: candidate.symbol, amount: candidate.amount)
            return isFull ? refused(.tooManyBounties) : .bounty(money)
        } catch {
            return error == .unknownDenomination
                ? .unknownDenomination(symbol: candidate.symbol) : refused(.money(error))
        }
    }

    /// Whether a dollar sign may be visible: as it is, or as a character reference.
    private static func mayHaveDollar(_ markdown: String) -> Bool {
        markdown.utf8.contains(UInt8(ascii: "$")) || markdown.utf8.contains(UInt8(ascii: "&"))
    }
}

/// Why a text could not be searched for bounties.
package enum UnreadableText: Error, Hashable, Sendable {
    case tooLong, tooComplex

    /// A stable name of the reason, for programs.
    package var code: String {
        switch self {
        case .tooLong: "text-too-long"
        case .tooComplex: "text-too-complex"
        }
    }

    /// The reason in a sentence, for people.
    package var sentence: String {
        switch self {
        case .tooLong: "The text is too long to look for bounties in."
        case .tooComplex: "The Markdown of this text is too deeply nested or too complex to look for bounties in."
        }
    }
}
