import BigNumber

extension Calculator {
    /// Count, sum, mean, variance, least, greatest and quantiles of the values.
    package func summarize(
        _ request: SummarizeRequest, budget: Budget = .unlimited
    ) throws(CalculationError) -> Summary {
        let meter = Meter(limits, budget)
        try meter.begin()
        try check(precision: request.precision)
        let quantiles = try parseQuantiles(request.quantiles)
        let part = try part(of: request.values, keepingValues: !quantiles.isEmpty, meter)
        return try summary(of: part, request.quantiles, quantiles, request.precision, request.rounding, meter)
    }

    /// The summary of a part of the values, to be combined with others.
    ///
    /// - Parameter keepingValues: whether quantiles are wanted in the end.
    package func summarizePart(
        _ values: [String], keepingValues: Bool, budget: Budget = .unlimited
    ) throws(CalculationError) -> SummaryPart {
        let meter = Meter(limits, budget)
        try meter.begin()
        return try part(of: values, keepingValues: keepingValues, meter)
    }

    /// The summary of the whole from those of its parts, in any order: the same as of all values at once.
    ///
    /// - Parameter request: what is wanted; its values do not count.
    package func summarize(
        merging parts: [SummaryPart], _ request: SummarizeRequest, budget: Budget = .unlimited
    ) throws(CalculationError) -> Summary {
        let meter = Meter(limits, budget)
        try meter.begin()
        try check(precision: request.precision)
        let quantiles = try parseQuantiles(request.quantiles)
        let whole = try merge(parts, meter)
        return try summary(of: whole, request.quantiles, quantiles, request.precision, request.rounding, meter)
    }

    /// One part of several: what a tree of parts is combined with.
    package func merge(_ parts: [SummaryPart], budget: Budget = .unlimited) throws(CalculationError) -> SummaryPart {
        try merge(parts, Meter(limits, budget))
    }
}

extension Calculator {
    private func part(
        of texts: [String], keepingValues: Bool, _ meter: Meter
    ) throws(CalculationError) -> SummaryPart {
        try check(count: texts.count)
        var values: [DecimalNumber] = []
        values.reserveCapacity(texts.count)
        var bytes = 0
        for (index, text) in texts.enumerated() {
            bytes += text.utf8.count
            try checkRequest(bytes: bytes, pointer: "/values")
            try meter.pay(
                2 * Work.step + (text.utf8.count > 18 ? Work.conversion(Work.bits(ofDigits: text.utf8.count)) : 0))
            values.append(try DecimalNumber(text, limits: limits, pointer: "/values/\(index)"))
        }
        try checkSpread(values, meter)
        let moments = try Moments(values, meter)
        try payForSorting(values.count, meter)
        for value in values where value.mantissa.small == nil {
            // Long numbers may have to be written out to the end to be compared.
            try meter.pay(Self.comparisons(values.count) * 3 * Work.multiplication(value.bitWidth, value.bitWidth))
        }
        if keepingValues {
            let sorted = SortedValues(sorting: values)
            return SummaryPart(
                moments: moments, minimum: sorted[0], maximum: sorted[values.count - 1], values: sorted)
        }
        guard let minimum = values.min(), let maximum = values.max() else { throw empty() }
        return SummaryPart(moments: moments, minimum: minimum, maximum: maximum, values: nil)
    }

    /// Throws unless the values can be written out below each other, and their squares.
    private func checkSpread(_ values: [DecimalNumber], _ meter: Meter) throws(CalculationError) {
        var least = Int.max
        var most = Int.min
        for value in values where !value.isZero {
            least = min(least, value.exponent)
            most = max(most, value.adjustedExponentEstimate.upperBound)
        }
        guard least <= most else { return }
        try meter.admit(passingDigits: 2 * (most - least + 1))
        try meter.admit(exponent: 2 * max(abs(most), abs(least)))
    }

    private func merge(_ parts: [SummaryPart], _ meter: Meter) throws(CalculationError) -> SummaryPart {
        guard var minimum = parts.first?.minimum, var maximum = parts.first?.maximum else { throw empty() }
        var moments = Moments(count: 0, sum: .zero, sumOfSquares: .zero)
        var lists: [SortedValues] = []
        for part in parts {
            let limit = part.values == nil ? limits.count : limits.values
            guard part.count <= limit - moments.count else { throw tooManyValues(limit) }
            moments = try moments.adding(part.moments, meter)
            try meter.pay(Work.step)
            minimum = min(minimum, part.minimum)
            maximum = max(maximum, part.maximum)
            if let values = part.values { lists.append(values) }
        }
        guard lists.isEmpty || lists.count == parts.count else {
            throw CalculationError(.mismatchedParts, "some parts of the summary have their values, and some have not")
        }
        try payForSorting(lists.isEmpty ? 0 : moments.count, meter)
        return SummaryPart(
            moments: moments, minimum: minimum, maximum: maximum,
            values: lists.isEmpty ? nil : SortedValues(merging: lists))
    }

