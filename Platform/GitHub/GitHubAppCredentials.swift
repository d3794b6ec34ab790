import FoundationEssentials
import JWTKit
import Synchronization

/// The app's id and private key, which prove who asks by a short-lived token of their own.
///
/// Source: docs.github.com, "Generating a JSON Web Token (JWT) for a GitHub App": RS256, at most ten minutes.
package final class GitHubAppCredentials: Sendable {
    /// Into the past, for clocks that differ.
    static let backdating: TimeInterval = 60
    /// From now to the token's end; GitHub allows ten minutes.
    static let lifetime: TimeInterval = 540
    /// A token is used until this long before its end.
    static let margin: TimeInterval = 60

    private struct Made: Sendable {
        var token: String
        var expiresAt: Date
    }

    package let id: String
    private let key: Insecure.RSA.PrivateKey
    private let made = Mutex<Made?>(nil)

    /// - Parameter privateKeyPEM: PKCS #1 as GitHub makes it, or PKCS #8. Nil where it is neither.
    package init?(id: String, privateKeyPEM: String) {
        guard let key = try? Insecure.RSA.PrivateKey(pem: privateKeyPEM) else { return nil }
        self.id = id
        self.key = key
    }

    private struct Claims: JWTPayload {
        var iss: IssuerClaim
        var iat: IssuedAtClaim
        var exp: ExpirationClaim

        func verify(using algorithm: some JWTAlgorithm) throws { try exp.verifyNotExpired() }
    }

    /// For `Authorization: Bearer`.
    func token(at now: Date) async throws -> String {
        if let made = made.withLock({ $0 }), made.expiresAt > now.addingTimeInterval(Self.margin) { return made.token }
        // Whole seconds: GitHub wants integers.
        let second = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        let claims = Claims(
            iss: .init(value: id), iat: .init(value: second.addingTimeInterval(-Self.backdating)),
            exp: .init(value: second.addingTimeInterval(Self.lifetime)))
        let token = try await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256).sign(claims)
        made.withLock { $0 = Made(token: token, expiresAt: claims.exp.value) }
        return token
    }

    /// The next token is a new one.
    func forget() { made.withLock { $0 = nil } }
}
