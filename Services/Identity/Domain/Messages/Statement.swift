/// The sentence of a message that says what the signer agrees to: one line of the characters that EIP-4361 allows, which are
/// those of RFC 3986's `reserved` and `unreserved`, and space. No quotation marks, no `%`, nothing that a wallet would break.
package struct Statement: Sendable, Equatable {
    /// Characters. What a wallet shows without scrolling far.
    package static let maximumLength = 600

    package let text: String

    /// Nil where the text is empty, too long, or has a character that does not belong.
    package init?(_ text: String) {
        guard (1...Self.maximumLength).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
            return nil
        }
        self.text = text
    }

    static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: allowedMarks.contains(byte)
        }
    }

    private static let allowedMarks = Set(" -._~:/?#[]@!$&'()*+,;=".utf8)
}
