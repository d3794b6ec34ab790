/// The object id of a PostgreSQL type (`pg_type.oid`), for the built-in ones that the client knows.
package struct PostgresType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The server infers the type from where the parameter stands.
    package static let inferred = PostgresType(rawValue: 0)
    package static let bool = PostgresType(rawValue: 16)
    package static let bytea = PostgresType(rawValue: 17)
    package static let int8 = PostgresType(rawValue: 20)
    package static let int2 = PostgresType(rawValue: 21)
    package static let int4 = PostgresType(rawValue: 23)
    package static let text = PostgresType(rawValue: 25)
    package static let json = PostgresType(rawValue: 114)
    package static let float4 = PostgresType(rawValue: 700)
    package static let float8 = PostgresType(rawValue: 701)
    package static let timestamptz = PostgresType(rawValue: 1184)
    package static let numeric = PostgresType(rawValue: 1700)
    package static let uuid = PostgresType(rawValue: 2950)
    package static let jsonb = PostgresType(rawValue: 3802)
    package static let textArray = PostgresType(rawValue: 1009)
    package static let int8Array = PostgresType(rawValue: 1016)
    package static let uuidArray = PostgresType(rawValue: 2951)

    private static let names: [PostgresType: String] = [
        .inferred: "unknown", .bool: "boolean", .bytea: "bytea", .int8: "bigint", .int2: "smallint", .int4: "integer",
        .text: "text", .json: "json", .float4: "real", .float8: "double precision", .timestamptz: "timestamptz",
        .numeric: "numeric", .uuid: "uuid", .jsonb: "jsonb", .textArray: "text[]", .int8Array: "bigint[]",
        .uuidArray: "uuid[]",
    ]

    package var description: String { Self.names[self] ?? "type \(rawValue)" }
}
