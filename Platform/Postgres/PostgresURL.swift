import CPostgres
import Encodings
import ServiceRuntime

/// A connection URL as libpq takes it: `postgres://user:password@host:5432/database?sslmode=require`
/// (PostgreSQL documentation, 34.1.1). The keyword form `host=... dbname=...` is taken too.
///
/// Exists only if libpq can parse it. Printed without secrets; ``secretText`` has them.
package struct PostgresURL: Sendable, Hashable {
    /// By libpq's keywords; only those given.
    private(set) var parameters: [String: String]

    /// Throws ``PostgresError`` with `.malformedURL`. The message never quotes the text, which may hold a password.
    package init(_ text: String) throws(PostgresError) {
        guard !text.isEmpty, !text.utf8.contains(0), let parameters = Self.parse(text) else { throw Self.malformed("") }
        self.parameters = parameters
        let ports = (parameters["port"] ?? "").split(separator: ",")
        guard ports.allSatisfy({ (UInt16(digits: $0) ?? 0) > 0 }) else {
            throw Self.malformed("; the port is no number from 1 to 65535")
        }
    }

    private static func malformed(_ rule: String) -> PostgresError {
        PostgresError(.malformedURL, "not a connection URL like postgres://user:password@host:5432/database\(rule)")
    }

    private static func parse(_ text: String) -> [String: String]? {
        // The message that libpq can give quotes the text.
        guard let options = PQconninfoParse(text, nil) else { return nil }
        defer { PQconninfoFree(options) }
        var parameters: [String: String] = [:]
        var next = options
        while let keyword = next.pointee.keyword {
            if let value = next.pointee.val { parameters[String(cString: keyword)] = String(cString: value) }
            next += 1
        }
        return parameters
    }

    package var host: String? { parameters["host"] ?? parameters["hostaddr"] }
    package var port: String { parameters["port"] ?? "5432" }
    package var user: String? { parameters["user"] }
    package var password: String? { parameters["password"] }
    package var database: String? { parameters["dbname"] }

    /// The same server and settings with another database, and another user where one is given.
    package func with(database: String, user: String? = nil, password: String? = nil) -> PostgresURL {
        var url = self
        url.parameters["dbname"] = database
        if let user {
            url.parameters["user"] = user
            url.parameters["password"] = password
        }
        return url
    }

    /// The URL with its password, to hand to a process or a configuration file.
    package var secretText: String { text(secrets: true) }

    private func text(secrets: Bool) -> String {
        var text = "postgres://"
        if let user {
            text += Self.encode(user)
            if let password { text += ":" + (secrets ? Self.encode(password) : "***") }
            text += "@"
        }
        // All of the place is given as parameters where it is more than one plain host.
        let plainHost = parameters["host"].flatMap { $0.utf8.allSatisfy(Self.isUnreserved) ? $0 : nil }
        var query = parameters.filter { !["user", "password", "dbname"].contains($0.key) }
        if let plainHost, !(query["port"] ?? "").contains(",") {
            text += plainHost
            if let port = query["port"] { text += ":\(port)" }
            query["host"] = nil
            query["port"] = nil
        }
        text += "/" + Self.encode(database ?? "")
        if user == nil, let password { query["password"] = password }
        for (index, parameter) in query.sorted(by: { $0.key < $1.key }).enumerated() {
            let isSecret = ["password", "sslpassword"].contains(parameter.key)
            let value = isSecret && !secrets ? "***" : Self.encode(parameter.value)
            text += "\(index == 0 ? "?" : "&")\(parameter.key)=\(value)"
        }
        return text
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// RFC 3986, section 2.1.
    private static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in text.utf8 {
            if isUnreserved(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
        return result
    }
}

extension PostgresURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { text(secrets: false) }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
