/// The summary of a part of the values: what the summaries of all parts make the summary of the whole from, exactly.
///
/// With the values themselves, in order, where quantiles are wanted.
package struct SummaryPart: Sendable {
    let moments: Moments
    let values: SortedValues?

    package let minimum: DecimalNumber
    package let maximum: DecimalNumber
    package var count: Int { moments.count }
    package var sum: DecimalNumber { moments.sum }
    package var sumOfSquares: DecimalNumber { moments.sumOfSquares }
    /// In ascending order; nil in a part that no quantile is wanted of.
    package var sortedValues: [DecimalNumber]? { values?.all }

    init(moments: Moments, minimum: DecimalNumber, maximum: DecimalNumber, values: SortedValues?) {
        self.moments = moments
        self.minimum = minimum
        self.maximum = maximum
        self.values = values
    }

    /// A part that somebody else has made.
    ///
    /// - Parameter sortedValues: in any order; sorting what is sorted is fast.
    /// - Throws: ``CalculationError/Code/mismatchedParts`` where the parameters contradict each other.
    package init(
        count: Int, sum: DecimalNumber, sumOfSquares: DecimalNumber, minimum: DecimalNumber, maximum: DecimalNumber,
        sortedValues: [DecimalNumber]?
    ) throws(CalculationError) {
        let values = sortedValues.map(SortedValues.init(sorting:))
        var isConsistent = count > 0 && minimum <= maximum && sumOfSquares.signum >= 0
        if let values {
            isConsistent = isConsistent && values.count == count && values[0] == minimum && values[count - 1] == maximum
        }
        guard isConsistent else {
            throw CalculationError(.mismatchedParts, "the fields of a part of a summary contradict each other")
        }
        self.init(
            moments: Moments(count: count, sum: sum, sumOfSquares: sumOfSquares), minimum: minimum, maximum: maximum,
            values: values)
    }
}
