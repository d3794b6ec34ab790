import BigNumber

/// Count, sum and sum of squares: exact, so that those of parts add up to those of the whole.
struct Moments: Sendable {
    let count: Int
    let sum: DecimalNumber
    let sumOfSquares: DecimalNumber

    init(count: Int, sum: DecimalNumber, sumOfSquares: DecimalNumber) {
        self.count = count
        self.sum = sum
        self.sumOfSquares = sumOfSquares
    }

    init(_ values: [DecimalNumber], _ meter: Meter) throws(CalculationError) {
        try meter.pay(values.count * 4)
        if let (mantissas, exponent) = SortedValues.align(values) {
            self.init(aligned: mantissas, exponent: exponent)
            return
        }
        // One sum for each exponent, so that few numbers are written out with zeros.
        var sums: [Int: (sum: BigInteger, squares: BigInteger)] = [:]
        for value in values {
            let bits = value.bitWidth
            try meter.pay(Work.step + Work.multiplication(bits, bits))
            let before = sums[value.exponent] ?? (.zero, .zero)
            sums[value.exponent] = (before.sum + value.mantissa, before.squares + value.mantissa * value.mantissa)
        }
        var result = Moments(count: values.count, sum: .zero, sumOfSquares: .zero)
        for (exponent, part) in sums.sorted(by: { $0.key < $1.key }) {
            result = try result.adding(
                Moments(
                    count: 0, sum: DecimalNumber(part.sum, exponent: exponent),
                    sumOfSquares: DecimalNumber(part.squares, exponent: 2 * exponent)), meter)
        }
        self = result
    }

    private init(aligned mantissas: [Int], exponent: Int) {
        // 2^63 times as many values as there may be still fits in 128 bits; squares need carries.
        var sum: Int128 = 0
        var squares: UInt128 = 0
        var carries = 0
        for mantissa in mantissas {
            sum += Int128(mantissa)
            let square = UInt128(mantissa.magnitude) * UInt128(mantissa.magnitude)
            let overflow: Bool
            (squares, overflow) = squares.addingReportingOverflow(square)
            if overflow { carries += 1 }
        }
        let sumOfSquares = BigInteger(carries) * BigInteger(2).power(128) + BigInteger(squares)
        self.init(
            count: mantissas.count,
            sum: DecimalNumber(
                sum < 0 ? -BigInteger(sum.magnitude) : BigInteger(sum.magnitude), exponent: exponent),
            sumOfSquares: DecimalNumber(sumOfSquares, exponent: 2 * exponent))
    }

    func adding(_ other: Moments, _ meter: Meter) throws(CalculationError) -> Moments {
        Moments(
            count: count + other.count, sum: try Self.sum(sum, other.sum, meter),
            sumOfSquares: try Self.sum(sumOfSquares, other.sumOfSquares, meter))
    }

    /// A sum that is paid for, and within the limit of digits.
    static func sum(
        _ left: DecimalNumber, _ right: DecimalNumber, _ meter: Meter
    ) throws(CalculationError) -> DecimalNumber {
        guard let sum = try ExactNumber(left).adding(ExactNumber(right), meter)?.decimal else {
            throw meter.tooManyDigits()
        }
        return sum
    }

    /// The sum divided by the count.
    func mean(_ meter: Meter) throws(CalculationError) -> ExactNumber {
        try divided(sum, by: BigInteger(count), meter)
    }

    /// The sample variance: (n × Σx² − (Σx)²) / (n × (n − 1)). Nil of a single value.
    func variance(_ meter: Meter) throws(CalculationError) -> ExactNumber? {
        guard count > 1 else { return nil }
        try meter.admit(passingDigits: 2 * sum.mantissa.decimalDigitsEstimate)
        try meter.pay(2 * Work.multiplication(sum.bitWidth, sum.bitWidth))
        let scaled = DecimalNumber(sumOfSquares.mantissa * BigInteger(count), exponent: sumOfSquares.exponent)
        let difference = try Self.sum(scaled, -(sum * sum), meter)
        return try divided(difference, by: BigInteger(count) * BigInteger(count - 1), meter)
    }

    private func divided(
        _ dividend: DecimalNumber, by divisor: BigInteger, _ meter: Meter
    ) throws(CalculationError) -> ExactNumber {
        let reciprocal = ExactNumber(reduced: .one, divisor, exponent: 0)
        guard let quotient = try ExactNumber(dividend).multiplied(by: reciprocal, meter) else {
            throw meter.tooManyDigits()
        }
        return quotient
    }
}

extension BigInteger {
    fileprivate init(_ value: UInt128) {
        self =
            BigInteger(UInt64(truncatingIfNeeded: value >> 64)) * BigInteger(2).power(64)
            + BigInteger(UInt64(truncatingIfNeeded: value))
    }

    private init(_ value: UInt64) {
        self = BigInteger(Int(value >> 1)) * BigInteger(2) + BigInteger(Int(value & 1))
    }
}
