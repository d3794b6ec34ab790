import Cryptography
import Encodings
import FoundationEssentials

/// Addresses of Ethereum: the last 20 bytes of a public key's Keccak-256, with EIP-55's checksum in the case of letters.
enum EthereumAddress {
    private static let size = 20

    /// Lower or upper case throughout says nothing of the checksum and is taken; mixed case must be right.
    static func key(of text: some StringProtocol) throws(WalletError) -> [UInt8] {
        guard text.hasPrefix("0x"), let key = Hexadecimal.decode(text.dropFirst(2)), key.count == size else {
            throw WalletError(.badAddress, "an address of Ethereum is 0x and 40 hexadecimal digits")
        }
        let digits = text.dropFirst(2)
        let hasLower = digits.utf8.contains { UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 }
        let hasUpper = digits.utf8.contains { UInt8(ascii: "A")...UInt8(ascii: "F") ~= $0 }
        guard !(hasLower && hasUpper) || Self.text(of: key) == text else {
            throw WalletError(.badChecksum, "the checksum of the address is wrong (EIP-55): a letter was mistyped")
        }
        return key
    }

    /// EIP-55: a letter is upper case where the same digit of the hash of the lower-case text is 8 or more.
    static func text(of key: [UInt8]) -> String {
        let digits = Array(Hexadecimal.encode(key).utf8)
        let hash = LegacyHash.keccak256(digits)
        let cased = digits.enumerated().map { index, digit in
            let nibble = index.isMultiple(of: 2) ? hash[index / 2] >> 4 : hash[index / 2] & 15
            return digit >= UInt8(ascii: "a") && nibble >= 8 ? digit & ~0x20 : digit
        }
        return "0x" + String(decoding: cased, as: UTF8.self)
    }

    /// - Parameter publicKey: Uncompressed, 65 bytes.
    static func key(ofPublicKey publicKey: [UInt8]) -> [UInt8] {
        Array(LegacyHash.keccak256(Array(publicKey.dropFirst())).suffix(size))
    }

    /// A chain id of EIP-155, as CAIP-2 writes it.
    static func isChain(_ reference: String) -> Bool {
        reference.first != "0" && reference.utf8.count <= 19 && Int64(reference).map { $0 > 0 } == true
            && reference.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
}
