import Glibc

/// What commands tell the person in front of them, line by line.
struct Terminal: Sendable {
    private static let labelWidth = 12

    func say(_ line: String = "") {
        print(line)
        fflush(nil)
    }

    /// On standard error, which keeps standard output for answers.
    static func complain(_ line: String) {
        var line = line + "\n"
        line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// What became of a part, and how long that took.
    func part(_ label: String, _ text: String, since start: ContinuousClock.Instant? = nil) {
        let duration = start.map { "  (\(Self.oneDecimal((ContinuousClock.now - $0) / .seconds(1))) s)" } ?? ""
        say("  \(label.padding(to: Self.labelWidth)) \(text)\(duration)")
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
