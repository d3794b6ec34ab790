package import Events
import FoundationEssentials
import HTTPTypes
package import Hummingbird
import NIOCore

/// A JSON body that has the members it names and no others.
package protocol JSONBody: Decodable, Sendable {
    associatedtype CodingKeys: CodingKey

    /// A shorter way than decoding, for bodies that come often. Whatever it does not expect is decoded, which also tells what is wrong.
    init(_ reader: inout JSONReader) throws(JSONReader.Unexpected)
}

extension JSONBody {
    package init(_ reader: inout JSONReader) throws(JSONReader.Unexpected) { throw JSONReader.Unexpected() }

    /// By the shorter way; nil where it does not lead there.
    package init?(short bytes: ByteBuffer) {
        let body = bytes.withUnsafeReadableBytes { bytes in
            bytes.withMemoryRebound(to: UInt8.self) { bytes -> Self? in
                var reader = JSONReader(bytes)
                guard let body = try? Self(&reader), (try? reader.end()) != nil else { return nil }
                return body
            }
        }
        guard let body else { return nil }
        self = body
    }
}

extension Request {
    /// Decodes the body.
    /// - Parameter limit: In bytes.
    /// - Throws: ``Problem``: 415, 413, or 400 with a JSON pointer to what is missing, unknown or of the wrong type.
    package func json<Body: JSONBody>(_: Body.Type, upTo limit: Int) async throws -> Body {
        guard mediaType == "application/json" else { throw Problem.unsupportedMediaType(expected: "application/json") }
        // Said at once, before the body comes.
        if let length = headers.first(.contentLength).flatMap({ Int($0) }), length > limit {
            throw Problem.contentTooLarge(limit: limit)
        }
        let bytes: ByteBuffer
        do {
            bytes = try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.contentTooLarge(limit: limit)
        }
        if let body = Body(short: bytes) { return body }
        do {
            return try JSONDecoder.wire().decode(Strict<Body>.self, from: Data(bytes.readableBytesView)).body
        } catch let error as DecodingError {
            throw Problem(malformed: error)
        } catch let error as UnknownMember {
            throw Problem.invalidBody(pointer: error.pointer, "is not a known member")
        } catch {
            // A number that is no Int, such as 1.5: JSONDecoder throws an error of its own here, without a path.
            throw Problem.invalidBody(pointer: "", "has a number that is none, or is not whole")
        }
    }

    /// W3C Trace Context of the caller.
    package var traceparent: Traceparent? { headers.only(.traceparent).flatMap { Traceparent($0) } }
}

extension HTTPField.Name {
    fileprivate static let traceparent = constant("traceparent")
}

/// Decodes the body after a look at the names of its members.
private struct Strict<Body: JSONBody>: Decodable {
    let body: Body

    init(from decoder: any Decoder) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys
        where Body.CodingKeys(stringValue: key.stringValue) == nil {
            throw UnknownMember(pointer: [key].jsonPointer)
        }
        body = try Body(from: decoder)
    }
}

private struct UnknownMember: Error { var pointer: String }

private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension Problem {
    package static func invalidBody(pointer: String, _ rule: String) -> Problem {
        Problem(
            .badRequest, "invalid-body", title: "Invalid body",
            detail: "\(pointer.isEmpty ? "the body" : pointer) \(rule)",
            errors: [FieldError(pointer: pointer, detail: rule)])
    }

    /// A member that is well-formed and still wrong.
    package static func invalidField(_ pointer: String, _ code: String, _ rule: String) -> Problem {
        Problem(
            .unprocessableContent, code, title: "Invalid member", detail: "\(pointer) \(rule)",
            errors: [FieldError(pointer: pointer, detail: rule)])
    }

    fileprivate init(malformed error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = .invalidBody(pointer: (context.codingPath + [key]).jsonPointer, "is missing")
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            self = .invalidBody(pointer: context.codingPath.jsonPointer, "must be \(Self.name(of: type))")
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            // Also a number that does not fit its member, such as 1.5: JSONDecoder says it without a path.
            self = .invalidBody(pointer: "", "is not JSON, or has a number that is too large or not whole")
        case .dataCorrupted(let context):
            self = .invalidBody(pointer: context.codingPath.jsonPointer, "has a value it cannot have")
        @unknown default:
            self = .invalidBody(pointer: "", "cannot be understood")
        }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Int.Type, is UInt64.Type, is Double.Type: "a number"
        case is Bool.Type: "true or false"
        case is any Collection.Type where "\(type)".hasPrefix("Array"): "a list"
        default: "an object"
        }
    }
}

extension [any CodingKey] {
    /// RFC 6901.
    fileprivate var jsonPointer: String {
        map { key in
            "/"
                + (key.intValue.map { String($0) }
                    ?? key.stringValue.replacing("~", with: "~0").replacing("/", with: "~1"))
        }.joined()
    }
}
