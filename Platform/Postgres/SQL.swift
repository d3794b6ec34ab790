/// A statement and its parameters.
///
/// Written as a string literal. An interpolated value is always a bound parameter and never becomes part of the text:
/// `SELECT name FROM users WHERE id = \(id)`. What cannot be a parameter is quoted: `\(identifier: name)`,
/// `\(literal: password)`. A `SQL` inside another is inserted, and its parameters are numbered on.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The texts around the parameters: always one more than there are parameters.
    private var texts: [String]
    private(set) var parameters: [PostgresParameter]
    /// Why the statement cannot be sent, where a quoted name or literal is impossible.
    private(set) var problem: String?

    package init(stringLiteral text: String) {
        texts = [text]
        parameters = []
    }

    package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.sql }

    /// A statement from a trusted file of ours, sent as it is.
    init(trusted text: String) { self.init(stringLiteral: text) }

    /// The text with `$1`, `$2`, ... for the parameters.
    package var text: String {
        var result = texts[0]
        for index in parameters.indices { result += "$\(index + 1)\(texts[index + 1])" }
        return result
    }

    package mutating func append(_ other: SQL) {
        texts[texts.count - 1] += other.texts[0]
        texts.append(contentsOf: other.texts.dropFirst())
        parameters.append(contentsOf: other.parameters)
        problem = problem ?? other.problem
    }

    private mutating func append(text: String) { texts[texts.count - 1] += text }

    private mutating func append(parameter: PostgresParameter) {
        parameters.append(parameter)
        texts.append("")
    }

    private mutating func append(quoted name: String, by quote: String, what: String) {
        if name.utf8.contains(0) { problem = problem ?? "\(what) holds a NUL character" }
        append(text: quote)
        for character in name.unicodeScalars {
            if quote.unicodeScalars.first == character { append(text: quote) }
            append(text: String(character))
        }
        append(text: quote)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql: SQL = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql.parameters.reserveCapacity(interpolationCount)
            sql.texts.reserveCapacity(interpolationCount + 1)
        }

        package mutating func appendLiteral(_ literal: String) { sql.append(text: literal) }

        /// A bound parameter.
        package mutating func appendInterpolation(_ value: some PostgresEncodable) {
            sql.append(parameter: value.postgresParameter)
        }

        /// A bound parameter, NULL for nil.
        package mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            sql.append(parameter: value.postgresParameter)
        }

        /// A part of a statement, with its own parameters.
        package mutating func appendInterpolation(_ part: SQL) { sql.append(part) }

        /// A quoted name of a table, column, role, database.
        package mutating func appendInterpolation(identifier: String) {
            if identifier.isEmpty { sql.problem = sql.problem ?? "an identifier is empty" }
            sql.append(quoted: identifier, by: "\"", what: "an identifier")
        }

        /// A quoted string constant, for statements that take no parameters (`CREATE ROLE ... PASSWORD`).
        /// Relies on `standard_conforming_strings = on`, which every connection of ours sets.
        package mutating func appendInterpolation(literal: String) {
            sql.append(quoted: literal, by: "'", what: "a literal")
        }
    }
}

extension Sequence<SQL> {
    /// The parts one after another, as for the rows of an `INSERT ... VALUES`.
    package func joined(separator: SQL = ", ") -> SQL {
        var result: SQL = ""
        for (index, part) in enumerated() {
            if index > 0 { result.append(separator) }
            result.append(part)
        }
        return result
    }
}
