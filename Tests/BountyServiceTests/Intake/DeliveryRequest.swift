import Crypto
import NIOCore

/// A delivery as GitHub posts it, which a test changes at one place before it is sent.
struct DeliveryRequest: Sendable {
    static let secret = "It's a Secret to Everybody"

    var method = "POST"
    var path = "/webhooks/github"
    var headers: [(name: String, value: String)]
    var body: ByteBuffer
    /// Sizes of the chunks that the body is sent in; with its length in the header where there are none.
    var chunk: Int?

    /// Signed as GitHub does.
    init(
        _ event: String = "issue_comment", id: String = "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        body: ByteBuffer = ByteBuffer(string: "{\"action\":\"created\"}"), secret: String = secret
    ) {
        self.body = body
        headers = [
            ("Content-Type", "application/json"), ("X-GitHub-Event", event), ("X-GitHub-Delivery", id),
            ("X-Hub-Signature-256", Self.signature(of: body, secret: secret)),
        ]
    }

    /// Not by the code that is tested.
    static func signature(of body: ByteBuffer, secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: body.readableBytesView, using: SymmetricKey(data: Array(secret.utf8)))
        return "sha256=" + code.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// The same with a header of another value, or (nil) without it.
    func setting(_ name: String, to value: String?) -> DeliveryRequest {
        var request = self
        request.headers.removeAll { $0.name == name }
        if let value { request.headers.append((name, value)) }
        return request
    }

    /// The same with a body that it was not signed for.
    func tampered(_ body: String) -> DeliveryRequest {
        var request = self
        request.body = ByteBuffer(string: body)
        return request
    }

    func chunked(by size: Int) -> DeliveryRequest {
        var request = self
        request.chunk = size
        return request
    }

    /// The head as it goes over the wire, asking the server to close afterwards.
    var head: ByteBuffer {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close"]
        lines += headers.map { "\($0.name): \($0.value)" }
        if chunk != nil {
            lines.append("Transfer-Encoding: chunked")
        } else if !headers.contains(where: { $0.name == "Content-Length" }) {
            lines.append("Content-Length: \(body.readableBytes)")
        }
        return ByteBuffer(string: lines.joined(separator: "\r\n") + "\r\n\r\n")
    }

    var parts: [ByteBuffer] {
        guard let chunk else { return [head, body] }
        var parts = [head]
        var rest = body
        while let piece = rest.readSlice(length: min(chunk, rest.readableBytes)), piece.readableBytes > 0 {
            parts += [
                ByteBuffer(string: "\(String(piece.readableBytes, radix: 16))\r\n"), piece, ByteBuffer(string: "\r\n"),
            ]
        }
        return parts + [ByteBuffer(string: "0\r\n\r\n")]
    }
}
