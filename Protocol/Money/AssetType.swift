/// A fungible asset on a chain, named as CAIP-19 says: `chain/namespace:reference`, such as `eip155:1/slip44:60`.
package struct AssetType: Sendable, Hashable, CustomStringConvertible {
    package let chain: ChainID
    package let namespace: String
    package let reference: String

    /// Nil unless the text is a CAIP-2 chain, `/`, `[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}`. Single tokens (a third part)
    /// are not fungible, so they are refused.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let chain = ChainID(parts[0]) else { return nil }
        let asset = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard asset.count == 2,
            CAIP.isNamespace(asset[0]),
            CAIP.matches(asset[1], length: 1...128, CAIP.lowercase + CAIP.uppercase + CAIP.digits + "-.%")
        else { return nil }
        self.chain = chain
        namespace = String(asset[0])
        reference = String(asset[1])
    }

    package var description: String { "\(chain)/\(namespace):\(reference)" }
}

extension AssetType: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = try Self(container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a CAIP-19 asset type")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
