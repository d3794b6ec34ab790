extension StringProtocol {
    /// Percent-encoding (RFC 3986, section 2.1) of the text's UTF-8: all bytes but those that may stand as they are.
    package func percentEncoded(leaving stands: (UInt8) -> Bool) -> String {
        let bytes = String(self).utf8
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for byte in bytes {
            guard !stands(byte) else {
                text.append(byte)
                continue
            }
            text.append(UInt8(ascii: "%"))
            text += String(byte >> 4, radix: 16, uppercase: true).utf8
            text += String(byte & 15, radix: 16, uppercase: true).utf8
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// For a value in a query or a form: only unreserved characters stand as they are.
    package var percentEncoded: String { percentEncoded(leaving: \.isUnreserved) }

    /// Nil where a `%` is not followed by two hexadecimal digits, or the result is not UTF-8.
    package var percentDecoded: String? {
        let text = String(self)
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(Hexadecimal.value),
                let low = rest.popFirst().flatMap(Hexadecimal.value)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    /// Whether it is a character that no part of a URI needs to encode (RFC 3986, section 2.3).
    package var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
