/// How a result is rounded to its precision.
package enum RoundingRule: UInt8, Sendable, CaseIterable {
    case halfEven = 0
    case halfUp = 1
    case halfDown = 2
    case up = 3
    case down = 4
    case ceiling = 5
    case floor = 6

    /// As in the HTTP API.
    package var name: String {
        switch self {
        case .halfEven: "half-even"
        case .halfUp: "half-up"
        case .halfDown: "half-down"
        case .up: "up"
        case .down: "down"
        case .ceiling: "ceiling"
        case .floor: "floor"
        }
    }
}

/// To how many significant digits, and how.
package struct Rounding: Sendable, Hashable {
    package static let standard = Rounding(unchecked: 34, .halfEven)

    /// Within ``CalculatorLimits/precision``.
    package let precision: UInt16
    package let rule: RoundingRule

    package init(precision: UInt16, rule: RoundingRule) throws(PayloadError) {
        guard CalculatorLimits.precision.contains(precision) else {
            throw .overLimit("precision", maximum: Int(CalculatorLimits.precision.upperBound))
        }
        self.init(unchecked: precision, rule)
    }

    private init(unchecked precision: UInt16, _ rule: RoundingRule) {
        self.precision = precision
        self.rule = rule
    }
}

extension Rounding: WirePayload {
    package init(from reader: inout WireReader) throws(PayloadError) {
        let precision = try reader.integer(UInt16.self)
        guard let rule = RoundingRule(rawValue: try reader.integer()) else { throw .invalid("rounding") }
        try self.init(precision: precision, rule: rule)
    }

    package func encode(into sink: inout some ByteSink) {
        sink.append(precision)
        sink.append(rule.rawValue)
    }
}
