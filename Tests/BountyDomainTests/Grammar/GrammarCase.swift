import BountyDomain
import Money
import Testing

/// A text, and what the grammar finds in it, in short: `250 USDC` for a bounty, `!code text` for a refusal, `?SYMBOL`
/// for an unknown denomination.
struct GrammarCase: CustomTestStringConvertible, Sendable {
    var text: String
    var mentions: [String]

    init(_ text: String, _ mentions: String...) {
        self.text = text
        self.mentions = mentions
    }

    var testDescription: String { text.count > 200 ? "\(text.prefix(200).debugDescription)…" : text.debugDescription }

    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let found = try BountyGrammar.scan(text: text, denominations: .builtIn)
        #expect(found.map(Self.summary) == mentions, sourceLocation: sourceLocation)
    }

    static func summary(_ mention: BountyMention) -> String {
        switch mention {
        case .bounty(let money): money.description
        case .refused(let refusal): "!\(refusal.rule.code) \(refusal.text)"
        case .unknownDenomination(let symbol): "?\(symbol)"
        }
    }
}
