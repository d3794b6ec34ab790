package import Events
package import IdentityProtocol

/// A message to sign for sponsoring a bounty, for the session of the sponsor that the signing link names.
package enum CreateSigningChallenge: BountyMethod {
    package static let name = "challenge"

    package struct Request: Codable, Sendable {
        /// A UUID.
        package var bounty: String
        /// The token of the signing link.
        package var link: String
        /// CAIP-10.
        package var wallet: String

        package init(bounty: String, link: String, wallet: String) {
            self.bounty = bounty
            self.link = link
            self.wallet = wallet
        }
    }

    package typealias Response = IssuedChallenge
}

/// Takes the sponsor's signature, and makes the bounty active. Asked again with the same one, it answers the same.
package enum SignBounty: BountyMethod {
    package static let name = "signature"

    package struct Request: Codable, Sendable {
        /// A UUID.
        package var bounty: String
        package var challenge: String
        package var signature: String
        /// Of Cosmos.
        package var publicKey: String?

        package init(bounty: String, challenge: String, signature: String, publicKey: String?) {
            self.bounty = bounty
            self.challenge = challenge
            self.signature = signature
            self.publicKey = publicKey
        }

        enum CodingKeys: String, CodingKey {
            case bounty, challenge, signature
            case publicKey = "public_key"
        }
    }

    package typealias Response = BountyRecord
}
