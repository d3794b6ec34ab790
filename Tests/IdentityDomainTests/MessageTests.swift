import Foundation
import IdentityDomain
import Money
import TestWallets
import Testing

struct MessageTests {
    /// EIP-4361's test vectors in `shared/vectors/siwe` beside the repository. Not part of it.
    static let folder: URL? = {
        var directory = URL(filePath: #filePath).deletingLastPathComponent()
        while directory.path() != "/" {
            for root in [directory, directory.deletingLastPathComponent()] {
                let folder = root.appending(path: "shared/vectors/siwe")
                if FileManager.default.fileExists(atPath: folder.path()) { return folder }
            }
            directory = directory.deletingLastPathComponent()
        }
        return ProcessInfo.processInfo.environment["SIWE_VECTORS"].map { URL(filePath: $0) }
    }()

    struct Fields: Decodable {
        var domain: String
        var address: String
        var statement: String?
        var uri: String
        var chainId: Int
        var nonce: String
        var issuedAt: String
        var expirationTime: String?
        var notBefore: String?
        var requestId: String?
        var resources: [String]?
        var signature: String?

        var message: SignInMessage {
            SignInMessage(
                domain: domain, family: .ethereum, address: address, statement: statement, uri: uri,
                chain: String(chainId), nonce: nonce, issuedAt: issuedAt, expirationTime: expirationTime,
                notBefore: notBefore, requestID: requestId, resources: resources)
        }
    }

    struct Parsing: Decodable {
        var message: String
        var fields: Fields
    }

    @Test(.enabled(if: folder != nil, "there is no shared/vectors/siwe beside the repository"))
    func messagesAreThoseOfTheVectors() throws {
        let folder = try #require(Self.folder)
        let vectors = try JSONDecoder().decode(
            [String: Parsing].self, from: Data(contentsOf: folder.appending(path: "parsing_positive.json")))
        var compared = 0
        for (name, vector) in vectors {
            // A scheme before the domain is not part of ours.
            guard !vector.message.contains("://\(vector.fields.domain) wants"), vector.fields.statement != "" else {
                continue
            }
            #expect(vector.fields.message.text == vector.message, "\(name)")
            compared += 1
        }
        print("messages of EIP-4361: \(compared) of \(vectors.count) vectors compared")
        #expect(compared > 10)
    }

    @Test(.enabled(if: folder != nil, "there is no shared/vectors/siwe beside the repository"))
    func signaturesOfTheVectorsAreTaken() throws {
        let folder = try #require(Self.folder)
        let vectors = try JSONDecoder().decode(
            [String: Fields].self, from: Data(contentsOf: folder.appending(path: "verification_positive.json")))
        #expect(vectors.count >= 4)
        for (name, vector) in vectors {
            let wallet = try Wallet("eip155:1:\(vector.address)", cosmosChains: .standard)
            let signature = try #require(vector.signature)
            #expect(throws: Never.self, "\(name)") {
                try wallet.verify(signature, publicKey: nil, of: vector.message.text)
            }
            #expect(throws: SignatureError.self, "\(name)") {
                try wallet.verify(signature, publicKey: nil, of: vector.message.text + "\n")
            }
        }
    }

    @Test func theSolanaMessageIsWhatSignInWithSolanaSays() throws {
        let wallet = try Wallet(
            "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp:7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv",
            cosmosChains: .standard)
        let challenge = try Self.challenge(wallet)
        #expect(
            challenge.message == """
                bursar.example:8443 wants you to sign in with your Solana account:
                7S3P4HxJpyyigGzodYwHtCxZyUQe9JiBMHyRWXArAaKv

                Link this wallet to the GitHub account octocat (id 583231). Bounties are then paid to it.

                URI: https://bursar.example:8443/link
                Version: 1
                Chain ID: mainnet
                Nonce: 0123456789abcdef0123456789abcdef
                Issued At: T1000
                Expiration Time: T1300
                Request ID: 0192f8a5-7c00-7000-8000-000000000001
                """)
        #expect(challenge.domain == "bursar.example:8443")
    }

    @Test func everyFieldOfAChallengeIsInItsMessage() throws {
        let wallet = try Wallet(TestWallet.ethereum(chain: 8453).name, cosmosChains: .standard)
        let one = try Self.challenge(wallet)
        let others = [
            try Self.challenge(wallet, githubID: 583_232), try Self.challenge(wallet, nonce: "0123456789abcdef"),
            try Self.challenge(wallet, publicURL: "https://bursar.example"),
            try Self.challenge(wallet, issuedAt: 1_001), try Self.challenge(wallet, path: "/other"),
            try Self.challenge(wallet, previous: "eip155:1:0x1"),
            try Self.challenge(try Wallet(TestWallet.ethereum().name, cosmosChains: .standard)),
            try Self.challenge(try Wallet("eip155:1:\(wallet.address)", cosmosChains: .standard)),
        ]
        for other in others { #expect(one.message != other.message) }
        #expect(Set(others.map(\.message)).count == others.count)
    }

    static func challenge(
        _ wallet: Wallet, githubID: Int64 = 583_231, nonce: String = "0123456789abcdef0123456789abcdef",
        publicURL: String = "https://bursar.example:8443", issuedAt: Double = 1_000, path: String = "/link",
        previous: String? = nil
    ) throws -> Challenge {
        let id = try #require(UUID(uuidString: "0192F8A5-7C00-7000-8000-000000000001"))
        let statement = try #require(Statement.link(login: "octocat", githubID: githubID, previous: previous))
        return Challenge(
            id: id, purpose: .link, githubID: githubID, wallet: wallet, statement: statement, publicURL: publicURL,
            path: path, nonce: nonce, issuedAt: Date(timeIntervalSince1970: issuedAt)
        ) { "T\(Int($0.timeIntervalSince1970))" }
    }

    @Test(arguments: ["a\nb", "a\tb", "\"a\"", "100%", "<a>", "a\\b", "^", "`", "{}", "|", "é", "🪙", "", "a\u{0}"])
    func aStatementHasOnlyTheCharactersOfItsGrammar(text: String) { #expect(Statement(text) == nil) }

    @Test func aStatementMayHaveAllOfThem() {
        #expect(Statement("azAZ09 -._~:/?#[]@!$&'()*+,;=") != nil)
        #expect(Statement(String(repeating: "a", count: Statement.maximumLength + 1)) == nil)
    }

    @Test func aBountysStatementHasItsTerms() throws {
        let id = try #require(UUID(uuidString: "0192F8A5-7C00-7000-8000-000000000001"))
        let terms = BountyTerms(
            bounty: id, version: 2, repositoryID: 1_296_269, repositoryName: "octocat/Hello-World", issueNumber: 1_347,
            isPullRequest: false, amount: "250", denomination: "USDC", units: "250000000",
            asset: "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v")
        let text = try #require(Statement.bounty(terms, githubID: 583_231)).text
        for part in [
            "GitHub account 583231", "250 USDC", "250000000 units", terms.asset, "issue 1347", "octocat/Hello-World",
            "1296269", "version 2",
            "0192f8a5-7c00-7000-8000-000000000001", "closed as completed by a merged pull request, or by /award",
        ] { #expect(text.contains(part)) }
    }

    @Test func noncesAreLettersAndDigitsAndDiffer() {
        let nonces = (0..<100).map { _ in Challenge.randomNonce() }
        #expect(Set(nonces).count == 100)
        #expect(nonces.allSatisfy { $0.count == 32 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } })
    }
}
