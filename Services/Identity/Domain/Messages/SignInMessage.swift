package import Money

/// The text that a wallet signs to show that it is there and agrees: EIP-4361's form, which CAIP-122 gives to every chain and
/// Sign-In With Solana took over. What the lines hold is text already; the order and the words around it are the standard's.
package struct SignInMessage: Sendable, Equatable {
    /// Who asks: host and port (RFC 3986, section 3.2).
    package var domain: String
    package var family: WalletFamily
    package var address: String
    package var statement: String?
    package var uri: String
    /// As the standard of the family writes it.
    package var chain: String
    package var nonce: String
    package var issuedAt: String
    package var expirationTime: String?
    package var notBefore: String?
    package var requestID: String?
    package var resources: [String]?

    package init(
        domain: String, family: WalletFamily, address: String, statement: String?, uri: String, chain: String,
        nonce: String, issuedAt: String, expirationTime: String? = nil, notBefore: String? = nil,
        requestID: String? = nil, resources: [String]? = nil
    ) {
        self.domain = domain
        self.family = family
        self.address = address
        self.statement = statement
        self.uri = uri
        self.chain = chain
        self.nonce = nonce
        self.issuedAt = issuedAt
        self.expirationTime = expirationTime
        self.notBefore = notBefore
        self.requestID = requestID
        self.resources = resources
    }

    package var text: String {
        var lines = ["\(domain) wants you to sign in with your \(family.accountName) account:", address, ""]
        if let statement { lines.append(statement) }
        lines += ["", "URI: \(uri)", "Version: 1", "Chain ID: \(chain)", "Nonce: \(nonce)", "Issued At: \(issuedAt)"]
        if let expirationTime { lines.append("Expiration Time: \(expirationTime)") }
        if let notBefore { lines.append("Not Before: \(notBefore)") }
        if let requestID { lines.append("Request ID: \(requestID)") }
        if let resources { lines += ["Resources:"] + resources.map { "- \($0)" } }
        return lines.joined(separator: "\n")
    }
}

extension WalletFamily {
    /// In the first line of a message.
    fileprivate var accountName: String {
        switch self {
        case .solana: "Solana"
        case .ethereum: "Ethereum"
        case .cosmos: "Cosmos"
        }
    }
}

extension Wallet {
    /// What `Chain ID` says in a message that this wallet signs: Ethereum's number, Solana's name of the cluster, and
    /// CAIP-2's reference of the others.
    package var messageChain: String {
        switch family {
        case .solana: SolanaChain(reference: chain.reference)?.rawValue ?? chain.reference
        case .ethereum, .cosmos: chain.reference
        }
    }
}
