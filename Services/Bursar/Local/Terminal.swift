import Glibc

/// What `bursar up` tells the person in front of it, on standard output, line by line.
struct Terminal: Sendable {
    private static let labelWidth = 12

    func say(_ line: String = "") {
        print(line)
        fflush(nil)
    }

    /// A part that is there now, and how long that took.
    func done(_ label: String, _ text: String, since start: ContinuousClock.Instant) {
        let padded = label.padding(to: Self.labelWidth)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        say("  \(padded) \(text)  (\(Self.oneDecimal(seconds)) s)")
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
