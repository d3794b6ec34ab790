/// `summarize`: what many numbers have in common.
package struct SummarizeRequest: Sendable, Hashable {
    /// Decimal numbers, at least one.
    package var values: [String]
    /// Decimals from 0 to 1.
    package var quantiles: [String]
    /// Significant digits of mean and variance where their digits have no end; all else is exact.
    package var precision: Int
    package var rounding: Rounding

    package init(
        values: [String], quantiles: [String] = [], precision: Int = CalculationLimits.standardPrecision,
        rounding: Rounding = .halfEven
    ) {
        self.values = values
        self.quantiles = quantiles
        self.precision = precision
        self.rounding = rounding
    }
}

/// The numbers are decimals as ``DecimalNumber/text`` writes them.
package struct Summary: Sendable, Hashable {
    package struct Quantile: Sendable, Hashable {
        /// As it was asked for.
        package let quantile: String
        package let value: String

        package init(quantile: String, value: String) {
            self.quantile = quantile
            self.value = value
        }
    }

    package let count: Int
    package let sum: String
    package let mean: String
    /// The sample variance (divided by the count less one): nil of a single value.
    package let variance: String?
    package let minimum: String
    package let maximum: String
    /// In the order in which they were asked for, interpolated linearly (type 7 of Hyndman and Fan 1996).
    package let quantiles: [Quantile]
    /// Whether mean and variance are exact; the others always are.
    package let isExact: Bool

    package init(
        count: Int, sum: String, mean: String, variance: String?, minimum: String, maximum: String,
        quantiles: [Quantile], isExact: Bool
    ) {
        self.count = count
        self.sum = sum
        self.mean = mean
        self.variance = variance
        self.minimum = minimum
        self.maximum = maximum
        self.quantiles = quantiles
        self.isExact = isExact
    }
}
