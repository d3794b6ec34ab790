package import FoundationEssentials
package import NIOCore

/// A value that can be read from a column.
package protocol PostgresDecodable {
    /// The column types that fit, for error messages.
    static var postgresExpectation: String { get }
    /// What NULL becomes; nil where NULL does not fit.
    static var postgresNull: Self? { get }
    /// Nil where the field does not fit. Never called for NULL.
    static func decode(_ field: PostgresField) -> Self?
}

extension PostgresDecodable {
    package static var postgresNull: Self? { nil }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    package static var postgresExpectation: String { Wrapped.postgresExpectation }
    package static var postgresNull: Wrapped?? { .some(nil) }
    package static func decode(_ field: PostgresField) -> Wrapped?? { Wrapped.decode(field).map { .some($0) } }
}

extension Bool: PostgresDecodable {
    package static var postgresExpectation: String { "boolean" }
    package static func decode(_ field: PostgresField) -> Bool? { field.type == .bool ? field.text == "t" : nil }
}

extension FixedWidthInteger where Self: PostgresDecodable {
    package static var postgresExpectation: String { "an integer of at most \(bitWidth) bits" }
    package static func decode(_ field: PostgresField) -> Self? {
        [.int2, .int4, .int8].contains(field.type) ? Self(field.text) : nil
    }
}

extension Int16: PostgresDecodable {}
extension Int32: PostgresDecodable {}
extension Int64: PostgresDecodable {}
extension Int: PostgresDecodable {}

extension Double: PostgresDecodable {
    package static var postgresExpectation: String { "double precision" }
    package static func decode(_ field: PostgresField) -> Double? {
        [.float4, .float8].contains(field.type) ? Double(field.text) : nil
    }
}

/// Any column, as PostgreSQL writes it: text, and also `numeric` and `jsonb`.
extension String: PostgresDecodable {
    package static var postgresExpectation: String { "any type but bytea" }
    package static func decode(_ field: PostgresField) -> String? { field.type == .bytea ? nil : field.text }
}

extension UUID: PostgresDecodable {
    package static var postgresExpectation: String { "uuid" }
    package static func decode(_ field: PostgresField) -> UUID? {
        field.type == .uuid ? UUID(uuidString: field.text) : nil
    }
}

extension Date: PostgresDecodable {
    package static var postgresExpectation: String { "a finite timestamptz" }
    package static func decode(_ field: PostgresField) -> Date? {
        field.type == .timestamptz ? PostgresTimestamp(text: field.text)?.date : nil
    }
}

extension ByteBuffer: PostgresDecodable {
    package static var postgresExpectation: String { "bytea" }
    package static func decode(_ field: PostgresField) -> ByteBuffer? {
        UInt8.array(from: field).map { ByteBuffer(bytes: $0) }
    }
}

extension PostgresJSON: PostgresDecodable {
    package static var postgresExpectation: String { "json that holds a \(Value.self)" }
    package static func decode(_ field: PostgresField) -> Self? {
        guard [.json, .jsonb].contains(field.type) else { return nil }
        let data = field.withBytes { Data($0) }
        return (try? JSONDecoder().decode(Value.self, from: data)).map(Self.init)
    }
}
