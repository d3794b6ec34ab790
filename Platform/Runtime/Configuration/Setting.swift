/// One configuration key: its name, what it means, its default and how its text becomes a value.
///
/// The same key is read from a flag (`--gateway-http-port`), an environment variable (`GATEWAY_HTTP_PORT`) and the values that
/// `bursar up` makes for itself, in this order. An empty text counts as not given.
package struct Setting<Value: Sendable>: Sendable {
    package let description: SettingDescription
    let defaultValue: Value?
    let parse: @Sendable (String) -> Value?

    /// - Parameters:
    ///   - expectation: What a value must be, to complete "must be …".
    ///   - default: The text of the default, read by `parse` like any other. None: the key is required or optional, as its reader says.
    package init(
        _ key: String,
        _ summary: String,
        expectation: String,
        default defaultText: String? = nil,
        isSecret: Bool = false,
        parse: @escaping @Sendable (String) -> Value?
    ) {
        self.description = SettingDescription(
            key: key, summary: summary, expectation: expectation, defaultText: defaultText, isSecret: isSecret)
        self.parse = parse
        self.defaultValue = defaultText.flatMap(parse)
        precondition(
            defaultText == nil || defaultValue != nil, "the default of \(key) must itself be valid: \(expectation)")
    }
}

/// What people are told about a key: in `--help`, in errors and in the documentation.
package struct SettingDescription: Sendable, Hashable {
    package let key: String
    package let summary: String
    package let expectation: String
    package let defaultText: String?
    package let isSecret: Bool

    /// `gateway.http.port` is `GATEWAY_HTTP_PORT`.
    package var environmentName: String {
        key.uppercased().split(separator: ".").joined(separator: "_")
    }

    /// `gateway.http.port` is `--gateway-http-port`.
    package var flag: String {
        "--" + key.split(separator: ".").joined(separator: "-")
    }
}

// MARK: - Kinds of value

extension Setting where Value == Int {
    package static func port(_ key: String, _ summary: String, default defaultPort: Int) -> Self {
        integer(key, summary, in: 0...65535, expectation: "a port from 0 to 65535", default: defaultPort)
    }

    package static func integer(
        _ key: String, _ summary: String, in range: ClosedRange<Int>, expectation: String? = nil, default value: Int
    ) -> Self {
        Setting(
            key, summary, expectation: expectation ?? "a whole number from \(range.lowerBound) to \(range.upperBound)",
            default: String(value)
        ) { text in
            Int(digits: text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension Setting where Value == String {
    package static func text(
        _ key: String, _ summary: String, default defaultText: String? = nil, isSecret: Bool = false
    ) -> Self {
        Setting(key, summary, expectation: "a text", default: defaultText, isSecret: isSecret) { $0 }
    }
}

extension Setting where Value == [String] {
    package static func list(_ key: String, _ summary: String, expectation: String, isSecret: Bool = false) -> Self {
        Setting(key, summary, expectation: expectation, isSecret: isSecret) { text in
            let items = text.split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
            return items.isEmpty ? nil : items
        }
    }
}

extension Setting where Value: CaseIterable & RawRepresentable<String> {
    package static func choice(_ key: String, _ summary: String, default value: Value) -> Self {
        let choices = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return Setting(key, summary, expectation: "one of \(choices)", default: value.rawValue) {
            Value(rawValue: $0)
        }
    }
}

extension StringProtocol {
    fileprivate func trimmingSpaces() -> String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return String(rest)
    }
}
