import HTTPTypes
package import Hummingbird
package import NIOCore

/// What tells one representation of a resource from another: RFC 9110, section 8.8.3. Always strong here: equal tags, equal bytes.
package struct EntityTag: Sendable, Equatable, CustomStringConvertible {
    /// With its quotation marks.
    package let description: String

    /// - Parameter text: Printable ASCII without quotation marks.
    package init(_ text: String) {
        precondition(
            text.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\"") }, "an entity tag is printable ASCII")
        description = "\"\(text)\""
    }

    /// Of the content itself.
    package init(of bytes: some Sequence<UInt8>) {
        var hash = ContentHash()
        for byte in bytes { hash.add(UInt64(byte)) }
        self = hash.tag
    }

    /// Whether `If-None-Match` names it, or anything (RFC 9110, section 13.1.2, which compares weakly).
    package func isKnown(to request: Request) -> Bool {
        for line in request.headers[values: .ifNoneMatch] {
            for part in line.split(separator: ",") {
                var tag = part.drop { $0 == " " || $0 == "\t" }
                while tag.last == " " || tag.last == "\t" { tag.removeLast() }
                if tag.hasPrefix("W/") { tag.removeFirst(2) }
                if tag == "*" || tag == description { return true }
            }
        }
        return false
    }
}

/// A 64-bit hash that is the same in every process: FNV-1a over words, with a last mix. Not against those who look for collisions.
package struct ContentHash: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    package mutating func add(_ word: UInt64) { state = (state ^ word) &* 0x0000_0100_0000_01B3 ^ (state >> 29) }

    package var tag: EntityTag {
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return EntityTag(String(word ^ (word >> 31), radix: 36))
    }
}

extension Response {
    /// An answer that a cache may keep and must ask about: 304 without a body where the client has it.
    /// - Parameter body: Made only where it is sent.
    package static func conditional(
        _ request: Request, tag: EntityTag, contentType: String = jsonContentType, cacheControl: String = "no-cache",
        vary: String? = nil, body: () throws -> ByteBuffer
    ) rethrows -> Response {
        var headers: HTTPFields = [.eTag: tag.description, .cacheControl: cacheControl]
        if let vary { headers[.vary] = vary }
        if tag.isKnown(to: request) {
            var response = Response(status: .notModified, headers: headers)
            // It would be the length of the body that is not there.
            response.headers[.contentLength] = nil
            return response
        }
        headers[.contentType] = contentType
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: try body()))
    }

    package static var jsonContentType: String { "application/json; charset=utf-8" }
}
