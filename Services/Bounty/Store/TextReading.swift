import BountyDomain
import Crypto
import FoundationEssentials
import Money

/// A revision as far as it can be understood without the database: what it asks for, and what is refused.
struct TextReading: Sendable {
    let revision: TextRevision
    let digest: [UInt8]
    let previousDigest: [UInt8]?
    /// The bounties in the text, or nil where the text cannot be read at all.
    let wanted: [Money]?
    /// Codes of the rules that candidates, or the text, break.
    let refusals: [String]

    init(_ revision: TextRevision, denominations: Denominations) {
        self.revision = revision
        self.digest = Self.digest(of: revision.body)
        self.previousDigest = revision.previousBody.map(Self.digest)
        guard revision.standing == .authors else {
            (wanted, refusals) = ([], [])
            return
        }
        do throws(UnreadableText) {
            let mentions = try BountyGrammar.scan(text: revision.body, denominations: denominations)
            wanted = mentions.compactMap { if case .bounty(let money) = $0 { money } else { nil } }
            refusals = mentions.compactMap { mention in
                switch mention {
                case .bounty: nil
                case .refused(let refusal): refusal.rule.code
                case .unknownDenomination: "unknown-denomination"
                }
            }
        } catch {
            wanted = nil
            refusals = [error.code]
        }
    }

    private static func digest(of body: String) -> [UInt8] { Array(SHA256.hash(data: Data(body.utf8))) }
}
