import Events
import FoundationEssentials
import HTTP
import Hummingbird
import NIOCore

extension Request {
    /// The answer as JSON, or 304 where the client has it: the tag is of the JSON itself.
    func conditionalJSON(
        _ answer: some Encodable, cacheControl: String = "no-cache", vary: String? = nil
    ) throws -> Response {
        let json = try JSONEncoder.wire().encode(answer)
        return Response.conditional(self, tag: EntityTag(of: json), cacheControl: cacheControl, vary: vary) {
            ByteBuffer(bytes: json)
        }
    }
}
