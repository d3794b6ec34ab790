/// What the payloads of the calculator may hold at most. The calculator bounds the cost of computing besides.
package enum CalculatorLimits {
    /// Bytes of one expression: a literal of a million digits passes, and nobody writes more.
    package static let expression = 1 << 20
    /// Bytes of one number: 10,000 significant digits up to 10,000 places from the point, with room.
    package static let number = 32 * 1024
    /// Significant digits.
    package static let precision: ClosedRange<UInt16> = 1...10_000
    package static let variables = 256
    /// Bytes of the name of a variable or a denomination.
    package static let name = 64
    /// Expressions of one batch. Larger ones are jobs.
    package static let batch = 10_000
    /// Values of one summary, those in partial summaries included. Larger ones are split and merged.
    package static let values = 1_000_000
    package static let quantiles = 100
    /// Partial summaries that one call merges.
    package static let parts = 1_000
    package static let weights = 10_000
    /// Bytes of an exact sum of numbers within their limits: both ends of the exponents that a value may have.
    package static let exactNumber = 64 * 1024
}

/// Checks that make a value impossible where they fail.
enum Check {
    static func bytes(_ text: String, maximum: Int, _ field: String) throws(PayloadError) {
        guard text.utf8.count <= maximum else { throw .overLimit(field, maximum: maximum) }
    }

    static func count(_ count: Int, maximum: Int, _ field: String) throws(PayloadError) {
        guard count <= maximum else { throw .overLimit(field, maximum: maximum) }
    }

    static func each(_ texts: [String], maximum: Int, _ field: String) throws(PayloadError) {
        for text in texts { try bytes(text, maximum: maximum, field) }
    }
}
