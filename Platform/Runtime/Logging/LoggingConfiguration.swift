package import Logging

/// How the process logs. Everything goes to standard error; standard output is for what a command answers.
package struct LoggingConfiguration: Sendable {
    package var level: Logger.Level
    package var format: LogFormat

    package init(level: Logger.Level, format: LogFormat) {
        self.level = level
        self.format = format
    }

    /// To be called once, before the first logger is made.
    package func bootstrap() {
        LoggingSystem.bootstrap { label in LineLogHandler(label: label, level: level, format: format) }
    }
}

extension LoggingConfiguration {
    static let levelSetting = Setting<Logger.Level>.choice("log.level", "What is logged at least.", default: .info)
    static let formatSetting = Setting<LogFormat>.choice(
        "log.format", "JSON lines, readable text, or text on a terminal and JSON elsewhere.", default: .auto)

    package static let settings = [levelSetting.description, formatSetting.description]

    package init(_ settings: Settings) throws(ConfigurationError) {
        self.init(level: try settings.require(Self.levelSetting), format: try settings.require(Self.formatSetting))
    }
}
