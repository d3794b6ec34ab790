import FoundationEssentials
import NIOCore
import Postgres
import TestSupport
import Testing

@Suite struct PostgresValueTests {
    /// Sends each value as a parameter, reads it back, and also compares it on the server with PostgreSQL's own
    /// notation.
    private func expectRoundTrip<T: PostgresEncodable & PostgresDecodable & Equatable>(
        _ type: SQL, _ cases: [(value: T, text: String)], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await TestPostgres.withClient { client in
            for (value, text) in cases {
                let row = try await client.query(
                    """
                    SELECT \(value)::\(type) AS value, (\(text)::text::\(type)) AS read,
                        \(value)::\(type) IS NOT DISTINCT FROM \(text)::text::\(type) AS same
                    """)[0]
                #expect(try row.get("value", as: T.self) == value, sourceLocation: sourceLocation)
                #expect(try row.get("read", as: T.self) == value, sourceLocation: sourceLocation)
                #expect(try row.get("same", as: Bool.self), "\(text)", sourceLocation: sourceLocation)
            }
            let null = try await client.query("SELECT \(T?.none)::\(type) AS value")[0]
            #expect(try null.get("value", as: T?.self) == nil, sourceLocation: sourceLocation)
            #expect(throws: PostgresError.self, sourceLocation: sourceLocation) { try null.get("value", as: T.self) }
        }
    }

    @Test func booleans() async throws { try await expectRoundTrip("boolean", [(true, "true"), (false, "false")]) }

    @Test func integers() async throws {
        try await expectRoundTrip("smallint", [(Int16.min, "-32768"), (0, "0"), (Int16.max, "32767")])
        try await expectRoundTrip("integer", [(Int32.min, "-2147483648"), (Int32.max, "2147483647")])
        try await expectRoundTrip("bigint", [(Int64.min, "-9223372036854775808"), (Int64.max, "9223372036854775807")])
        try await expectRoundTrip("bigint", [(Int.min, "-9223372036854775808"), (Int.max, "9223372036854775807")])
    }

    @Test func doubles() async throws {
        try await expectRoundTrip(
            "double precision",
            [
                (0.1, "0.1"), (-0.0, "-0"), (1e-7, "1e-7"), (.greatestFiniteMagnitude, "1.7976931348623157e308"),
                (.leastNormalMagnitude, "2.2250738585072014e-308"), (.infinity, "infinity"), (-.infinity, "-infinity"),
            ])
        try await TestPostgres.withClient { client in
            let row = try await client.query("SELECT \(Double.nan) AS value, \(Double.leastNonzeroMagnitude) AS tiny")[
                0]
            #expect(try row.get("value", as: Double.self).isNaN)
            #expect(try row.get("tiny", as: Double.self) == .leastNonzeroMagnitude)
        }
    }

    @Test func texts() async throws {
        try await expectRoundTrip("text", [("", ""), ("a b", "a b"), ("💰\n\t\\", "💰\n\t\\")])
        let digits = String(repeating: "9", count: 78) + ".000000000000000001"
        try await expectRoundTrip("numeric", [("0.1", "0.1"), (digits, digits), ("-1", "-1")])
    }

    @Test func uuids() async throws {
        let id = UUID()
        let highest = try #require(UUID(uuidString: "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"))
        try await expectRoundTrip("uuid", [(id, id.uuidString), (highest, highest.uuidString)])
    }

    @Test func bytes() async throws {
        let all = Array(UInt8.min...UInt8.max)
        let hex = "\\x" + all.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        try await expectRoundTrip("bytea", [([], "\\x"), ([0], "\\x00"), (all, hex)])
        try await expectRoundTrip("bytea", [(ByteBuffer(bytes: all), hex), (ByteBuffer(), "\\x")])
    }

    @Test func aLargeValue() async throws {
        try await TestPostgres.withClient { client in
            let large = ByteBuffer(repeating: 0xA5, count: 25 << 20)
            let row = try await client.query("SELECT octet_length(\(large)) AS length, \(large) AS value")[0]
            #expect(try row.get("length", as: Int.self) == 25 << 20)
            #expect(try row.get("value", as: ByteBuffer.self) == large)
        }
    }

    @Test func dates() async throws {
        let y2000 = 978_307_200 - 366 * 86_400.0 - 978_307_200
        try await expectRoundTrip(
            "timestamptz",
            [
                (Date(timeIntervalSinceReferenceDate: 0), "2001-01-01 00:00:00+00"),
                (Date(timeIntervalSinceReferenceDate: y2000), "2000-01-01 02:00:00+02"),
                (Date(timeIntervalSince1970: 0), "1970-01-01 00:00:00Z"),
                (Date(timeIntervalSince1970: 1_709_210_096.123456), "2024-02-29 12:34:56.123456+00"),
                (Date(timeIntervalSince1970: -0.000001), "1969-12-31 23:59:59.999999+00"),
                (Date(timeIntervalSince1970: 253_402_300_799), "9999-12-31 23:59:59+00"),
                (Date(timeIntervalSince1970: 253_402_300_800), "10000-01-01 00:00:00+00"),
                (Date(timeIntervalSince1970: -62_135_596_800), "0001-01-01 00:00:00+00"),
                (Date(timeIntervalSince1970: -62_135_596_801), "0001-12-31 23:59:59+00 BC"),
            ])
    }

