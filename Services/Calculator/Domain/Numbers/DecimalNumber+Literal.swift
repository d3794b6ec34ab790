import BigNumber

extension DecimalNumber {
    /// What is wrong with a literal, and where: an offset in bytes.
    enum LiteralError: Error {
        case invalid(offset: Int)
        case tooManyDigits
        case exponentOutOfRange
    }

    /// Reads the longest literal without a sign that begins at `offset`, and moves behind it: digits with at most one
    /// point before, between or after them, then perhaps `e` or `E`, a sign and digits.
    static func scan(
        _ text: UnsafeBufferPointer<UInt8>, at offset: inout Int, limits: CalculationLimits
    ) throws(LiteralError) -> DecimalNumber {
        let start = offset
        var mantissa = 0
        // Digits of the mantissa so far, without leading zeros; and zeros that count only if another digit follows.
        var count = 0
        var pendingZeros = 0
        var fraction = 0
        var hasDigits = false
        var hasPoint = false
        scanning: while offset < text.count {
            switch text[offset] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(text[offset] &- UInt8(ascii: "0"))
                hasDigits = true
                if hasPoint { fraction += 1 }
                if digit == 0 {
                    if count > 0 { pendingZeros += 1 }
                } else {
                    count += pendingZeros + 1
                    if count <= smallDigits { mantissa = mantissa * smallPowers[pendingZeros + 1] + digit }
                    pendingZeros = 0
                }
            case UInt8(ascii: ".") where !hasPoint: hasPoint = true
            default: break scanning
            }
            offset += 1
        }
        guard hasDigits else { throw .invalid(offset: start) }
        guard count <= limits.digits else { throw .tooManyDigits }
        let end = offset
        var exponent = try scanExponent(text, at: &offset, limits: limits)
        exponent += pendingZeros - fraction
        if count == 0 { return .zero }
        guard abs(exponent + count - 1) <= limits.exponent else { throw .exponentOutOfRange }
        if count <= smallDigits { return DecimalNumber(BigInteger(mantissa), exponent: exponent) }
        return DecimalNumber(large(text[start..<end], count: count), exponent: exponent)
    }

    /// Decimal digits that always fit in a machine word.
    private static let smallDigits = 18
    private static let smallPowers: [Int] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    /// The first `count` digits from the first one that is not zero.
    private static func large(_ text: Slice<UnsafeBufferPointer<UInt8>>, count: Int) -> BigInteger {
        let digits = text.lazy.filter { $0 != UInt8(ascii: ".") }.drop { $0 == UInt8(ascii: "0") }.prefix(count)
        guard let value = BigInteger(decimalDigits: digits) else { preconditionFailure("a literal has only digits") }
        return value
    }

    /// The exponent that begins here, if one does; else 0.
    private static func scanExponent(
        _ text: UnsafeBufferPointer<UInt8>, at offset: inout Int, limits: CalculationLimits
    ) throws(LiteralError) -> Int {
        guard offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") else { return 0 }
        offset += 1
        var isNegative = false
        if offset < text.count, text[offset] == UInt8(ascii: "+") || text[offset] == UInt8(ascii: "-") {
            isNegative = text[offset] == UInt8(ascii: "-")
            offset += 1
        }
        var exponent = 0
        let first = offset
        while offset < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[offset]) {
            // Twice the limit: what is beyond stays beyond, however many digits of the mantissa there are.
            exponent = min(exponent * 10 + Int(text[offset] &- UInt8(ascii: "0")), 2 * limits.exponent + limits.digits)
            offset += 1
        }
        guard offset > first else { throw .invalid(offset: offset) }
        return isNegative ? -exponent : exponent
    }
}

extension DecimalNumber {
    /// The number that all of the text stands for: a literal of expressions, with a sign or without.
    ///
    /// - Throws: ``CalculationError/Code/invalidNumber`` and where the literal runs into a limit; `pointer` is theirs.
    package init(
        _ text: String, limits: CalculationLimits = .standard, pointer: @autoclosure () -> String = ""
    ) throws(CalculationError) {
        var text = text
        let result = text.withUTF8 { bytes -> Result<DecimalNumber, LiteralError> in
            var offset = 0
            var isNegative = false
            if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
                isNegative = first == UInt8(ascii: "-")
                offset = 1
            }
            do throws(LiteralError) {
                let value = try Self.scan(bytes, at: &offset, limits: limits)
                guard offset == bytes.count else { throw .invalid(offset: offset) }
                return .success(isNegative ? -value : value)
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let value): self = value
        case .failure(let error): throw error.calculationError(limits: limits, pointer: pointer())
        }
    }
}

extension DecimalNumber.LiteralError {
    func calculationError(limits: CalculationLimits, pointer: String = "") -> CalculationError {
        let meter = Meter(limits, .unlimited)
        return switch self {
        case .invalid:
            CalculationError(.invalidNumber, "not a decimal number", pointer: pointer)
        case .tooManyDigits: meter.tooManyDigits().at(position: nil, pointer: pointer)
        case .exponentOutOfRange: meter.exponentOutOfRange().at(position: nil, pointer: pointer)
        }
    }
}
