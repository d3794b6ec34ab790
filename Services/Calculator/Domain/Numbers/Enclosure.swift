import BigNumber

/// An interval that a real number lies in, for what is no rational number or too long to write down.
///
/// Its ends are decimals, so that an end can be exactly on a boundary where decimal rounding changes; and an open end
/// says that the number is not the end itself. Both together let rounding end for `1 + exp(-1000000)`.
struct Enclosure: Sendable {
    struct End: Sendable {
        let value: DecimalNumber
        let isOpen: Bool

        static prefix func - (end: End) -> End { End(value: -end.value, isOpen: end.isOpen) }
    }

    let lower: End
    let upper: End
    /// Known of algebraic numbers.
    let rootBound: RootBound?

    init(_ lower: End, _ upper: End, _ rootBound: RootBound?) {
        self.lower = lower
        self.upper = upper
        self.rootBound = rootBound
    }

    /// Whether the number must be greater than zero, and so on.
    var isPositive: Bool { lower.value.signum > 0 || lower.value.isZero && lower.isOpen }
    var isNegative: Bool { upper.value.signum < 0 || upper.value.isZero && upper.isOpen }
    var isNotNegative: Bool { lower.value.signum >= 0 }
    var isNotPositive: Bool { upper.value.signum <= 0 }

    static prefix func - (value: Enclosure) -> Enclosure {
        Enclosure(-value.upper, -value.lower, value.rootBound)
    }

    /// Whether the number is proven to be `candidate`.
    func isProven(equalTo candidate: DecimalNumber) -> Bool {
        guard contains(candidate) else { return false }
        if lower.value == upper.value { return true }
        guard let rootBound else { return false }
        let difference = rootBound.adding(RootBound(candidate))
        // The number and the candidate differ by less than ten to this power.
        guard let below = candidate.differenceExponent(lower.value),
            let above = candidate.differenceExponent(upper.value)
        else { return false }
        return difference.isZero(below: max(below, above))
    }

    private func contains(_ candidate: DecimalNumber) -> Bool {
        let (below, above) = (lower.value.compared(with: candidate), upper.value.compared(with: candidate))
        return (below < 0 || below == 0 && !lower.isOpen) && (above > 0 || above == 0 && !upper.isOpen)
    }
}

extension DecimalNumber {
    /// Digits that two numbers are written out to, to compare them: more than those of any working precision.
    private static let comparableDigits = 1_000_000

    /// Whether the two are near enough to each other for their sum to be written out.
    func canBeAdded(to other: DecimalNumber) -> Bool {
        isZero || other.isZero || Self.alignedDigits(self, other) <= Self.comparableDigits
    }

    /// An exponent of ten that the distance of two numbers is less than: `Int.min` of equal ones, nil of those that are
    /// too different to be subtracted.
    fileprivate func differenceExponent(_ other: DecimalNumber) -> Int? {
        guard canBeAdded(to: other) else { return nil }
        let difference = self - other
        return difference.isZero ? .min : difference.adjustedExponentEstimate.upperBound + 1
    }
}
