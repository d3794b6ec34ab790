/// The summary of all values.
package struct Summary: WirePayload {
    package let count: UInt64
    package let sum: String
    /// Nil of no values.
    package let mean: String?
    /// Of the sample (divided by count − 1). Nil of fewer than two values.
    package let variance: String?
    package let minimum: String?
    package let maximum: String?
    /// In the order in which they were asked for.
    package let quantiles: [Quantile]
    /// Whether nothing was rounded.
    package let isExact: Bool

    package struct Quantile: WirePayload {
        /// As it was asked for.
        package let fraction: String
        package let value: String

        package init(fraction: String, value: String) throws(PayloadError) {
            try Check.bytes(fraction, maximum: CalculatorLimits.name, "quantile")
            try Check.bytes(value, maximum: CalculatorLimits.exactNumber, "value of a quantile")
            self.fraction = fraction
            self.value = value
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            fraction = try reader.text(maximum: CalculatorLimits.name, "quantile")
            value = try reader.text(maximum: CalculatorLimits.exactNumber, "value of a quantile")
        }

        package func encode(into sink: inout some ByteSink) {
            sink.append(text: fraction)
            sink.append(text: value)
        }
    }

    package init(
        count: UInt64, sum: String, mean: String?, variance: String?, minimum: String?, maximum: String?,
        quantiles: [Quantile], isExact: Bool
    ) throws(PayloadError) {
        for text in [sum, mean, variance, minimum, maximum] {
            if let text { try Check.bytes(text, maximum: CalculatorLimits.exactNumber, "number of a summary") }
        }
        try Check.count(quantiles.count, maximum: CalculatorLimits.quantiles, "quantiles")
        self.count = count
        self.sum = sum
        self.mean = mean
        self.variance = variance
        self.minimum = minimum
        self.maximum = maximum
        self.quantiles = quantiles
        self.isExact = isExact
    }

    package init(from reader: inout WireReader) throws(PayloadError) {
        count = try reader.integer()
        sum = try reader.text(maximum: CalculatorLimits.exactNumber, "sum")
        mean = try reader.optionalNumber("mean")
        variance = try reader.optionalNumber("variance")
        minimum = try reader.optionalNumber("minimum")
        maximum = try reader.optionalNumber("maximum")
        quantiles = try reader.list(maximum: CalculatorLimits.quantiles, "quantiles")
        isExact = try reader.boolean("exact")
    }

    package func encode(into sink: inout some ByteSink) {
        sink.append(count)
        sink.append(text: sum)
        for number in [mean, variance, minimum, maximum] {
            sink.append(number != nil)
            if let number { sink.append(text: number) }
        }
        sink.append(list: quantiles)
        sink.append(isExact)
    }
}

extension WireReader {
    fileprivate mutating func optionalNumber(_ field: String) throws(PayloadError) -> String? {
        try boolean(field) ? try text(maximum: CalculatorLimits.exactNumber, field) : nil
    }
}
