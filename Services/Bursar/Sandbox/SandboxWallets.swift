import ArgumentParser
import FoundationEssentials
import GitHubSandbox
import ServiceRuntime

/// Wallets of people of the sandbox: one of each family for each login, with their keys in the data directory.
struct SandboxWallets {
    private static let fileName = "github-sandbox-wallets.json"

    let directory: DataDirectory

    /// The wallet of a login, made where there is none.
    func wallet(of login: String, _ family: SandboxWallet.Family) throws -> (wallet: SandboxWallet, isNew: Bool) {
        var keys =
            try directory.read(Self.fileName).map { try JSONDecoder().decode([String: Data].self, from: $0) } ?? [:]
        // Of Solana under the login alone.
        let name = family == .solana ? login : "\(login)/\(family.rawValue)"
        if let known = keys[name], let wallet = SandboxWallet(family, secret: Array(known)) { return (wallet, false) }
        let (wallet, secret) = SandboxWallet.make(family)
        keys[name] = Data(secret)
        try directory.write(try JSONEncoder().encode(keys), to: Self.fileName)
        return (wallet, true)
    }
}

/// What the gateway asks to be signed.
private struct Challenge: Decodable {
    var challenge: String
    var message: String
}

extension SandboxVisitor {
    /// Links the wallet, in which nothing changes where it is linked already.
    func link(_ wallet: SandboxWallet) async throws {
        let issued = try JSONDecoder().decode(
            Challenge.self, from: try await post("/v1/identities/challenges", ["wallet": wallet.name]))
        _ = try await post("/v1/identities/links", try Self.answer(issued, by: wallet))
    }

    /// - Returns: The text that was signed.
    func sign(_ bounty: String, link: String, by wallet: SandboxWallet) async throws -> String {
        let issued = try JSONDecoder().decode(
            Challenge.self,
            from: try await post("/v1/bounties/\(bounty)/challenge", ["link": link, "wallet": wallet.name]))
        _ = try await post("/v1/bounties/\(bounty)/signature", try Self.answer(issued, by: wallet))
        return issued.message
    }

    /// The wallets' family that a bounty is signed by.
    func family(of bounty: String) async throws -> SandboxWallet.Family {
        struct Bounty: Decodable { var asset: String }
        let asset = try JSONDecoder().decode(Bounty.self, from: try await get("/v1/bounties/\(bounty)")).asset
        guard let family = SandboxWallet.Family(asset: asset) else {
            throw SandboxClient.Refused(description: "the sandbox has no wallets for \(asset)")
        }
        return family
    }

    private static func answer(_ issued: Challenge, by wallet: SandboxWallet) throws -> [String: String] {
        var answer = ["challenge": issued.challenge, "signature": try wallet.sign(issued.message)]
        answer["public_key"] = wallet.publicKey
        return answer
    }
}

struct SandboxLink: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet", abstract: "Make a wallet for somebody, and link it.")
    static let settings = SandboxGroup.settings

    @Option(name: .customLong("as"), help: "Whose.") var login = "road-runner"
    @Option(help: "solana, ethereum or cosmos.") var family = SandboxWallet.Family.solana
    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        let local = try Local(settings)
        _ = try SandboxClient(settings)
        guard let suite = local.suite else { return }
        let (wallet, isNew) = try SandboxWallets(directory: local.directory).wallet(of: login, family)
        try await SandboxVisitor.with(login, gateway: suite.gateway) { try await $0.link(wallet) }
        print("\(wallet.name) is \(login)'s\(isNew ? "" : ", as before")")
    }
}

struct SandboxSign: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign the proposed bounties of an issue, by the links in the app's comment.",
        discussion: """
            Only the sponsor's signature counts: links of others' bounties are refused. Who has no wallet of a bounty's \
            family gets one.
            """)
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
        let wallets = SandboxWallets(directory: local.directory)
        try await SandboxVisitor.with(login, gateway: suite.gateway) { visitor in
            for link in links {
                let (wallet, isNew) = try wallets.wallet(of: login, try await visitor.family(of: link.bounty))
                if isNew { try await visitor.link(wallet) }
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
