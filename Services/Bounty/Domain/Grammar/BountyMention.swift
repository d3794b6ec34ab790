package import Money

/// A place in a text that is a bounty, or looks like one.
package enum BountyMention: Hashable, Sendable {
    case bounty(Money)
    case refused(BountyRefusal)
    /// `$HOST:8080$`: perhaps not meant as a bounty at all. The symbol is as written.
    case unknownDenomination(symbol: String)
}

/// A candidate of a known denomination that is no bounty, and why.
package struct BountyRefusal: Hashable, Sendable {
    /// The candidate as readers see it, with both dollar signs. Anyone's text: to be escaped wherever it is shown.
    package let text: String
    package let rule: Rule

    /// The rule that the candidate breaks.
    package enum Rule: Hashable, Sendable {
        case money(MoneyError)
        case tooManyBounties

        /// A stable name of the rule, for programs.
        package var code: String {
            switch self {
            case .money(let error): error.code
            case .tooManyBounties: "too-many-bounties"
            }
        }

        /// The rule in a sentence, for people.
        package var sentence: String {
            switch self {
            case .money(let error): error.sentence
            case .tooManyBounties: "One text may have at most \(BountyGrammar.maximumBounties) bounties."
            }
        }
    }
}
