import Crypto
import Cryptography
import Encodings
import Foundation
import IdentityDomain
import Money
import TestWallets
import Testing

struct SignatureTests {
    static let chains = WalletTests.chains
    static let wallets: [TestWallet] = [
        .solana(), .ethereum(), .ethereum(chain: 8453), .cosmos(), .cosmos(chain: "osmosis-1", prefix: "osmo"),
        .evmos(),
    ]
    static let message = "bursar.example wants you to sign in with your account:\nx\n\nHello, world.\n\nNonce: 12345678"

    static func code(
        _ wallet: TestWallet, _ signature: String, _ text: String = message, key: String? = nil
    ) throws -> SignatureError.Code? {
        let checked = try Wallet(wallet.name, cosmosChains: chains)
        do throws(SignatureError) {
            try checked.verify(signature, publicKey: key ?? wallet.publicKey, of: text)
            return nil
        } catch { return error.code }
    }

    @Test(arguments: wallets) func aWalletsOwnSignatureIsTaken(wallet: TestWallet) throws {
        for text in [Self.message, "", "ü 漢字 🪙\n", String(repeating: "x", count: 5_000)] {
            #expect(try Self.code(wallet, try wallet.sign(text), text) == nil)
        }
    }

    @Test(arguments: wallets) func aSignatureOfAnythingElseIsRefused(wallet: TestWallet) throws {
        let signature = try wallet.sign(Self.message)
        let others = [
            Self.message + " ", Self.message + "\n", String(Self.message.dropLast()), Self.message.uppercased(),
            Self.message.replacing("bursar.example", with: "bursar.examp1e"),
            Self.message.replacing("\n", with: "\r\n"), "",
        ]
        for text in others { #expect(try Self.code(wallet, signature, text) == .mismatch) }
    }

    @Test(arguments: wallets) func everyBitOfASignatureCounts(wallet: TestWallet) throws {
        let bytes = try #require(Self.bytes(try wallet.sign(Self.message), of: wallet))
        for index in 0..<64 {
            var changed = bytes
            changed[index] ^= 1 << UInt8(index % 8)
            let found = try Self.code(wallet, Self.text(changed, of: wallet))
            #expect(found == .mismatch || found == .highS, "byte \(index)")
        }
    }

    @Test(arguments: wallets) func aSignatureOfTheWrongLengthIsRefused(wallet: TestWallet) throws {
        let bytes = try #require(Self.bytes(try wallet.sign(Self.message), of: wallet))
        for length in [1, 32, 63, bytes.count - 1] {
            #expect(try Self.code(wallet, Self.text(Array(bytes.prefix(length)), of: wallet)) == .malformed)
        }
        let longer = try Self.code(wallet, Self.text(bytes + [0], of: wallet))
        #expect(longer == (wallet.signing == .eip191 ? .contractWallet : .malformed))
        for text in ["", "0x", "=", "not a signature", "0x" + String(repeating: "zz", count: 65)] {
            #expect(try Self.code(wallet, text) == .malformed)
        }
    }

    @Test(arguments: wallets) func asignatureInAnotherEncodingIsRefused(wallet: TestWallet) throws {
        let bytes = try #require(Self.bytes(try wallet.sign(Self.message), of: wallet))
        let right = Self.text(bytes, of: wallet)
        for text in [
            Base58.encode(bytes), "0x" + Hexadecimal.encode(bytes), Hexadecimal.encode(bytes),
            StrictBase64.encode(bytes), " " + right, right + "\n",
        ] where text != right { #expect(try Self.code(wallet, text) != nil) }
    }

    @Test(arguments: wallets) func anotherWalletsSignatureIsRefused(wallet: TestWallet) throws {
        for other in Self.wallets where other.name != wallet.name && other.signing == wallet.signing {
            #expect(try Self.code(wallet, try other.sign(Self.message)) == .mismatch)
        }
    }

    @Test(arguments: wallets.filter { $0.signing != .ed25519 })
    func theOtherOfTwoEquivalentSignaturesIsRefused(wallet: TestWallet) throws {
        var bytes = try #require(Self.bytes(try wallet.sign(Self.message), of: wallet))
        bytes.replaceSubrange(32..<64, with: Self.negated(Array(bytes[32..<64])))
        if wallet.signing == .eip191 { bytes[64] = bytes[64] == 27 ? 28 : 27 }
        #expect(try Self.code(wallet, Self.text(bytes, of: wallet)) == .highS)
    }

    @Test func ed25519RefusesASignatureThatIsNotReduced() throws {
        let wallet = TestWallet.solana()
        var bytes = try #require(Base58.decode(try wallet.sign(Self.message)))
        // s + L, which a lax verifier takes for s (RFC 8032, section 5.1.7).
        let order: [UInt8] =
            [
                0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
            ] + [UInt8](repeating: 0, count: 15) + [0x10]
        var carry = 0
        for index in 0..<32 {
            carry += Int(bytes[32 + index]) + Int(order[index])
            bytes[32 + index] = UInt8(truncatingIfNeeded: carry)
            carry >>= 8
        }
        #expect(try Self.code(wallet, Base58.encode(bytes)) == .mismatch)
    }

    @Test(arguments: [(0, true), (1, true), (27, true), (28, true), (2, false), (26, false), (29, false), (37, false)])
    func theRecoveryByteIsOneOfFour(byte: UInt8, isKnown: Bool) throws {
        let wallet = TestWallet.ethereum()
        var bytes = try #require(Self.bytes(try wallet.sign(Self.message), of: wallet))
        let parity = bytes[64] - 27
        bytes[64] = byte
        let found = try Self.code(wallet, Self.text(bytes, of: wallet))
        if !isKnown {
            #expect(found == .malformed)
        } else {
            #expect(found == ((byte >= 27 ? byte - 27 : byte) == parity ? nil : .mismatch))
        }
    }

    @Test func aContractWalletIsToldThatItIsNotSupported() throws {
        let wallet = TestWallet.ethereum()
        let checked = try Wallet(wallet.name, cosmosChains: Self.chains)
        for length in [66, 130, 320] {
            let error = #expect(throws: SignatureError.self) {
                try checked.verify("0x" + String(repeating: "ab", count: length), publicKey: nil, of: Self.message)
            }
            #expect(error?.code == .contractWallet)
            #expect(error?.description.contains("EIP-1271") == true)
        }
    }

    @Test func cosmosNeedsThePublicKeyOfTheAddress() throws {
        let wallet = TestWallet.cosmos()
        let signature = try wallet.sign(Self.message)
        let checked = try Wallet(wallet.name, cosmosChains: Self.chains)
        #expect(throws: SignatureError.self) { try checked.verify(signature, publicKey: nil, of: Self.message) }
        #expect(try Self.code(wallet, signature, key: TestWallet.cosmos().publicKey) == .otherKey)
        let secret = TestWallet.randomSecret()
        let uncompressed = StrictBase64.encode(TestWallet.publicKey(secret, compressed: false))
        #expect(try Self.code(.cosmos(secret), signature, key: uncompressed) == .malformedKey)
        for key in ["", "AA==", StrictBase64.encode([5] + [UInt8](repeating: 1, count: 32))] {
            #expect(try Self.code(wallet, signature, key: key) == .malformedKey)
        }
        // The other key algorithm makes another address of the same key.
        let evmos = TestWallet.evmos(secret)
        #expect(try Self.code(evmos, try TestWallet.cosmos(secret).sign(Self.message)) == .mismatch)
    }

    @Test func onlyCosmosHasAPublicKey() throws {
        for wallet in [TestWallet.solana(), .ethereum()] {
            let key = TestWallet.cosmos().publicKey
            #expect(try Self.code(wallet, try wallet.sign(Self.message), key: key) == .malformedKey)
        }
    }

    // MARK: - Public vectors

    /// RFC 8032, section 7.1, tests 1 to 3; the messages are bytes, so only the empty and the ASCII one are texts.
    @Test func ed25519TakesTheVectorsOfItsRFC() throws {
        let secret = try #require(
            Hexadecimal.decode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: secret)
        #expect(
            Hexadecimal.encode(key.publicKey.rawRepresentation)
                == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
        let vectors = [
            (
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
            (
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "r",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
        ]
        for (key, text, signature) in vectors {
            let address = Base58.encode(try #require(Hexadecimal.decode(key)))
            let wallet = try Wallet("solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:\(address)", cosmosChains: Self.chains)
            try wallet.verify(
                Base58.encode(try #require(Hexadecimal.decode(signature))), publicKey: nil, of: text)
        }
    }

    /// The signature that web3.js, ethers and eth_account document for "Some data" with this key.
    @Test func eip191GivesTheDocumentedSignature() throws {
        let secret = try #require(
            Hexadecimal.decode("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"))
        let wallet = TestWallet.ethereum(secret)
        #expect(
            try Wallet(wallet.name, cosmosChains: Self.chains).address == "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23")
        #expect(
            Hexadecimal.encode(SignedBytes.eip191("Some data"))
                == "1da44b586eb0729ff70a73c326926f6ed5a25f5b056e7f47fbc6e58d86871655")
        let signature =
            "0xb91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c"
        #expect(try Self.code(wallet, signature, "Some data") == nil)
        #expect(try wallet.sign("Some data") == signature)
    }

    @Test func adr036IsTheDocumentThatWalletsSign() {
        #expect(
            String(decoding: SignedBytes.adr036("Hello", signer: "cosmos1abc"), as: UTF8.self)
                == #"{"account_number":"0","chain_id":"","fee":{"amount":[],"gas":"0"},"memo":"","msgs":[{"type":"sign/MsgSignData","value":{"data":"SGVsbG8=","signer":"cosmos1abc"}}],"sequence":"0"}"#
        )
    }

    // MARK: -

    private static func bytes(_ signature: String, of wallet: TestWallet) -> [UInt8]? {
        switch wallet.signing {
        case .ed25519: Base58.decode(signature)
        case .eip191: Hexadecimal.decode(signature.dropFirst(2))
        case .adr036, .adr036Ethermint: StrictBase64.decode(signature)
        }
    }

    private static func text(_ bytes: [UInt8], of wallet: TestWallet) -> String {
        switch wallet.signing {
        case .ed25519: Base58.encode(bytes)
        case .eip191: "0x" + Hexadecimal.encode(bytes)
        case .adr036, .adr036Ethermint: StrictBase64.encode(bytes)
        }
    }

    /// n − s.
    private static func negated(_ s: [UInt8]) -> [UInt8] {
        let order =
            Hexadecimal.decode("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141") ?? []
        var result = [UInt8](repeating: 0, count: 32)
        var borrow = 0
        for index in (0..<32).reversed() {
            let difference = Int(order[index]) - Int(s[index]) - borrow
            borrow = difference < 0 ? 1 : 0
            result[index] = UInt8(truncatingIfNeeded: difference)
        }
        return result
    }
}
