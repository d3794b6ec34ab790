/// The flags of a command that set configuration keys: `--gateway-http-port 8080` or `--gateway-http-port=8080`.
///
/// Exists only if every flag is known and has one value.
package struct Flags: Sendable {
    package static let none = Flags()

    /// The values by key.
    let values: [String: String]

    private init() { values = [:] }

    package init(_ commandLine: [String], allowing settings: [SettingDescription]) throws(ConfigurationError) {
        let known = Dictionary(settings.map { ($0.flag, $0) }) { first, _ in first }
        var values: [String: String] = [:]
        var rest = commandLine[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let setting = known[parts[0]] else {
                // A word that is no flag may be a value that lost its flag, and a secret.
                let name =
                    parts[0].isEmpty || parts[0].hasPrefix("-")
                    ? parts[0] : "argument \(commandLine.count - rest.count)"
                throw ConfigurationError(name: name, problem: .unknown)
            }
            guard let value = parts.count > 1 ? parts[1] : rest.popFirst(), !value.isEmpty,
                parts.count > 1 || known[value.prefix { $0 != "=" }.description] == nil
            else {
                throw ConfigurationError(setting, problem: .missing)
            }
            guard values.updateValue(value, forKey: setting.key) == nil else {
                throw ConfigurationError(setting, problem: .repeated)
            }
        }
        self.values = values
    }

    /// The command line with the flags of these settings moved behind a terminator (`--`), so that a parser of other
    /// arguments takes neither them nor their values for its own.
    package static func separated(_ commandLine: [String], settings: [SettingDescription]) -> [String] {
        let known = Set(settings.map(\.flag))
        var others: [String] = []
        var flags: [String] = []
        var rest = commandLine[...]
        while let word = rest.popFirst(), word != "--" {
            guard known.contains(word.prefix { $0 != "=" }.description) else {
                others.append(word)
                continue
            }
            flags.append(word)
            if known.contains(word), let value = rest.first, !value.hasPrefix("--") {
                flags.append(value)
                rest.removeFirst()
            }
        }
        flags.append(contentsOf: rest)
        return flags.isEmpty ? others : others + ["--"] + flags
    }
}
