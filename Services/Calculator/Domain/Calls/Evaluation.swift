/// `evaluate`: one expression.
package struct EvaluateRequest: Sendable, Hashable {
    package var expression: String
    /// Significant digits of the result, in ``CalculationLimits/precision``.
    package var precision: Int
    package var rounding: Rounding
    /// Decimal numbers by name.
    package var variables: [String: String]

    package init(
        expression: String, precision: Int = CalculationLimits.standardPrecision, rounding: Rounding = .halfEven,
        variables: [String: String] = [:]
    ) {
        self.expression = expression
        self.precision = precision
        self.rounding = rounding
        self.variables = variables
    }
}

/// What an expression is worth.
package struct Evaluation: Sendable, Hashable {
    /// A decimal, as ``DecimalNumber/text`` writes it; of a comparison `true` or `false`.
    package let result: String
    /// Whether the result is the value itself. Where it is not, it is the value correctly rounded.
    package let isExact: Bool
    /// To how many significant digits the value was rounded; nil where it was not.
    package let digits: Int?

    package init(result: String, isExact: Bool, digits: Int?) {
        self.result = result
        self.isExact = isExact
        self.digits = digits
    }
}

/// `batch`: many expressions, each with a result or an error of its own.
package struct BatchRequest: Sendable, Hashable {
    package var expressions: [String]
    package var precision: Int
    package var rounding: Rounding
    package var variables: [String: String]

    package init(
        expressions: [String], precision: Int = CalculationLimits.standardPrecision, rounding: Rounding = .halfEven,
        variables: [String: String] = [:]
    ) {
        self.expressions = expressions
        self.precision = precision
        self.rounding = rounding
        self.variables = variables
    }
}

/// The results of a batch, in the order of its expressions.
package struct BatchAnswer: Sendable, Hashable {
    /// Errors' pointers are into the batch: `/expressions/3`.
    package let results: [Result<Evaluation, CalculationError>]

    package init(results: [Result<Evaluation, CalculationError>]) {
        self.results = results
    }
}
