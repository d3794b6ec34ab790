import CSecp256k1
import Crypto
import Cryptography
import Encodings
import IdentityDomain
import Money
import TestWallets

/// Verifications per second on one core: the library's call alone, with everything prepared, and what the identity service does
/// for a signature as it comes from a wallet, in turns; medians. Arguments: turns, seconds of each.
@main
struct IdentityBenchmark {
    struct Case {
        var name: String
        var raw: () -> Bool
        var whole: () -> Bool
    }

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap(Double.init)
        guard arguments.count == 2 else { preconditionFailure("turns and seconds are wanted") }
        let (turns, duration) = (Int(arguments[0]), Duration.seconds(arguments[1]))
        print("family                     library alone/s  as the service does/s  overhead of each")
        for one in try cases() {
            precondition(one.raw() && one.whole(), "\(one.name): a signature is not taken")
            var raw: [Double] = []
            var whole: [Double] = []
            for _ in 0..<turns {
                raw.append(rate(one.raw, duration))
                whole.append(rate(one.whole, duration))
            }
            let (library, service) = (median(raw), median(whole))
            let overhead = 1e6 / service - 1e6 / library
            print(
                padded(one.name, 25), padded(String(Int(library)), 16, left: true),
                padded(String(Int(service)), 22, left: true),
                padded("\(Double(Int(overhead * 10)) / 10) µs", 17, left: true))
        }
    }

    static func cases() throws -> [Case] {
        let chains = TestWallet.cosmosChains ?? .standard
        let text = try message()
        return try [
            ("Solana, Ed25519", TestWallet.solana()), ("Ethereum, EIP-191", .ethereum()),
            ("Cosmos, ADR-036", .cosmos()), ("Ethermint, ADR-036", .evmos()),
        ].map { name, wallet in
            let signature = try wallet.sign(text)
            let checked = try Wallet(wallet.name, cosmosChains: chains)
            let raw = try raw(wallet, checked, signature, text)
            let key = wallet.publicKey
            return Case(
                name: name, raw: raw,
                whole: {
                    // The wallet too is read anew each time, from its stored name.
                    guard let wallet = try? Wallet(checked.description, cosmosChains: chains) else { return false }
                    return (try? wallet.verify(signature, publicKey: key, of: text))
                        != nil
                })
        }
    }

    static func raw(
        _ wallet: TestWallet, _ checked: Wallet, _ signature: String, _ text: String
    ) throws -> () -> Bool {
        if wallet.signing == .ed25519 {
            let key = try Curve25519.Signing.PublicKey(rawRepresentation: checked.key)
            let bytes = Base58.decode(signature) ?? []
            let message = Array(text.utf8)
            return { key.isValidSignature(bytes, for: message) }
        }
        let context = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_VERIFY))
        guard let context else { preconditionFailure("no context") }
        if wallet.signing == .eip191 {
            let bytes = Hexadecimal.decode(signature.dropFirst(2)) ?? []
            let digest = SignedBytes.eip191(text)
            var parsed = secp256k1_ecdsa_recoverable_signature()
            let isParsed = secp256k1_ecdsa_recoverable_signature_parse_compact(
                context, &parsed, Array(bytes.prefix(64)), Int32(bytes[64]) - 27)
            precondition(isParsed == 1, "no signature")
            let signature = parsed
            return {
                var key = secp256k1_pubkey()
                var signature = signature
                return secp256k1_ecdsa_recover(context, &key, &signature, digest) == 1
            }
        }
        let document = SignedBytes.adr036(text, signer: wallet.address)
        let digest =
            wallet.signing == .adr036 ? Array(SHA256.hash(data: document)) : LegacyHash.keccak256(document)
        var parsed = secp256k1_ecdsa_signature()
        let isParsed = secp256k1_ecdsa_signature_parse_compact(
            context, &parsed, StrictBase64.decode(signature) ?? [])
        precondition(isParsed == 1, "no signature")
        var key = secp256k1_pubkey()
        let keyBytes = StrictBase64.decode(wallet.publicKey ?? "") ?? []
        precondition(secp256k1_ec_pubkey_parse(context, &key, keyBytes, keyBytes.count) == 1, "no key")
        let (signature, publicKey) = (parsed, key)
        return {
            var (signature, key) = (signature, publicKey)
            return secp256k1_ecdsa_verify(context, &signature, digest, &key) == 1
        }
    }

    /// As long as a challenge's.
    static func message() throws -> String {
        SignInMessage(
            domain: "bursar.example", family: .ethereum, address: "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23",
            statement: "Link this wallet to the GitHub account octocat (id 583231). Bounties are then paid to it.",
            uri: "https://bursar.example/link", chain: "1", nonce: Challenge.randomNonce(),
            issuedAt: "2026-11-21T10:00:00.000Z", expirationTime: "2026-11-21T10:05:00.000Z",
            requestID: "0192f8a5-7c00-7000-8000-000000000001"
        ).text
    }

    static func rate(_ body: () -> Bool, _ duration: Duration) -> Double {
        let start = ContinuousClock.now
        var count = 0
        while ContinuousClock.now - start < duration {
            for _ in 0..<16 { precondition(body(), "a signature is not taken") }
            count += 16
        }
        return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    static func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - text.count))
        return left ? space + text : text + space
    }
}
