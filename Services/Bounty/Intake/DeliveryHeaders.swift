import HTTP
import HTTPTypes

/// What GitHub says of a delivery beside its body. Only the body is signed, so all of this is a hint.
struct DeliveryHeaders {
    /// One per delivery, the same when it is sent again. GitHub sends a UUID.
    let id: String
    /// Lower-case letters and underscores; fit to be a token of a subject.
    let event: String
    let signature: WebhookSignature

    /// Checks in the order of the contract: content type, then what is missing or malformed, then the signature's form.
    init(_ fields: HTTPFields) throws(Problem) {
        guard let contentType = fields.only(.contentType), Self.isJSON(contentType) else {
            throw .unsupportedMediaType(expected: "application/json")
        }
        guard let event = fields.only(.githubEvent), Self.isEvent(event) else {
            throw .missingHeader(
                "X-GitHub-Event", expectation: "the name of an event: 1 to 64 lower-case letters and _")
        }
        guard let id = fields.only(.githubDelivery), Self.isDelivery(id) else {
            throw .missingHeader("X-GitHub-Delivery", expectation: "a delivery id: 1 to 64 letters, digits and -")
        }
        guard fields.contains(.hubSignature256) else {
            throw .missingHeader("X-Hub-Signature-256", expectation: "sha256= and the HMAC-SHA256 of the body")
        }
        guard let signature = fields.only(.hubSignature256).flatMap({ WebhookSignature($0) }) else {
            throw .wrongSignature
        }
        self.id = id
        self.event = event
        self.signature = signature
    }

    /// RFC 9110, section 8.3.1: parameters may follow, with white space before the semicolon.
    private static func isJSON(_ contentType: String) -> Bool {
        if contentType == "application/json" { return true }
        var mediaType = contentType.prefix { $0 != ";" }
        while let last = mediaType.last, last == " " || last == "\t" { mediaType.removeLast() }
        return mediaType.lowercased() == "application/json"
    }

    private static func isEvent(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isDelivery(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

extension HTTPField.Name {
    static let githubEvent = constant("X-GitHub-Event")
    static let githubDelivery = constant("X-GitHub-Delivery")
    static let hubSignature256 = constant("X-Hub-Signature-256")
}

extension Problem {
    static let wrongSignature = Problem(
        .unauthorized, "wrong-signature", title: "Wrong signature",
        detail:
            "X-Hub-Signature-256 must be sha256= and the HMAC-SHA256 of the raw body under a configured webhook secret")
}
