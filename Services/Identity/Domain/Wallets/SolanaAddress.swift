import Encodings

/// Addresses of Solana: Ed25519 public keys in base58.
enum SolanaAddress {
    static let keySize = 32

    static func key(of text: some StringProtocol) throws(WalletError) -> [UInt8] {
        guard let key = Base58.decode(text), key.count == keySize else {
            throw WalletError(.badAddress, "an address of Solana is 32 bytes in base58")
        }
        guard !isOfSmallOrder(key) else {
            throw WalletError(.badAddress, "this address is no key: anybody could sign for it")
        }
        return key
    }

    /// Points for which signatures can be made without a key: the eight of small order, in each encoding that a lax
    /// decoder takes (RFC 8032, section 5.1.7; the list of libsodium). The sign bit does not matter.
    private static func isOfSmallOrder(_ key: [UInt8]) -> Bool {
        var key = key
        key[31] &= 0x7F
        return smallOrder.contains(key)
    }

    private static let smallOrder: Set<[UInt8]> = {
        func littleEndian(_ low: UInt8, _ middle: UInt8, _ high: UInt8) -> [UInt8] {
            [low] + [UInt8](repeating: middle, count: 30) + [high]
        }
        let texts = [
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        ]
        return Set(
            texts.compactMap { Hexadecimal.decode($0) } + [
                littleEndian(0, 0, 0), littleEndian(1, 0, 0), littleEndian(0xEC, 0xFF, 0x7F),
                littleEndian(0xED, 0xFF, 0x7F), littleEndian(0xEE, 0xFF, 0x7F),
            ])
    }()
}

/// The clusters of Solana, by the first 32 characters of their genesis hash (CAIP-2's namespace `solana`).
enum SolanaChain: String {
    case mainnet, devnet, testnet

    init?(reference: String) {
        switch reference {
        case "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp": self = .mainnet
        case "EtWTRABZaYq6iMfeYKouRu166VU2xqa1": self = .devnet
        case "4uhcVJyU9pJkvQyS88uRDiswHSCCkY3z": self = .testnet
        default: return nil
        }
    }
}
