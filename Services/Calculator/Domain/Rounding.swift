/// How a number is brought to fewer digits. The names on the wire are those of the public API.
package enum Rounding: String, Sendable, Hashable, CaseIterable {
    /// To the nearest; of two equally near, the one whose last digit is even.
    case halfEven = "half-even"
    /// To the nearest; of two equally near, the one farther from zero.
    case halfUp = "half-up"
    /// To the nearest; of two equally near, the one closer to zero.
    case halfDown = "half-down"
    /// Away from zero.
    case up
    /// Toward zero.
    case down
    /// Toward positive infinity.
    case ceiling
    /// Toward negative infinity.
    case floor
}

extension Rounding {
    /// What was cut off, in units of the last digit that stays.
    enum Rest {
        case zero, lessThanHalf, half, moreThanHalf
    }

    /// Whether the magnitude that was left after cutting off goes up by one in the last digit.
    func goesUp(after rest: Rest, isNegative: Bool, lastDigitIsOdd: Bool) -> Bool {
        if case .zero = rest { return false }
        return switch (self, rest) {
        case (.down, _): false
        case (.up, _): true
        case (.ceiling, _): !isNegative
        case (.floor, _): isNegative
        case (_, .moreThanHalf): true
        case (_, .lessThanHalf), (_, .zero): false
        case (.halfUp, .half): true
        case (.halfDown, .half): false
        case (.halfEven, .half): lastDigitIsOdd
        }
    }
}
