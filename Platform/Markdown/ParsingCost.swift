/// An upper bound of what cmark-gfm does with a text, counted in one pass over its bytes.
///
/// cmark-gfm 0.29.0.gfm.6, Debian 12's, takes time, memory or stack that grows with the square of hostile texts
/// (CVE-2023-22483, CVE-2023-24824, CVE-2023-26485, CVE-2023-37463 and others). Ordinary texts stay far below these
/// limits. No paragraph, heading or table has a blank line in it, so what is expensive within one is counted for each
/// stretch of lines between blank ones.
struct ParsingCost {
    /// Containers (quotes, list items, footnotes) in each other. Each line walks through all that are open.
    private static let maximumNesting = 100
    /// Cells of the widest table, if every line were a row of it: missing cells are made, at about 300 bytes each.
    private static let maximumTableCells = 1 << 16
    /// E-mail addresses in one stretch: each is a stack frame of a recursion. So many fit in 512 KiB.
    private static let maximumEmails = 10_000
    /// Steps, of some nanoseconds at most, over the whole text: below half a second.
    private static let maximumSteps = 1 << 27

    private var nesting = 0
    private var lines = 0
    private var widestDelimiterRow = 0
    private var steps = 0
    /// Closing brackets, each of which may be the use of a reference.
    private var brackets = 0
    /// The longest stretch with a link reference definition: each use copies the address and title.
    private var longestDefinition = 0
    private var stretch = Stretch()

    private struct Stretch {
        var size = 0
        /// What may make the parser look through all of the stretch: comments and the like, table headers.
        var scans = 0
        /// Runs of `*`, `_` or `~`, which are compared with each other.
        var delimiterRuns = 0
        /// Each may be one of an e-mail address, for which a part of the stretch is looked through and copied.
        var atSigns = 0
        var emails = 0
        var hasDefinition = false
    }

    /// What has no space in it: an address ends at one.
    private struct Word {
        var size = 0
        /// Where an address may begin, which is looked for to the end of the word.
        var addresses = 0
        /// For each that ends an address, all parentheses of the address are counted.
        var closingParentheses = 0

        var steps: Int { size * (addresses + (addresses > 0 ? closingParentheses : 0)) }
    }

    static func isAcceptable(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var cost = ParsingCost()
        var start = text.startIndex
        while start < text.endIndex {
            var end = start
            while end < text.endIndex, text[end] != .lineFeed, text[end] != .carriageReturn { end += 1 }
            guard cost.add(line: UnsafeBufferPointer(rebasing: text[start..<end])) else { return false }
            let isPair = end + 1 < text.endIndex && text[end] == .carriageReturn && text[end + 1] == .lineFeed
            start = end + (isPair ? 2 : 1)
        }
        return cost.endStretch() && cost.brackets * cost.longestDefinition <= maximumSteps
            && cost.widestDelimiterRow * cost.lines <= maximumTableCells
    }

    /// False once a limit is passed.
    private mutating func add(line: UnsafeBufferPointer<UInt8>) -> Bool {
        lines += 1
        let prefix = ContainerPrefix(line)
        // A line continues at most one open container for each two columns of its indentation, and opens its markers.
        nesting = max(nesting, min(nesting, prefix.indentation / 2) + prefix.markers)
        guard nesting <= Self.maximumNesting else { return false }
        // A marker alone, such as `1.`, may be a paragraph's text.
        if prefix.length == line.count && prefix.markers == 0 { return endStretch() }

        var pipes = 0
        var isDelimiterRow = true
        var word = Word()
        var previous: UInt8 = .space
        for index in line.indices {
            let byte = line[index]
            let next = index + 1 < line.count ? line[index + 1] : .space
            word.size += 1
            switch byte {
            case .space, .tab:
                steps += word.steps
                word = Word()
            case UInt8(ascii: "|"): pipes += 1
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                if previous != byte { stretch.delimiterRuns += 1 }
            case UInt8(ascii: "<"):
                if next == UInt8(ascii: "?") || next == UInt8(ascii: "!") { stretch.scans += 1 }
            case UInt8(ascii: ":"):
                if next == UInt8(ascii: "/") { word.addresses += 1 }
                if previous == UInt8(ascii: "]") { stretch.hasDefinition = true }
            case UInt8(ascii: "w"):
                if previous != byte && next == byte { word.addresses += 1 }
            case UInt8(ascii: ")"): word.closingParentheses += 1
            case UInt8(ascii: "@"):
                stretch.atSigns += 1
                if previous.isEmailCharacter { stretch.emails += 1 }
            case UInt8(ascii: "]"): brackets += 1
            default: break
            }
            if index >= prefix.length && !byte.isInDelimiterRow { isDelimiterRow = false }
            previous = byte
        }
        if isDelimiterRow {
            stretch.scans += 1
            widestDelimiterRow = max(widestDelimiterRow, pipes + 1)
        }
        stretch.size += line.count + 1
        steps += word.steps + pipes * pipes
        return steps <= Self.maximumSteps
    }

    private mutating func endStretch() -> Bool {
        steps += stretch.size * stretch.scans + stretch.delimiterRuns * stretch.delimiterRuns
        steps += stretch.size * stretch.atSigns / 8
        if stretch.hasDefinition { longestDefinition = max(longestDefinition, stretch.size) }
        defer { stretch = Stretch() }
        return stretch.emails <= Self.maximumEmails && steps <= Self.maximumSteps
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")

    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isEmailCharacter: Bool {
        isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: ".")
            || self == UInt8(ascii: "+") || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
    }

    fileprivate var isInDelimiterRow: Bool {
        self == UInt8(ascii: "|") || self == UInt8(ascii: "-") || self == UInt8(ascii: ":") || self == .space
            || self == .tab
    }
}
