import BigNumber

extension Calculator {
    /// Divides units among weights so that nothing is lost or created: each gets the whole part of its share, and those
    /// of the largest remainders one more, the first ones of equal remainders (Hamilton's method).
    ///
    /// A negative total is divided as the positive one is. A weight of zero gets nothing.
    package func allocate(
        _ request: AllocateRequest, budget: Budget = .unlimited
    ) throws(CalculationError) -> Allocation {
        let meter = Meter(limits, budget)
        try meter.begin()
        let total = try parseUnits(request.units)
        let weights = try parseWeights(request.weights, meter)
        try checkSize(total, weights, meter)
        let parts = try Self.divide(total.magnitude, among: weights, meter)
        return Allocation(parts: parts.map { (total.isNegative ? -$0 : $0).description })
    }

    /// Shares of a total that is not negative, for weights of which the sum is greater than zero.
    private static func divide(
        _ total: BigInteger, among weights: [BigInteger], _ meter: Meter
    ) throws(CalculationError) -> [BigInteger] {
        var sum = BigInteger.zero
        for weight in weights { sum = sum + weight }
        var shares: [BigInteger] = []
        var remainders: [BigInteger] = []
        shares.reserveCapacity(weights.count)
        remainders.reserveCapacity(weights.count)
        var rest = total
        for weight in weights {
            let bits = total.bitWidth + weight.bitWidth
            try meter.pay(
                2 * Work.step + Work.multiplication(total.bitWidth, weight.bitWidth) + Work.division(bits, sum.bitWidth)
            )
            let (share, remainder) = (total * weight).quotientAndRemainder(dividingBy: sum)
            shares.append(share)
            remainders.append(remainder)
            rest = rest - share
        }
        guard let missing = rest.small, missing > 0 else { return shares }
        // Fewer units are missing than there are remainders other than zero.
        let order = remainders.indices.sorted { left, right in
            let difference = remainders[left].compared(with: remainders[right])
            return difference == 0 ? left < right : difference > 0
        }
        for index in order.prefix(missing) { shares[index] = shares[index] + .one }
        return shares
    }

    private func parseUnits(_ text: String) throws(CalculationError) -> BigInteger {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard digits.count <= limits.digits else {
            throw CalculationError(
                .tooManyDigits, "the units have more than \(limits.digits) digits", pointer: "/units")
        }
        guard let magnitude = BigInteger(decimalDigits: digits) else {
            throw CalculationError(
                .invalidUnits, "units are a whole number, with '-' in front where it is negative", pointer: "/units")
        }
        return digits.count < text.utf8.count ? -magnitude : magnitude
    }

    /// The weights as multiples of one power of ten.
    private func parseWeights(_ texts: [String], _ meter: Meter) throws(CalculationError) -> [BigInteger] {
        guard !texts.isEmpty else {
            throw CalculationError(.empty, "there are no weights", pointer: "/weights")
        }
        guard texts.count <= limits.weights else {
            throw CalculationError(.tooMany, "there are more than \(limits.weights) weights", pointer: "/weights")
        }
        try checkRequest(bytes: texts.reduce(0) { $0 + $1.utf8.count }, pointer: "/weights")
        var weights: [DecimalNumber] = []
        weights.reserveCapacity(texts.count)
        for (index, text) in texts.enumerated() {
            try meter.pay(Work.step + Work.conversion(Work.bits(ofDigits: min(text.utf8.count, limits.digits))))
            let weight = try DecimalNumber(text, limits: limits, pointer: "/weights/\(index)")
            guard weight.signum >= 0 else {
                throw CalculationError(.invalidWeight, "a weight is not negative", pointer: "/weights/\(index)")
            }
            weights.append(weight)
        }
        let positive = weights.filter { !$0.isZero }
        guard let least = positive.map(\.exponent).min() else {
            throw CalculationError(.invalidWeight, "at least one weight is greater than zero", pointer: "/weights")
        }
        var digits = 0
        for weight in positive {
            let aligned = weight.exponent - least + weight.mantissa.decimalDigitsEstimate
            digits += aligned
            guard aligned <= limits.digits, digits <= limits.liveDigits else {
                throw CalculationError(
                    .tooManyDigits, "the weights are of too different size, or have too many digits",
                    pointer: "/weights")
            }
            try meter.pay(Work.power(Work.bits(ofDigits: aligned)))
        }
        return weights.map { $0.isZero ? .zero : $0.mantissa(at: least) }
    }

    /// Throws unless shares and remainders all fit in what one call may hold.
    private func checkSize(
        _ total: BigInteger, _ weights: [BigInteger], _ meter: Meter
    ) throws(CalculationError) {
        let widest = weights.reduce(0) { max($0, $1.decimalDigitsEstimate) }
        let digits = total.decimalDigitsEstimate + widest
        try meter.admit(passingDigits: digits)
        guard digits <= limits.liveDigits / weights.count else {
            throw CalculationError(
                .tooManyDigits, "the shares have more than \(limits.liveDigits) digits together", pointer: "/units")
        }
    }
}
