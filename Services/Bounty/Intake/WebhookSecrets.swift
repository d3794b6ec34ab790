import Crypto

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
        return "sha256=" + code.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
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
        guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + 2 * SHA256.byteCount else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(SHA256.byteCount)
        var digits = Substring(text).utf8.dropFirst(prefix.utf8.count)
        while let high = digits.popFirst(), let low = digits.popFirst() {
            guard let high = Self.value(of: high), let low = Self.value(of: low) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
