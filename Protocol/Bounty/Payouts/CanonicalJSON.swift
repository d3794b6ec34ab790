/// JSON in the one form that RFC 8785 gives a value, so that who signs it and who checks it have the same bytes.
///
/// Of texts and objects alone: numbers would have to be IEEE 754 doubles there (section 3.2.2.3), and amounts and ids are not.
package indirect enum CanonicalJSON: Sendable, Equatable {
    case text(String)
    case object([String: CanonicalJSON])

    /// No space; members by the UTF-16 code units of their names (section 3.2.3).
    package var serialized: String {
        switch self {
        case .text(let text): return Self.quoted(text)
        case .object(let members):
            let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            return "{" + sorted.map { "\(Self.quoted($0.key)):\($0.value.serialized)" }.joined(separator: ",") + "}"
        }
    }

    /// Section 3.2.2.2: only what JSON does not allow in a text is escaped, in the shortest way.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{8}": result += "\\b"
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\u{C}": result += "\\f"
            case "\r": result += "\\r"
            case ..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
