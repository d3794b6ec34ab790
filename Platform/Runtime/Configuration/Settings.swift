import Configuration

/// Reads ``Setting``s: flags first, then the environment, then values the program made for itself.
package struct Settings: Sendable {
    private let flags: Flags
    private let environment: EnvironmentVariablesProvider
    private let made: [String: String]
    private let readers: [ConfigReader]

    /// - Parameters:
    ///   - flags: The command line after the subcommand, checked by ``Flags``.
    ///   - environment: Nil reads the process's own.
    ///   - made: Values by key that stand in where neither flag nor environment gives one.
    package init(flags: Flags = .none, environment: [String: String]? = nil, made: [String: String] = [:]) {
        self.init(
            flags: flags,
            environment: environment.map { EnvironmentVariablesProvider(environmentVariables: $0) }
                ?? EnvironmentVariablesProvider(),
            made: made)
    }

    private init(flags: Flags, environment: EnvironmentVariablesProvider, made: [String: String]) {
        self.flags = flags
        self.environment = environment
        self.made = made
        self.readers = [
            ConfigReader(provider: Self.provider("flags", flags.values)), ConfigReader(provider: environment),
            ConfigReader(provider: Self.provider("made", made)),
        ]
    }

    private static func provider(_ name: String, _ values: [String: String]) -> InMemoryProvider {
        let pairs = values.map { key, text in
            (AbsoluteConfigKey(ConfigKey(key)), ConfigValue(.string(text), isSecret: true))
        }
        return InMemoryProvider(name: name, values: Dictionary(uniqueKeysWithValues: pairs))
    }

    /// The same settings with further values that the program made; what is given by flag or environment still wins.
    package func adding(made more: [String: String]) -> Settings {
        Settings(flags: flags, environment: environment, made: made.merging(more) { $1 })
    }

    /// The value, or the default.
    /// - Throws: ``ConfigurationError`` where there is neither, or where the text is malformed.
    package func require<Value>(_ setting: Setting<Value>) throws(ConfigurationError) -> Value {
        guard let value = try find(setting) else {
            throw ConfigurationError(setting.description, problem: .missing)
        }
        return value
    }

    /// The value, or the default, or nil where there is neither.
    package func find<Value>(_ setting: Setting<Value>) throws(ConfigurationError) -> Value? {
        guard let text = text(of: setting.description) else { return setting.defaultValue }
        guard let value = setting.parse(text) else {
            throw ConfigurationError(setting.description, problem: .malformed)
        }
        return value
    }

    /// Whether a flag, the environment or the program gives a value.
    package func isGiven<Value>(_ setting: Setting<Value>) -> Bool { text(of: setting.description) != nil }

    private func text(of setting: SettingDescription) -> String? {
        for reader in readers {
            let text = reader.string(forKey: ConfigKey(setting.key), isSecret: setting.isSecret)
            if let text, !text.isEmpty { return text }
        }
        return nil
    }
}
