/// A piece of a page. What is interpolated as text is escaped; what is interpolated as ``HTML`` goes in as it is.
///
/// Escaping goes by bytes, as browsers read: a `"` before a combining mark is one character of Swift, and still ends an attribute.
struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
    let text: String

    /// Of a source that makes safe HTML, such as the Markdown renderer.
    init(trusted text: String) { self.text = text }

    init(stringLiteral text: String) { self.text = text }

    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    static let empty = HTML(trusted: "")

    /// For text between tags, and for values of attributes in double quotes.
    static func escape(_ text: some StringProtocol) -> String {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            // No character of HTML (WHATWG, 13.2.3.5): browsers would show a mark for it.
            case 0: escaped += "\u{FFFD}".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }
        mutating func appendInterpolation(_ text: some StringProtocol) { self.text += HTML.escape(text) }
        mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { text += part.text } }
        /// Nothing where it is nil.
        mutating func appendInterpolation(_ html: HTML?) { if let html { text += html.text } }
    }
}

extension HTML {
    /// The parts, with something between them: `a, b and c` needs no more.
    static func joined(_ parts: [HTML], by separator: HTML = ", ") -> HTML {
        HTML(trusted: parts.map(\.text).joined(separator: separator.text))
    }

    /// Text of somebody else's: it cannot change the direction of what stands around it.
    static func isolated(_ text: String) -> HTML { "<bdi>\(text)</bdi>" }

    /// A link to another site, or the label alone where the address is not one that people should be led to.
    static func link(_ label: HTML, to url: String?, _ links: ForeignLinks) -> HTML {
        guard let url = url.flatMap(links.checked) else { return label }
        return #"<a href="\#(url)" rel="noopener nofollow">\#(label)</a>"#
    }
}
