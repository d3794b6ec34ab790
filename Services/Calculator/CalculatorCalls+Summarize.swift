import CalculatorDomain
import Wire

extension CalculatorCalls {
    func summarize(_ request: Summarize.Request, _ budget: Budget) throws(CalculationError) -> Summarize.Response {
        let keepsValues =
            switch request.form {
            case .whole: !request.quantiles.isEmpty
            case .partWithValues: true
            case .part: false
            }
        var parts: [SummaryPart] = []
        for part in request.parts where part.count > 0 { parts.append(try part.domain(limits: calculator.limits)) }
        if !request.values.isEmpty || parts.isEmpty {
            parts.append(try calculator.summarizePart(request.values, keepingValues: keepsValues, budget: budget))
        }
        switch request.form {
        case .whole:
            let wanted = SummarizeRequest(
                values: [], quantiles: request.quantiles, precision: Int(request.rounding.precision),
                rounding: request.rounding.rule.domain)
            let summary = try calculator.summarize(merging: parts, wanted, budget: budget)
            return try Self.answer { () throws(PayloadError) in .whole(try summary.wire()) }
        case .part, .partWithValues:
            let part = try calculator.merge(parts, budget: budget)
            return try Self.answer { () throws(PayloadError) in .part(try part.wire()) }
        }
    }
}

extension CalculatorDomain.Summary {
    fileprivate func wire() throws(PayloadError) -> Wire.Summary {
        var answers: [Wire.Summary.Quantile] = []
        for quantile in quantiles {
            answers.append(try Wire.Summary.Quantile(fraction: quantile.quantile, value: quantile.value))
        }
        return try Wire.Summary(
            count: UInt64(count), sum: sum, mean: mean, variance: variance, minimum: minimum, maximum: maximum,
            quantiles: answers, isExact: isExact)
    }
}

extension SummaryPart {
    fileprivate func wire() throws(PayloadError) -> PartialSummary {
        try PartialSummary(
            count: UInt64(count), sum: sum.text, sumOfSquares: sumOfSquares.text,
            extremes: PartialSummary.Extremes(minimum: minimum.text, maximum: maximum.text),
            values: sortedValues?.map(\.text) ?? [])
    }
}

extension PartialSummary {
    fileprivate func domain(limits: CalculationLimits) throws(CalculationError) -> SummaryPart {
        guard let extremes, let count = Int(exactly: count) else {
            throw CalculationError(
                .mismatchedParts, "a part of a summary has too many values, or none", pointer: "/parts")
        }
        func number(_ text: String) throws(CalculationError) -> DecimalNumber {
            try DecimalNumber(text, limits: limits, pointer: "/parts")
        }
        var sorted: [DecimalNumber] = []
        sorted.reserveCapacity(values.count)
        for value in values { sorted.append(try number(value)) }
        return try SummaryPart(
            count: count, sum: try number(sum), sumOfSquares: try number(sumOfSquares),
            minimum: try number(extremes.minimum), maximum: try number(extremes.maximum),
            sortedValues: sorted.isEmpty ? nil : sorted)
    }
}
