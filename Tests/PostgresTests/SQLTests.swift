import FoundationEssentials
import Postgres
import TestSupport
import Testing

@Suite struct SQLTests {
    @Test func valuesBecomeNumberedParameters() {
        let name = "x'; DROP TABLE users; --"
        let sql: SQL = "SELECT * FROM users WHERE name = \(name) AND id = \(5)"
        #expect(sql.text == "SELECT * FROM users WHERE name = $1 AND id = $2")
    }

    @Test func partsAreInsertedAndNumberedOn() {
        let rows: [SQL] = [1, 2].map { "(\($0), \("name")::text)" }
        let sql: SQL = "INSERT INTO t VALUES \(rows.joined()) RETURNING \(identifier: "id") + \(9)"
        #expect(sql.text == "INSERT INTO t VALUES ($1, $2::text), ($3, $4::text) RETURNING \"id\" + $5")
    }

    @Test(arguments: [
        ("plain", "\"plain\""), ("sel\"ect", "\"sel\"\"ect\""), ("a; DROP TABLE b", "\"a; DROP TABLE b\""),
        ("Ünï", "\"Ünï\""),
    ])
    func identifiersAreQuoted(name: String, expected: String) {
        let sql: SQL = "\(identifier: name)"
        #expect(sql.text == expected)
    }

    static let hostile = [
        "'; DROP TABLE victims; --", "\\'; DROP TABLE victims; --", "' OR '1'='1", "$1", "\\", "'", "''", "\"",
        "\u{1F4B0} ünï ‮", "%s\r\n\t", "",
        "$tag$'$tag$", "\u{301}'",
    ]

    @Test(arguments: hostile)
    func hostileTextStaysAValue(text: String) async throws {
        try await TestPostgres.withClient { client in
            let row = try await client.query("SELECT \(text)::text AS bound, \(literal: text) AS literal")[0]
            #expect(try row.get("bound", as: String.self).unicodeScalars.elementsEqual(text.unicodeScalars))
            #expect(try row.get("literal", as: String.self).unicodeScalars.elementsEqual(text.unicodeScalars))
            guard !text.isEmpty else { return }
            let named = try await client.query("SELECT 1 AS \(identifier: text)")[0]
            #expect(try named.get(text, as: Int.self) == 1)
        }
    }

    @Test func whatCannotBeSentIsRefusedBefore() async throws {
        try await TestPostgres.withClient { client in
            let refused: [SQL] = [
                "SELECT \("a\0b")::text", "SELECT \(literal: "a\0b")", "SELECT \(identifier: "")",
                "SELECT \(Date.infinite)",
                "SELECT \((0...65_535).map { "\($0)" as SQL }.joined())", "SELECT \(PostgresJSON(Double.infinity))",
            ]
            for sql in refused {
                let error = await #expect(throws: PostgresError.self) { try await client.query(sql) }
                #expect(error?.code == .invalidStatement)
            }
        }
    }
}

extension Date {
    fileprivate static var infinite: Date { Date(timeIntervalSinceReferenceDate: .infinity) }
}
