import ArgumentParser
import Crypto
import FoundationEssentials
import GitHubSandbox
import IdentityDomain
import ServiceRuntime

/// Wallets of people of the sandbox: Solana's, one for each login, with their keys in the data directory.
struct SandboxWallets {
    private static let fileName = "github-sandbox-wallets.json"
    private static let chain = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"

    struct Wallet {
        fileprivate let key: Curve25519.Signing.PrivateKey

        /// CAIP-10.
        var name: String { "\(SandboxWallets.chain):\(Base58.encode(Array(key.publicKey.rawRepresentation)))" }

        func sign(_ message: String) throws -> String {
            Base58.encode(Array(try key.signature(for: Data(message.utf8))))
        }
    }

    let directory: DataDirectory

    /// The wallet of a login, made where there is none.
    func wallet(of login: String) throws -> (wallet: Wallet, isNew: Bool) {
        var keys =
            try directory.read(Self.fileName).map { try JSONDecoder().decode([String: Data].self, from: $0) } ?? [:]
        if let known = keys[login] {
            return (Wallet(key: try Curve25519.Signing.PrivateKey(rawRepresentation: known)), false)
        }
        let key = Curve25519.Signing.PrivateKey()
        keys[login] = key.rawRepresentation
        try directory.write(try JSONEncoder().encode(keys), to: Self.fileName)
        return (Wallet(key: key), true)
    }
}

/// What the gateway asks to be signed.
private struct Challenge: Decodable {
    var challenge: String
    var message: String
}

extension SandboxVisitor {
    /// Links the wallet, in which nothing changes where it is linked already.
    func link(_ wallet: SandboxWallets.Wallet) async throws {
        let issued = try JSONDecoder().decode(
            Challenge.self, from: try await post("/v1/identities/challenges", ["wallet": wallet.name]))
        _ = try await post(
            "/v1/identities/links",
            ["challenge": issued.challenge, "signature": try wallet.sign(issued.message)])
    }

    /// - Returns: The text that was signed.
    func sign(_ bounty: String, link: String, by wallet: SandboxWallets.Wallet) async throws -> String {
        let issued = try JSONDecoder().decode(
            Challenge.self,
            from: try await post("/v1/bounties/\(bounty)/challenge", ["link": link, "wallet": wallet.name]))
        _ = try await post(
            "/v1/bounties/\(bounty)/signature",
            ["challenge": issued.challenge, "signature": try wallet.sign(issued.message)])
        return issued.message
    }
}

struct SandboxWallet: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet", abstract: "Make a Solana wallet for somebody, and link it.")
    static let settings = SandboxGroup.settings

    @Option(name: .customLong("as"), help: "Whose.") var login = "road-runner"
    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        let local = try Local(settings)
        _ = try SandboxClient(settings)
        guard let suite = local.suite else { return }
        let (wallet, isNew) = try SandboxWallets(directory: local.directory).wallet(of: login)
        try await SandboxVisitor.with(login, gateway: suite.gateway) { try await $0.link(wallet) }
        print("\(wallet.name) is \(login)'s\(isNew ? "" : ", as before")")
    }
}

struct SandboxSign: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign the proposed bounties of an issue, by the links in the app's comment.",
        discussion: "Only the sponsor's signature counts: links of others' bounties are refused.")
    static let settings = SandboxGroup.settings

    @Argument(help: "owner/name#number.") var issue: IssueReference
    @Option(name: .customLong("as"), help: "Who signs.") var login = "road-runner"
    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        let local = try Local(settings)
        let view = try await SandboxClient(settings).view(issue)
        guard let suite = local.suite else { return }
        let links = view.comments.filter { $0.author.hasSuffix("[bot]") }.flatMap { Self.links(in: $0.body) }
        guard !links.isEmpty else {
            throw SandboxClient.Refused(description: "no comment of the app has a link to sign by")
        }
        let (wallet, isNew) = try SandboxWallets(directory: local.directory).wallet(of: login)
        try await SandboxVisitor.with(login, gateway: suite.gateway) { visitor in
            if isNew { try await visitor.link(wallet) }
            for link in links {
                print(try await visitor.sign(link.bounty, link: link.token, by: wallet))
                print("\nsigned by \(login) with \(wallet.name)")
            }
        }
    }

    /// `…/bounties/<id>?link=<token>` in the text.
    static func links(in text: String) -> [(bounty: String, token: String)] {
        text.split(separator: "(").compactMap { part in
            let url = part.prefix { $0 != ")" }
            guard let query = url.firstRange(of: "?link="), let path = url.firstRange(of: "/bounties/") else {
                return nil
            }
            return (String(url[path.upperBound..<query.lowerBound]), String(url[query.upperBound...]))
        }
    }
}