    private func payForSorting(_ count: Int, _ meter: Meter) throws(CalculationError) {
        try meter.pay(count * Self.comparisons(count) * 4)
    }

    /// Of each value, when so many are sorted.
    private static func comparisons(_ count: Int) -> Int { Int.bitWidth - count.leadingZeroBitCount }

    private func parseQuantiles(_ texts: [String]) throws(CalculationError) -> [DecimalNumber] {
        guard texts.count <= limits.quantiles else {
            throw CalculationError(.tooMany, "there are more than \(limits.quantiles) quantiles", pointer: "/quantiles")
        }
        var quantiles: [DecimalNumber] = []
        for (index, text) in texts.enumerated() {
            let pointer = "/quantiles/\(index)"
            guard text.utf8.count <= Self.maximumQuantileLength else {
                throw CalculationError(
                    .tooLong, "a quantile has at most \(Self.maximumQuantileLength) characters", pointer: pointer)
            }
            let quantile = try DecimalNumber(text, limits: limits, pointer: pointer)
            guard quantile.signum >= 0, quantile <= .one else {
                throw CalculationError(.invalidQuantile, "a quantile is from 0 to 1", pointer: pointer)
            }
            quantiles.append(quantile)
        }
        return quantiles
    }

    /// Characters of a quantile: more than anyone means.
    private static let maximumQuantileLength = 100

    private func check(count: Int) throws(CalculationError) {
        guard count > 0 else { throw empty() }
        guard count <= limits.values else { throw tooManyValues(limits.values) }
    }

    private func empty() -> CalculationError {
        CalculationError(.empty, "there are no values to summarize", pointer: "/values")
    }

    private func tooManyValues(_ limit: Int) -> CalculationError {
        CalculationError(.tooMany, "there are more than \(limit) values", pointer: "/values")
    }
}

extension Calculator {
    private func summary(
        of part: SummaryPart, _ texts: [String], _ quantiles: [DecimalNumber], _ precision: Int, _ rounding: Rounding,
        _ meter: Meter
    ) throws(CalculationError) -> Summary {
        func written(_ number: ExactNumber) throws(CalculationError) -> (text: String, isExact: Bool) {
            if let decimal = try number.finiteDecimal(meter) { return (decimal.text, true) }
            return (try number.rounded(toDigits: precision, rounding, meter).value.text, false)
        }
        let mean = try written(try part.moments.mean(meter))
        var variance: (text: String, isExact: Bool)?
        if let exact = try part.moments.variance(meter) { variance = try written(exact) }
        var results: [Summary.Quantile] = []
        for (text, quantile) in zip(texts, quantiles) {
            guard let values = part.values else {
                throw CalculationError(.mismatchedParts, "quantiles need the values of all parts")
            }
            let value = try self.quantile(quantile, of: values, meter)
            results.append(Summary.Quantile(quantile: text, value: value.text))
        }
        return Summary(
            count: part.count, sum: part.sum.text, mean: mean.text, variance: variance?.text,
            minimum: part.minimum.text, maximum: part.maximum.text, quantiles: results,
            isExact: mean.isExact && variance?.isExact ?? true)
    }

    /// x[j] + (h - j) × (x[j+1] - x[j]) with h = (n - 1) × q and j its whole part, counted from 0.
    private func quantile(
        _ quantile: DecimalNumber, of values: SortedValues, _ meter: Meter
    ) throws(CalculationError) -> DecimalNumber {
        let place = DecimalNumber(values.count - 1) * quantile
        let whole = try ExactNumber(place).rounded(toPlaces: 0, .floor, meter)
        guard let index = whole.wholeNumber() else { preconditionFailure("a quantile is from 0 to 1") }
        let below = values[index]
        guard index + 1 < values.count else { return below }
        let fraction = try Moments.sum(place, DecimalNumber(-index), meter)
        if fraction.isZero { return below }
        let step = try Moments.sum(values[index + 1], -below, meter)
        try meter.pay(Work.multiplication(step.bitWidth, fraction.bitWidth))
        return try Moments.sum(below, step * fraction, meter)
    }
}
