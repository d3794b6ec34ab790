import FoundationEssentials
import HTTP

/// Where a page ended: the id of its last item, opaque to clients. Ids never change, so a cursor stays good while events arrive.
struct PageCursor: Equatable {
    let id: UUID

    init(id: UUID) { self.id = id }

    /// Nil where the query has none.
    static func find(in query: Query) throws(Problem) -> PageCursor? {
        guard let text = query.text("cursor") else { return nil }
        guard let cursor = PageCursor(text) else {
            throw .invalidParameter("cursor", expectation: "the next_cursor of an earlier answer")
        }
        return cursor
    }

    /// The 16 bytes in base64url without padding (RFC 4648, section 5).
    var text: String {
        withUnsafeBytes(of: id.uuid) { Data($0) }.base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    init?(_ text: String) {
        let padded = text.replacing("-", with: "+").replacing("_", with: "/") + "=="
        guard text.utf8.count == 22, let bytes = Data(base64Encoded: padded), bytes.count == 16 else { return nil }
        id = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}
