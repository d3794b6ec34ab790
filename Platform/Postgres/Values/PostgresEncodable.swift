package import FoundationEssentials
package import NIOCore

/// A value that can be bound to a statement's parameter.
package protocol PostgresEncodable: Sendable {
    static var postgresType: PostgresType { get }
    var postgresParameter: PostgresParameter { get }
}

/// A value as it goes over the wire.
package struct PostgresParameter: Sendable {
    enum Content: Sendable {
        case null
        case text(String)
        case binary([UInt8])
        case buffer(ByteBuffer)
        /// PostgreSQL has no such value; the statement is refused with this reason before anything is sent.
        case impossible(String)
    }

    let type: PostgresType
    let content: Content

    static func text(_ type: PostgresType, _ text: String) -> Self { Self(type: type, content: .text(text)) }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    package static var postgresType: PostgresType { Wrapped.postgresType }
    package var postgresParameter: PostgresParameter {
        self?.postgresParameter ?? PostgresParameter(type: Self.postgresType, content: .null)
    }
}

extension Bool: PostgresEncodable {
    package static var postgresType: PostgresType { .bool }
    package var postgresParameter: PostgresParameter { .text(.bool, self ? "t" : "f") }
}

extension Int16: PostgresEncodable {
    package static var postgresType: PostgresType { .int2 }
    package var postgresParameter: PostgresParameter { .text(.int2, String(self)) }
}

extension Int32: PostgresEncodable {
    package static var postgresType: PostgresType { .int4 }
    package var postgresParameter: PostgresParameter { .text(.int4, String(self)) }
}

extension Int64: PostgresEncodable {
    package static var postgresType: PostgresType { .int8 }
    package var postgresParameter: PostgresParameter { .text(.int8, String(self)) }
}

extension Int: PostgresEncodable {
    package static var postgresType: PostgresType { .int8 }
    package var postgresParameter: PostgresParameter { .text(.int8, String(self)) }
}

extension Double: PostgresEncodable {
    package static var postgresType: PostgresType { .float8 }
    package var postgresParameter: PostgresParameter { .text(.float8, isNaN ? "NaN" : description) }
}

/// The server infers the type, so that a string also fills a `numeric`, `jsonb` or enum column.
extension String: PostgresEncodable {
    package static var postgresType: PostgresType { .inferred }
    package var postgresParameter: PostgresParameter { .text(.inferred, self) }
}

extension UUID: PostgresEncodable {
    package static var postgresType: PostgresType { .uuid }
    package var postgresParameter: PostgresParameter { .text(.uuid, uuidString) }
}

/// `timestamptz`, rounded to the microsecond, in binary: microseconds since 2000-01-01 00:00 UTC.
extension Date: PostgresEncodable {
    package static var postgresType: PostgresType { .timestamptz }

    package var postgresParameter: PostgresParameter {
        guard let microseconds = PostgresTimestamp(self)?.microseconds else {
            return PostgresParameter(
                type: .timestamptz, content: .impossible("a date is outside of timestamptz's range"))
        }
        let bytes = withUnsafeBytes(of: microseconds.bigEndian, Array.init)
        return PostgresParameter(type: .timestamptz, content: .binary(bytes))
    }
}

extension ByteBuffer: PostgresEncodable {
    package static var postgresType: PostgresType { .bytea }
    package var postgresParameter: PostgresParameter { PostgresParameter(type: .bytea, content: .buffer(self)) }
}

/// A value kept as `jsonb`. Foundation's `JSONEncoder` and `JSONDecoder` with their default settings.
package struct PostgresJSON<Value: Codable & Sendable>: Sendable {
    package var value: Value
    package init(_ value: Value) { self.value = value }
}

extension PostgresJSON: Equatable where Value: Equatable {}

extension PostgresJSON: PostgresEncodable {
    package static var postgresType: PostgresType { .jsonb }

    package var postgresParameter: PostgresParameter {
        do {
            return .text(.jsonb, String(decoding: try JSONEncoder().encode(value), as: UTF8.self))
        } catch {
            return PostgresParameter(type: .jsonb, content: .impossible("a \(Value.self) cannot be written as JSON"))
        }
    }
}
