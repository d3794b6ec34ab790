/// Text of people, shown in Markdown so that it is no more than text: a code span, in which nothing is a mention, a reference, a
/// link, an emoji or markup.
package enum QuotedText {
    /// Unicode scalars that are shown.
    package static let maximumLength = 120

    /// Source: CommonMark 0.31, section 6.1. The fence is longer than any run of backticks within; what breaks a line, is
    /// invisible or reorders what is around it becomes U+FFFD.
    ///
    /// - Parameter inTable: Whether it stands in a cell, where `|` would end it.
    package static func span(_ text: String, inTable: Bool = false) -> String {
        let scalars = text.unicodeScalars
        var shown = String.UnicodeScalarView(scalars.prefix(maximumLength).map { isPlain($0) ? $0 : "\u{FFFD}" })
        if scalars.count > maximumLength { shown.append("…") }
        let visible = String(shown)
        guard visible.unicodeScalars.contains(where: { $0 != " " }) else { return "` `" }
        let fence = String(repeating: "`", count: longestRun(in: visible) + 1)
        // One space on each side is taken away again, and keeps a backtick from joining the fence.
        let padding = visible.hasPrefix("`") || visible.hasSuffix("`") || visible.hasPrefix(" ") ? " " : ""
        return fence + padding + (inTable ? visible.replacing("|", with: "\\|") : visible) + padding + fence
    }

    /// A sentence of ours in which a word may be anybody's: each word that Markdown or GitHub could take for more than a word is
    /// a code span.
    package static func sentence(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).map { word in
            // What ends a sentence stays outside.
            let end = word.reversed().prefix { ".,;:)".contains($0) }.count
            let core = word.dropLast(end)
            return core.utf8.allSatisfy(isWordByte) ? String(word) : span(String(core)) + word.suffix(end)
        }.joined(separator: " ")
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "/"):
            true
        default: false
        }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }

    private static func longestRun(in text: String) -> Int {
        var longest = 0
        var run = 0
        for scalar in text.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
