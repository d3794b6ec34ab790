import FoundationEssentials

/// Base64 (RFC 4648, section 4) with its padding. Strict: every value has exactly one text.
package enum StrictBase64 {
    /// Characters of a text that is read: keys and signatures have fewer than 100.
    package static let maximumLength = 256

    package static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

    /// Nil where the text is not what ``encode(_:)`` makes of its value.
    package static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= maximumLength, let data = Data(base64Encoded: text),
            data.base64EncodedString() == text
        else { return nil }
        return Array(data)
    }
}
