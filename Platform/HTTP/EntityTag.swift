import HTTPTypes
package import Hummingbird

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
