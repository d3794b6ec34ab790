import Events
import HTTPTypes
package import Hummingbird
import Logging

extension RequestContext {
    /// Takes the ids that the caller gave, where they are well-formed: `X-Request-Id` in place of our own, and the trace id of
    /// `traceparent` beside it. Both are in every line that is logged with the context, and the request's in its answer.
    package mutating func adoptIDs(of request: Request) {
        if let id = request.headers.first(.xRequestID), RequestIDRule.isWellFormed(id) {
            logger[metadataKey: RequestIDRule.metadataKey] = .string(id)
        }
        if let trace = request.traceparent {
            logger[metadataKey: "trace_id"] = .string(trace.traceID)
        }
    }
}

/// What a caller's id must look like: it goes into logs and headers, and so is no place for anything else.
package enum RequestIDRule {
    /// Characters. A UUID has 36.
    static let length = 8...128
    /// Hummingbird keeps the id of a request there.
    static let metadataKey = "hb.request.id"

    package static func isWellFormed(_ id: String) -> Bool {
        length.contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
