import Crypto
import Events
import FoundationEssentials
import IdentityProtocol

/// A sign-in that was begun in one browser, as a cookie of that browser carries it: sealed, so that nobody can read or make
/// one, and the service needs to keep nothing for people who never come back.
struct LoginAttempt: Codable, Equatable {
    /// From beginning to coming back: GitHub's own codes last 10 minutes.
    static let lifetime = Duration.seconds(600)
    /// Characters of a sealed one that is read.
    static let maximumLength = 2_048
    private static let context = Data("bursar-login-v1".utf8)

    var state: String
    /// Of PKCE: 43 characters (RFC 7636, section 4.1).
    var verifier: String
    var returnTo: ReturnPath
    var expiresAt: Date

    init(returnTo: ReturnPath, at now: Date) {
        state = Self.random()
        verifier = Self.random()
        self.returnTo = returnTo
        expiresAt = now.addingTimeInterval(Double(Self.lifetime.components.seconds))
    }

    /// S256: what GitHub is told, and later compares with the verifier.
    var challenge: String { Base64URL.encode(SHA256.hash(data: Data(verifier.utf8))) }

    /// In constant time.
    func isState(_ text: String) -> Bool {
        let key = SymmetricKey(size: .bits256)
        let code = HMAC<SHA256>.authenticationCode(for: Data(state.utf8), using: key)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data(text.utf8), using: key)
    }

    func sealed(with key: SessionSigningKey) throws -> String {
        let box = try ChaChaPoly.seal(
            try JSONEncoder.wire().encode(self), using: Self.key(key), authenticating: Self.context)
        return Base64URL.encode(box.combined)
    }

    /// Nil for what none of the keys sealed.
    static func opened(_ text: String, keys: [SessionSigningKey]) -> LoginAttempt? {
        guard text.utf8.count <= maximumLength, let bytes = Base64URL.decode(text),
            let box = try? ChaChaPoly.SealedBox(combined: bytes)
        else { return nil }
        for key in keys {
            guard let plain = try? ChaChaPoly.open(box, using: Self.key(key), authenticating: context) else { continue }
            return try? JSONDecoder.wire().decode(LoginAttempt.self, from: plain)
        }
        return nil
    }

    private static func key(_ key: SessionSigningKey) -> SymmetricKey { key.derivedKey(for: "bursar-login-v1") }

    /// 256 bits.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}

/// Where a browser goes after signing in: a path of ours, which no trick makes another site of.
struct ReturnPath: Codable, Equatable {
    static let home = ReturnPath(checked: "/")
    private static let maximumLength = 512

    let text: String

    private init(checked: String) { text = checked }

    /// Nil unless it is a slash and then a path and query of printable ASCII. Browsers take `//host` and `/\host` for another
    /// site, and drop tabs and line breaks before they look.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (1...Self.maximumLength).contains(bytes.count), bytes[0] == UInt8(ascii: "/"),
            bytes.count == 1 || (bytes[1] != UInt8(ascii: "/") && bytes[1] != UInt8(ascii: "\\")),
            bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        self.text = text
    }

    init(from decoder: any Decoder) throws {
        self = Self(try decoder.singleValueContainer().decode(String.self)) ?? .home
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
