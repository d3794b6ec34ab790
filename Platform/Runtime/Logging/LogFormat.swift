package import FoundationEssentials
import Glibc
package import Logging

/// How a log line looks.
package enum LogFormat: String, CaseIterable, Sendable {
    /// `text` where standard error is a terminal, else `json`.
    case auto
    /// For people: time, level, label, message, `key=value`.
    case text
    /// For collectors: one JSON object with `time`, `level`, `logger`, `message` and the metadata as further members.
    case json

    package func line(
        label: String, level: Logger.Level, message: String, metadata: Logger.Metadata, at time: Date = .now
    ) -> String {
        switch self {
        case .auto:
            (isatty(STDERR_FILENO) == 1 ? LogFormat.text : .json)
                .line(label: label, level: level, message: message, metadata: metadata, at: time)
        case .text: Self.text(label, level, message, metadata, time)
        case .json: Self.json(label, level, message, metadata, time)
        }
    }

    private static func text(
        _ label: String, _ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, _ time: Date
    ) -> String {
        let clock = time.formatted(.iso8601.time(includingFractionalSeconds: true).timeSeparator(.colon))
        let pairs = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\(quoted("\($0.value)"))" }.joined()
        return "\(clock) \(level.rawValue.padded(to: 7)) \(label): \(printable(message))\(pairs)"
    }

    /// Quotes what would not read as one word, so that a value cannot pretend to be other fields or further lines.
    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty
            && value.unicodeScalars.allSatisfy {
                $0 != " " && $0 != "\"" && $0 != "=" && isPrintable($0)
            }
        return isPlain
            ? value : "\"" + printable(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")) + "\""
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    /// Escapes what would end the line, move the cursor or reorder the text.
    private static func printable(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { line, scalar in
            if isPrintable(scalar) {
                line.unicodeScalars.append(scalar)
            } else {
                line += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
    }

    private static func json(
        _ label: String, _ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata, _ time: Date
    ) -> String {
        var object = metadata.mapValues { "\($0)" }
        object["time"] = time.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
        object["level"] = level.rawValue
        object["logger"] = label
        object["message"] = message
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A dictionary of strings always encodes.
        return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? message
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
