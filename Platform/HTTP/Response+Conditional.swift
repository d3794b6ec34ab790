import HTTPTypes
package import Hummingbird
package import NIOCore

extension Response {
    /// An answer that a cache may keep and must ask about: 304 without a body where the client has it.
    /// - Parameter body: Made only where it is sent.
    package static func conditional(
        _ request: Request, tag: EntityTag, contentType: String = jsonContentType, cacheControl: String = "no-cache",
        vary: String? = nil, body: () throws -> ByteBuffer
    ) rethrows -> Response {
        var headers = HTTPFields()
        // With those that every answer gets.
        headers.reserveCapacity(12)
        headers.append(HTTPField(name: .eTag, value: tag.description))
        headers.append(HTTPField(name: .cacheControl, value: cacheControl))
        if let vary { headers.append(HTTPField(name: .vary, value: vary)) }
        if tag.isKnown(to: request) {
            var response = Response(status: .notModified, headers: headers)
            // It would be the length of the body that is not there.
            response.headers[.contentLength] = nil
            return response
        }
        headers.append(HTTPField(name: .contentType, value: contentType))
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: try body()))
    }

    package static var jsonContentType: String { "application/json; charset=utf-8" }
}
