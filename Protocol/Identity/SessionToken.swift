import Crypto
import Events
package import FoundationEssentials

/// `bs1.<key id>.<payload>.<signature>`: the payload is a ``Session`` in JSON, the signature Ed25519 over all before its dot;
/// both in base64url. It is a credential: never logged.
package enum SessionToken {
    static let version = "bs1"
    /// Bytes of a token that is read.
    package static let maximumLength = 1_024
    /// How far clocks of two machines may differ.
    static let clockSkew: TimeInterval = 30

    package static func sign(_ session: Session, with key: SessionSigningKey) throws -> String {
        let payload = Base64URL.encode(try JSONEncoder.wire().encode(session))
        let head = "\(version).\(key.id.text).\(payload)"
        return "\(head).\(Base64URL.encode(try key.signature(of: Array(head.utf8))))"
    }
}

/// Why a token is not taken.
package enum SessionTokenError: Error, Sendable, Equatable {
    case malformed
    /// Signed by a key that is not known here, perhaps not yet.
    case unknownKey
    case badSignature
    case expired
    /// From the future.
    case notYetValid
}

/// Checks session tokens with the published keys. Pure: keeps nothing, asks nobody.
package struct SessionVerifier: Sendable {
    private let keys: [String: Curve25519.Signing.PublicKey]

    /// What is no key is left out.
    package init(_ published: [SessionPublicKey]) {
        var keys: [String: Curve25519.Signing.PublicKey] = [:]
        for key in published {
            guard let bytes = Base64URL.decode(key.publicKey), SessionKeyID(of: bytes).text == key.id,
                let parsed = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
            else { continue }
            keys[key.id] = parsed
        }
        self.keys = keys
    }

    package var isEmpty: Bool { keys.isEmpty }

    /// - Parameter allowsExpired: For who renews sessions, and looks into its own records.
    package func verify(
        _ token: String, at now: Date, allowsExpired: Bool = false
    ) throws(SessionTokenError) -> Session {
        guard token.utf8.count <= SessionToken.maximumLength else { throw .malformed }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == SessionToken.version, let signature = Base64URL.decode(parts[3]),
            signature.count == 64
        else { throw .malformed }
        guard let key = keys[String(parts[1])] else { throw .unknownKey }
        let signed = Array("\(parts[0]).\(parts[1]).\(parts[2])".utf8)
        guard key.isValidSignature(signature, for: signed) else { throw .badSignature }
        guard let payload = Base64URL.decode(parts[2]),
            let session = try? JSONDecoder.wire().decode(Session.self, from: Data(payload))
        else { throw .malformed }
        guard session.issuedAt.timeIntervalSince(now) <= SessionToken.clockSkew else { throw .notYetValid }
        guard allowsExpired || now < session.expiresAt else { throw .expired }
        return session
    }
}

extension Session.User {
    /// What a page sends in `X-CSRF-Token` with requests that change something. Made of a secret that only the session's
    /// cookie holds, which other sites' pages cannot read.
    package var csrfToken: String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("bursar-csrf-v1".utf8), using: SymmetricKey(data: Array(csrfSecret.utf8)))
        return Base64URL.encode(code)
    }

    /// In constant time.
    package func isCSRFToken(_ token: String) -> Bool {
        guard let bytes = Base64URL.decode(token) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            bytes, authenticating: Array("bursar-csrf-v1".utf8), using: SymmetricKey(data: Array(csrfSecret.utf8)))
    }
}
