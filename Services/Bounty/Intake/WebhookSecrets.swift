import Crypto
import Encodings

/// The secrets that GitHub may have signed a delivery with; two are live while one is replaced.
package struct WebhookSecrets: Sendable {
    /// One for each secret, that has taken the secret and nothing else yet.
    private let codes: [HMAC<SHA256>]

    /// - Parameter secrets: At least one, none empty.
    package init(_ secrets: [String]) {
        precondition(!secrets.isEmpty && secrets.allSatisfy { !$0.isEmpty }, "there must be a webhook secret")
        codes = secrets.map { HMAC(key: SymmetricKey(data: Array($0.utf8))) }
    }

    /// `X-Hub-Signature-256` as GitHub makes it: HMAC-SHA256 of the raw body by the first secret.
    package func signature(of body: some Sequence<UInt8>) -> String {
        var code = codes[0]
        code.update(data: Array(body))
        return "sha256=" + Hexadecimal.encode(code.finalize())
    }

    func verifier() -> SignatureVerifier { SignatureVerifier(codes: codes) }
}

/// Checks a signature over a body that arrives in pieces.
struct SignatureVerifier {
    private var codes: [HMAC<SHA256>]

    fileprivate init(codes: [HMAC<SHA256>]) { self.codes = codes }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        for index in codes.indices { codes[index].update(data: bytes) }
    }

    /// Compares in constant time (`MessageAuthenticationCode` of swift-crypto does), and with every key whichever matches.
    func accepts(_ signature: WebhookSignature) -> Bool {
        codes.map { $0.finalize() == signature.bytes }.contains(true)
    }
}

/// `sha256=` and 64 hexadecimal digits.
struct WebhookSignature: Equatable {
    let bytes: [UInt8]

    init?(_ text: String) {
        let prefix = "sha256="
        guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + 2 * SHA256.byteCount,
            let bytes = Hexadecimal.decode(text.dropFirst(prefix.count))
        else { return nil }
        self.bytes = bytes
    }
}
