import Events

/// The badge of a repository: how much is offered on its issues now. SVG without references to anything outside of it.
package struct Badge: Sendable, Equatable {
    private static let label = "bounties"
    /// Denominations that are named; of more, their number is told.
    private static let maximumNamed = 3
    private static let height = 20
    /// Beside each text, on both sides together.
    private static let padding = 12

    private let text: String
    private let isEmpty: Bool

    /// - Parameter overview: Nil for a repository without bounties.
    package init(_ overview: RepositoryOverview?) {
        let open = (overview?.denominations ?? []).compactMap { denomination in
            denomination.states[.active].map { "\($0.amount) \($0.denomination)" }
        }
        let rest = open.count - Self.maximumNamed
        isEmpty = open.isEmpty
        text =
            open.isEmpty
            ? "none" : open.prefix(Self.maximumNamed).joined(separator: " + ") + (rest > 0 ? " + \(rest) more" : "")
    }

    /// `textLength` makes every renderer fit the text into the width that is computed here, whatever font it has.
    package var svg: String {
        let left = Self.width(of: Self.label)
        let right = Self.width(of: text)
        let split = left + Self.padding
        let whole = split + right + Self.padding
        let label = Self.escaped(Self.label)
        let value = Self.escaped(text)
        func written(_ text: String, at middle: Double, _ width: Int) -> String {
            """
            <text x="\(middle)" y="14" textLength="\(width)" lengthAdjust="spacingAndGlyphs">\(text)</text>
            """
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(whole)" height="\(Self.height)" role="img" \
            aria-label="\(label): \(value)"><title>\(label): \(value)</title>\
            <rect width="\(whole)" height="\(Self.height)" rx="3" fill="\(isEmpty ? "#9f9f9f" : "#2f6f44")"/>\
            <path d="M0 3a3 3 0 0 1 3-3h\(split - 3)v\(Self.height)H3a3 3 0 0 1-3-3z" fill="#444"/>\
            <g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">\
            \(written(label, at: Double(split) / 2, left))\
            \(written(value, at: Double(split) + Double(right + Self.padding) / 2, right))</g></svg>
            """
    }

    /// Pixels, about as Verdana in 11 pixels is wide; full-width characters take as much as they are high.
    static func width(of text: String) -> Int {
        let exact = text.unicodeScalars.reduce(0.0) { sum, scalar in
            switch scalar {
            case "i", "j", "l", ".", ",", "'", "|", ":", ";", "!", " ": sum + 4
            case "f", "r", "t", "I", "J", "(", ")", "-", "/": sum + 5
            case "m", "M", "W", "w", "%", "@", "+", "=", "<", ">": sum + 10
            case "A"..."Z", "&": sum + 8
            case "0"..."9", "a"..."z": sum + 7
            case _ where scalar.properties.generalCategory == .nonspacingMark: sum
            case _ where scalar.value >= 0x1100: sum + 11
            default: sum + 8
            }
        }
        return max(1, Int(exact.rounded(.up)))
    }

    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            // What XML 1.0 does not have (section 2.2).
            case "\0"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
