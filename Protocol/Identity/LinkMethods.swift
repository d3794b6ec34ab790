package import Events
package import FoundationEssentials

/// A message to sign for linking a wallet to the account of the session.
package enum CreateLinkChallenge: IdentityMethod {
    package static let name = "challenge"

    package struct Request: Codable, Sendable {
        /// CAIP-10.
        package var wallet: String
        /// The network address of who asks, as the gateway sees it.
        package var client: String?
        package init(wallet: String, client: String?) {
            self.wallet = wallet
            self.client = client
        }
    }

    package typealias Response = IssuedChallenge
}

package struct IssuedChallenge: Codable, Sendable, Equatable {
    package var challenge: String
    /// To be signed as it is, byte for byte.
    package var message: String
    package var expiresAt: Date
    /// The wallet whose signature of the same message makes a change count at once; nil where it counts at once anyway.
    package var previousWallet: String?

    package init(challenge: String, message: String, expiresAt: Date, previousWallet: String?) {
        self.challenge = challenge
        self.message = message
        self.expiresAt = expiresAt
        self.previousWallet = previousWallet
    }

    enum CodingKeys: String, CodingKey {
        case challenge, message
        case expiresAt = "expires_at"
        case previousWallet = "previous_wallet"
    }
}

/// A signed challenge: who signed what is the server's to know, the signer sends nothing but the proof.
package struct SignedChallenge: Codable, Sendable {
    package var challenge: String
    package var signature: String
    /// Of Cosmos.
    package var publicKey: String?
    /// The last wallet's over the same message.
    package var previousSignature: String?
    package var previousPublicKey: String?

    package init(
        challenge: String, signature: String, publicKey: String? = nil, previousSignature: String? = nil,
        previousPublicKey: String? = nil
    ) {
        self.challenge = challenge
        self.signature = signature
        self.publicKey = publicKey
        self.previousSignature = previousSignature
        self.previousPublicKey = previousPublicKey
    }

    enum CodingKeys: String, CodingKey {
        case challenge, signature
        case publicKey = "public_key"
        case previousSignature = "previous_signature"
        case previousPublicKey = "previous_public_key"
    }
}

/// Links the wallet of a signed challenge.
package enum LinkWallet: IdentityMethod {
    package static let name = "link"
    package typealias Request = SignedChallenge
    package typealias Response = LinkOutcome
}

package struct LinkOutcome: Codable, Sendable, Equatable {
    package var github: IdentityRecord.Account
    package var link: LinkRecord
    /// Of the account after it.
    package var version: Int

    package init(github: IdentityRecord.Account, link: LinkRecord, version: Int) {
        self.github = github
        self.link = link
        self.version = version
    }
}

/// Unlinks a wallet of the session's account, or stops a change that waits. The answer is the receipt.
package enum UnlinkWallet: IdentityMethod {
    package static let name = "unlink"

    package struct Request: Codable, Sendable {
        package var link: String
        package init(link: String) { self.link = link }
    }

    package typealias Response = LinkOutcome
}
