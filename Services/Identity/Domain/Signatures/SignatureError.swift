/// Why a signature does not show what it should. The description is for the signer; it holds neither signature nor key.
package struct SignatureError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable, Equatable {
        /// Not in the form of the family: encoding, length, recovery byte.
        case malformed = "malformed-signature"
        case malformedKey = "malformed-public-key"
        /// The other of two equivalent signatures (EIP-2).
        case highS = "malleable-signature"
        /// In form, and not by this wallet over this text.
        case mismatch = "signature-mismatch"
        /// EIP-1271 or EIP-6492.
        case contractWallet = "contract-wallet"
        /// The public key is of another address.
        case otherKey = "other-public-key"
    }

    package let code: Code
    package let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