    @Test func infiniteDatesDoNotFit() async throws {
        try await TestPostgres.withClient { client in
            let row = try await client.query("SELECT 'infinity'::timestamptz AS value")[0]
            #expect(throws: PostgresError.self) { try row.get("value", as: Date.self) }
        }
    }

    @Test func everyDayOfFourCenturiesIsReadRight() async throws {
        try await TestPostgres.withClient { client in
            let rows = try await client.query(
                """
                SELECT day, extract(epoch FROM day)::bigint AS seconds
                FROM generate_series('1850-01-01'::timestamptz, '2250-01-01', '1 day') AS day
                """)
            #expect(rows.count > 146_000)
            let wrong = try rows.filter { row in
                try row.get("day", as: Date.self).timeIntervalSince1970 != Double(row.get("seconds", as: Int.self))
            }
            #expect(wrong.isEmpty)
        }
    }

    @Test func arrays() async throws {
        try await expectRoundTrip(
            "bigint[]", [([], "{}"), ([Int64.min, 0, .max], "{-9223372036854775808,0,9223372036854775807}")])
        try await expectRoundTrip(
            "text[]",
            [
                ([], "{}"), ([""], "{\"\"}"),
                (
                    ["NULL", "null", "a,b", "{}", "\"", "\\", " x ", "é\n"],
                    "{\"NULL\",\"null\",\"a,b\",\"{}\",\"\\\"\",\"\\\\\",\" x \",\"é\n\"}"
                ),
            ])
        let id = UUID()
        try await expectRoundTrip("uuid[]", [([id, id], "{\(id),\(id)}")])
    }

    @Test func arraysWithNullOrDepthDoNotFit() async throws {
        try await TestPostgres.withClient { client in
            let row = try await client.query("SELECT ARRAY['a', NULL] AS holes, ARRAY[[1::bigint], [2]] AS deep")[0]
            #expect(throws: PostgresError.self) { try row.get("holes", as: [String].self) }
            #expect(throws: PostgresError.self) { try row.get("deep", as: [Int64].self) }
        }
    }

    struct Document: Codable, Equatable {
        var name: String
        var amounts: [Int64]
    }

    @Test func json() async throws {
        try await TestPostgres.withClient { client in
            let document = Document(name: "a'\"\u{0}\\", amounts: [1, .max])
            let safe = Document(name: "a'\"\\ 💰", amounts: [1, .max])
            let row = try await client.query(
                """
                SELECT \(PostgresJSON(safe)) AS value, (\(PostgresJSON(safe))->>'name') AS name,
                    '{"a": 1}'::json AS raw
                """
            )[0]
            #expect(try row.get("value", as: PostgresJSON<Document>.self).value == safe)
            #expect(try row.get("name") == safe.name)
            #expect(try row.get("raw", as: String.self) == "{\"a\": 1}")
            #expect(throws: PostgresError.self) { try row.get("raw", as: PostgresJSON<Document>.self) }
            // PostgreSQL's jsonb has no NUL character.
            await #expect(throws: PostgresError.self) { try await client.query("SELECT \(PostgresJSON(document))") }
        }
    }

    @Test func wrongTypesAreNamedAndValuesAreNot() async throws {
        try await TestPostgres.withClient { client in
            let row = try await client.query("SELECT 'secret' AS word, 70000 AS number, NULL::bigint AS nothing")[0]
            let cases: [(String, String, () throws -> Void)] = [
                ("word", "text", { _ = try row.get("word", as: UUID.self) }),
                ("number", "integer", { _ = try row.get("number", as: Int16.self) }),
                (
                    "number", "integer",
                    { _ = try row.get("number", as: String?.self).map { _ in try row.get("number", as: Bool.self) } }
                ),
                ("nothing", "NULL", { _ = try row.get("nothing", as: Int.self) }),
                ("missing", "no column", { _ = try row.get("missing", as: Int.self) }),
            ]
            for (column, found, read) in cases {
                let error = #expect(throws: PostgresError.self) { try read() }
                #expect(error?.code == .decoding)
                #expect(error?.message.contains("\"\(column)\"") == true)
                #expect(error?.message.contains(found) == true)
                #expect(error?.message.contains("secret") == false)
                #expect(error?.message.contains("70000") == false)
            }
        }
    }
}
