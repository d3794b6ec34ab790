/// The summary of some values in a form that merges with others without loss.
package struct PartialSummary: WirePayload {
    package let count: UInt64
    /// An exact decimal.
    package let sum: String
    /// The exact sum of the squares.
    package let sumOfSquares: String
    /// Nil where there are no values.
    package let extremes: Extremes?
    /// All values in ascending order, or none where they were not asked for.
    package let values: [String]

    package struct Extremes: Sendable, Hashable {
        package let minimum: String
        package let maximum: String

        package init(minimum: String, maximum: String) {
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    package init(
        count: UInt64, sum: String, sumOfSquares: String, extremes: Extremes?, values: [String]
    ) throws(PayloadError) {
        try Check.bytes(sum, maximum: CalculatorLimits.exactNumber, "sum")
        try Check.bytes(sumOfSquares, maximum: CalculatorLimits.exactNumber, "sum of squares")
        if let extremes {
            try Check.bytes(extremes.minimum, maximum: CalculatorLimits.number, "minimum")
            try Check.bytes(extremes.maximum, maximum: CalculatorLimits.number, "maximum")
        }
        try Check.count(values.count, maximum: CalculatorLimits.values, "values")
        try Check.each(values, maximum: CalculatorLimits.number, "value")
        self.count = count
        self.sum = sum
        self.sumOfSquares = sumOfSquares
        self.extremes = extremes
        self.values = values
        try checkCounts()
    }

    package init(from reader: inout WireReader) throws(PayloadError) {
        count = try reader.integer()
        sum = try reader.text(maximum: CalculatorLimits.exactNumber, "sum")
        sumOfSquares = try reader.text(maximum: CalculatorLimits.exactNumber, "sum of squares")
        if try reader.boolean("extremes") {
            extremes = Extremes(
                minimum: try reader.text(maximum: CalculatorLimits.number, "minimum"),
                maximum: try reader.text(maximum: CalculatorLimits.number, "maximum"))
        } else {
            extremes = nil
        }
        values = try reader.texts(maximum: CalculatorLimits.values, each: CalculatorLimits.number, "values")
        try checkCounts()
    }

    private func checkCounts() throws(PayloadError) {
        guard (count == 0) == (extremes == nil) else { throw .invalid("extremes") }
        guard values.isEmpty || UInt64(values.count) == count else { throw .invalid("values") }
    }

    package func encode(into sink: inout some ByteSink) {
        sink.append(count)
        sink.append(text: sum)
        sink.append(text: sumOfSquares)
        sink.append(extremes != nil)
        if let extremes {
            sink.append(text: extremes.minimum)
            sink.append(text: extremes.maximum)
        }
        sink.append(texts: values)
    }
}
