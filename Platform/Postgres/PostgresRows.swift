import CPostgres

/// The rows that a statement returned, in the server's order. The memory is freed with the last row of it.
package struct PostgresRows: RandomAccessCollection, Sendable {
    let result: ResultHandle

    package var startIndex: Int { 0 }
    package var endIndex: Int { result.rowCount }
    package subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position), "row \(position) of \(count)")
        return PostgresRow(result: result, index: position)
    }

    /// How many rows the statement inserted, updated, deleted or selected.
    package var affected: Int { result.affected }
}

/// One row. Columns are found by their names, exactly as the statement gives them.
package struct PostgresRow: Sendable {
    let result: ResultHandle
    let index: Int

    /// Throws ``PostgresError`` with `.decoding`, naming the column, its type and what was expected, never the value.
    package func get<T: PostgresDecodable>(_ column: String, as type: T.Type = T.self) throws(PostgresError) -> T {
        guard let position = result.columns.firstIndex(where: { $0.name == column }) else {
            throw PostgresError(.decoding, "the result has no column \"\(column)\"")
        }
        let field = PostgresField(result: result, row: index, column: position)
        let value = field.isNull ? T.postgresNull : T.decode(field)
        guard let value else {
            let found = field.isNull ? "NULL (\(field.type))" : "\(field.type)"
            let message = "the column \"\(column)\" holds \(found); expected was \(T.postgresExpectation)"
            throw PostgresError(.decoding, message)
        }
        return value
    }
}

/// One value of a row.
package struct PostgresField {
    let result: ResultHandle
    let row: Int
    let column: Int

    package var type: PostgresType { result.columns[column].type }
    package var isNull: Bool { PQgetisnull(result.raw, Int32(row), Int32(column)) == 1 }
    package var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    /// The text form. The bytes are lent for the call only.
    package func withBytes<T>(_ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        let length = Int(PQgetlength(result.raw, Int32(row), Int32(column)))
        guard let start = PQgetvalue(result.raw, Int32(row), Int32(column)) else {
            return body(.init(start: nil, count: 0))
        }
        return start.withMemoryRebound(to: UInt8.self, capacity: length) {
            body(UnsafeBufferPointer(start: $0, count: length))
        }
    }
}

/// Owns a `PGresult`.
///
/// Sendable: nothing changes it after it was received, and libpq's accessors only read.
final class ResultHandle: Sendable {
    struct Column: Sendable {
        var name: String
        var type: PostgresType
    }

    nonisolated(unsafe) let raw: OpaquePointer
    let columns: [Column]
    let rowCount: Int

    init(_ raw: OpaquePointer) {
        self.raw = raw
        rowCount = Int(PQntuples(raw))
        columns = (0..<PQnfields(raw)).map { index in
            // The columns of a COPY have no names.
            let name = PQfname(raw, index).map { String(cString: $0) }
            return Column(name: name ?? "", type: PostgresType(rawValue: PQftype(raw, index)))
        }
    }

    deinit { PQclear(raw) }

    var status: ExecStatusType { PQresultStatus(raw) }
    /// `COMMIT`, `INSERT 0 1`.
    var commandTag: String { String(cString: PQcmdStatus(raw)) }
    var affected: Int { Int(String(cString: PQcmdTuples(raw))) ?? 0 }

    /// The error that the server reported with this result.
    var error: PostgresError {
        guard let state = text(BURSAR_DIAG_SQLSTATE).map(SQLState.init) else {
            // Made by libpq itself: the connection broke.
            return PostgresError(.connectionLost, String(cString: PQresultErrorMessage(raw)).firstLine)
        }
        let report = PostgresError.ServerReport(
            severity: text(BURSAR_DIAG_SEVERITY) ?? "ERROR", constraint: text(BURSAR_DIAG_CONSTRAINT),
            table: text(BURSAR_DIAG_TABLE), column: text(BURSAR_DIAG_COLUMN), detail: text(BURSAR_DIAG_DETAIL),
            hint: text(BURSAR_DIAG_HINT), context: text(BURSAR_DIAG_CONTEXT),
            position: text(BURSAR_DIAG_POSITION).flatMap { Int($0) })
        let message = text(BURSAR_DIAG_MESSAGE) ?? "no message"
        return PostgresError(state == .queryCanceled ? .statementTimedOut : .server(state), message, server: report)
    }

    private func text(_ field: some BinaryInteger) -> String? {
        PQresultErrorField(raw, Int32(field)).map { String(cString: $0) }
    }
}

extension String {
    /// libpq's messages end in a line break, and some go on for several lines.
    var firstLine: String { String(prefix { !$0.isNewline }) }
}
