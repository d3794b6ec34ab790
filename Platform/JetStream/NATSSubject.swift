/// The grammar of subjects: tokens separated by dots. <https://docs.nats.io/nats-concepts/subjects>
package enum NATSSubject {
    /// Bytes. The protocol's line, with the reply subject and the sizes, must fit into 4,096 (`max_control_line`).
    package static let maximumLength = 2_048

    /// Whether a message can be published to it: no wildcard, no empty token, no space.
    package static func isLiteral(_ subject: String) -> Bool { isWellFormed(subject, allowsWildcards: false) }

    /// Whether it can be subscribed to: `*` is a whole token, `>` the last one.
    package static func isPattern(_ subject: String) -> Bool { isWellFormed(subject, allowsWildcards: true) }

    /// Whether it can name a stream or a consumer: one token, and no path separator.
    package static func isName(_ name: String) -> Bool {
        isLiteral(name) && !name.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") || $0 == 0x5C }
    }

    private static func isWellFormed(_ subject: String, allowsWildcards: Bool) -> Bool {
        guard !subject.isEmpty, subject.utf8.count <= maximumLength else { return false }
        var tokenLength = 0
        var wildcard: UInt8?
        for byte in subject.utf8 {
            switch byte {
            case UInt8(ascii: "."):
                if tokenLength == 0 || wildcard == UInt8(ascii: ">") { return false }
                tokenLength = 0
                wildcard = nil
            case 0...0x20, 0x7F:
                return false
            case UInt8(ascii: "*"), UInt8(ascii: ">"):
                guard allowsWildcards, tokenLength == 0 else { return false }
                wildcard = byte
                tokenLength = 1
            default:
                guard wildcard == nil else { return false }
                tokenLength += 1
            }
        }
        return tokenLength > 0
    }
}
