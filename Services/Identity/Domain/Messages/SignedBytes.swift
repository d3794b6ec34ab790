import Crypto
import Cryptography

/// What a wallet really signs when it is asked to sign a text.
package enum SignedBytes {
    /// EIP-191, version 0x45 (`personal_sign`): the digest.
    package static func eip191(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return LegacyHash.keccak256(Array("\u{19}Ethereum Signed Message:\n\(bytes.count)".utf8) + bytes)
    }

    /// ADR-036 of the Cosmos SDK: the document with one `MsgSignData`, no chain, no fee, as amino's canonical JSON (sorted
    /// members, no spaces). Base64 and bech32 need no escapes.
    package static func adr036(_ text: String, signer: String) -> [UInt8] {
        let data = StrictBase64.encode(text.utf8)
        let document =
            #"{"account_number":"0","chain_id":"","fee":{"amount":[],"gas":"0"},"memo":"","msgs":[{"type":"sign/MsgSignData","#
            + #""value":{"data":"\#(data)","signer":"\#(signer)"}}],"sequence":"0"}"#
        return Array(document.utf8)
    }

    /// The digest of an ADR-036 document: SHA-256, or Keccak-256 with Ethermint's keys.
    static func adr036Digest(_ text: String, signer: String, scheme: SigningScheme) -> [UInt8] {
        let document = adr036(text, signer: signer)
        return scheme == .adr036Ethermint
            ? LegacyHash.keccak256(document) : Array(SHA256.hash(data: document))
    }
}
