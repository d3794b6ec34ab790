import Crypto
import Events
import FoundationEssentials
import IdentityProtocol

/// Links to the page where a sponsor signs: a pointer that anybody sees, and no credential. It spends nothing, and who signs must
/// have the sponsor's session all the same.
///
/// The token is `bl1.<payload>.<code>`, both in base64url: the payload the bounty (16 bytes), its version (4), the sponsor (8)
/// and the end (8, in seconds since 1970), big-endian; the code HMAC-SHA256 of what stands before its dot.
struct SigningLinks: Sendable {
    private static let version = "bl1"
    /// Of the payload.
    private static let byteCount = 36

    /// The first makes codes, all are accepted.
    private let secrets: [SymmetricKey]
    private let publicURL: String

    init(_ secrets: LinkSecrets, publicURL: String) {
        self.secrets = secrets.keys
        self.publicURL = publicURL
    }

    /// What a link names.
    struct Link: Equatable, Sendable {
        var bounty: UUID
        var version: Int
        var sponsor: Int64
        var expiresAt: Date
    }

    /// Where the bounty as it is now is signed. The same each time, so that a comment that has it need not be written anew.
    func url(for bounty: BountyRecord) -> String {
        let link = Link(
            bounty: bounty.id, version: bounty.version, sponsor: bounty.sponsor.id, expiresAt: bounty.expiresAt)
        return "\(publicURL)/bounties/\(bounty.id.wireText)?link=\(token(for: link))"
    }

    func token(for link: Link) -> String {
        let head = "\(Self.version).\(Base64URL.encode(link.bytes))"
        let code = HMAC<SHA256>.authenticationCode(for: Data(head.utf8), using: secrets[0])
        return "\(head).\(Base64URL.encode(code))"
    }

    /// - Returns: What the link names, though it may have ended, and the bounty may have changed since; nil for a token that is
    ///   not one of ours.
    func link(of token: String) -> Link? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.version, let payload = Base64URL.decode(parts[1]),
            payload.count == Self.byteCount, let code = Base64URL.decode(parts[2])
        else { return nil }
        let head = Data("\(parts[0]).\(parts[1])".utf8)
        // Each is compared in constant time.
        guard
            secrets.contains(where: {
                HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: head, using: $0)
            })
        else { return nil }
        return Link(payload)
    }
}

extension SigningLinks.Link {
    fileprivate var bytes: [UInt8] {
        func big(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
        return withUnsafeBytes(of: bounty.uuid) { Array($0) } + big(Int32(truncatingIfNeeded: version)) + big(sponsor)
            + big(Int64(expiresAt.timeIntervalSince1970))
    }

    fileprivate init(_ bytes: [UInt8]) {
        func big<Value: FixedWidthInteger>(_ range: Range<Int>) -> Value {
            bytes[range].reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
        }
        self.init(
            bounty: bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) },
            version: Int(big(16..<20) as Int32), sponsor: big(20..<28),
            expiresAt: Date(timeIntervalSince1970: TimeInterval(big(28..<36) as Int64)))
    }
}

/// Secrets of signing links. Never logged.
package struct LinkSecrets: Sendable {
    /// Characters of a secret: what cannot be guessed.
    package static let minimumLength = 32

    let keys: [SymmetricKey]

    /// Nil unless there are one or more of ``minimumLength`` characters.
    package init?(_ texts: [String]) {
        guard !texts.isEmpty, texts.allSatisfy({ $0.utf8.count >= Self.minimumLength }) else { return nil }
        keys = texts.map { SymmetricKey(data: Data($0.utf8)) }
    }
}
