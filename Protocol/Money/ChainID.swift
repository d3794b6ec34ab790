/// A blockchain, named as CAIP-2 says: `namespace:reference`, such as `eip155:1`.
package struct ChainID: Sendable, Hashable, CustomStringConvertible {
    package let namespace: String
    package let reference: String

    /// Nil unless the text is `[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}`.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            CAIP.isNamespace(parts[0]),
            CAIP.matches(parts[1], length: 1...32, CAIP.lowercase + CAIP.uppercase + CAIP.digits + "-_")
        else { return nil }
        namespace = String(parts[0])
        reference = String(parts[1])
    }

    package var description: String { "\(namespace):\(reference)" }
}

extension ChainID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = try Self(container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a CAIP-2 chain")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The character classes that CAIP-2 and CAIP-19 are written in.
enum CAIP {
    static let lowercase = "abcdefghijklmnopqrstuvwxyz"
    static let uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    static let digits = "0123456789"

    /// `[-a-z0-9]{3,8}`, of chains and assets alike.
    static func isNamespace(_ text: some StringProtocol) -> Bool {
        matches(text, length: 3...8, lowercase + digits + "-")
    }

    /// `allowed` is ASCII, so that bytes can be compared.
    static func matches(_ text: some StringProtocol, length: ClosedRange<Int>, _ allowed: String) -> Bool {
        length.contains(text.utf8.count) && text.utf8.allSatisfy(allowed.utf8.contains)
    }
}
