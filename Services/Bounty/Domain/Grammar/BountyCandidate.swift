import Markdown
import Money

/// What has the shape of a bounty: `\$[A-Za-z][A-Za-z0-9_]{0,63}:[^\s$]{1,100}\$`, with no `$` on either side, outside
/// of `$$`.
///
/// Characters are Unicode scalars, and spaces those that Unicode calls white space. What Markdown leaves out of a text
/// (`MarkdownText.omitted`) ends a candidate as a space does.
///
/// One `$` is part of one candidate at most: `$usdc:1$sol:2$` is `$usdc:1$`, and then no more than text. Two or more
/// `$` in a row are one `$$`: what stands between a first and a second, a third and a fourth and so on of a block is
/// formula, and one without a partner counts for nothing.
struct BountyCandidate: Equatable {
    /// More need not be looked at, and no amount of 256 bits needs so many.
    static let maximumAmountLength = 100

    var symbol: String
    var amount: String

    var text: String { "$\(symbol):\(amount)$" }

    /// The candidates of the visible text of one block, in order. Takes time in proportion to the text.
    static func all(in block: String) -> [BountyCandidate] {
        let scalars = Array(block.unicodeScalars)
        let runs = dollarRuns(scalars)
        var candidates: [BountyCandidate] = []
        var hasFormulaEnd = true
        var index = 0
        while index < runs.count {
            if runs[index].count > 1 {
                if hasFormulaEnd, let end = runs[(index + 1)...].firstIndex(where: { $0.count > 1 }) {
                    index = end
                } else {
                    hasFormulaEnd = false
                }
            } else if index + 1 < runs.count, runs[index + 1].count == 1,
                let candidate = BountyCandidate(scalars[runs[index].upperBound..<runs[index + 1].lowerBound])
            {
                candidates.append(candidate)
                index += 1
            }
            index += 1
        }
        return candidates
    }

    /// Parses what stands between two dollar signs, and has none itself.
    private init?(_ scalars: ArraySlice<Unicode.Scalar>) {
        guard scalars.count <= Denomination.maximumSymbolLength + 1 + Self.maximumAmountLength,
            let colon = scalars.firstIndex(of: ":"), Denomination.isSymbol(scalars[..<colon])
        else { return nil }
        let amount = scalars[(colon + 1)...]
        guard (1...Self.maximumAmountLength).contains(amount.count),
            amount.allSatisfy({ !$0.properties.isWhitespace && $0 != MarkdownText.omitted })
        else { return nil }
        symbol = Self.string(scalars[..<colon])
        self.amount = Self.string(amount)
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// The longest runs of dollar signs, in order.
    private static func dollarRuns(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (index, scalar) in scalars.enumerated() where scalar == "$" {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<(index + 1)
            } else {
                runs.append(index..<(index + 1))
            }
        }
        return runs
    }
}
