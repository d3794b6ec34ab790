/// `evaluate`: the value of one expression.
package enum Evaluate: WireMethod {
    package static let id: UInt16 = 1
    package static let name = "evaluate"
    package static let isIdempotent = true

    package struct Request: WirePayload {
        package let expression: String
        package let rounding: Rounding
        package let variables: [Variable]

        package init(
            expression: String, rounding: Rounding = .standard, variables: [Variable] = []
        ) throws(PayloadError) {
            try Check.bytes(expression, maximum: CalculatorLimits.expression, "expression")
            try Check.count(variables.count, maximum: CalculatorLimits.variables, "variables")
            self.expression = expression
            self.rounding = rounding
            self.variables = variables
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            rounding = try Rounding(from: &reader)
            expression = try reader.text(maximum: CalculatorLimits.expression, "expression")
            variables = try reader.list(maximum: CalculatorLimits.variables, "variables")
        }

        package func encode(into sink: inout some ByteSink) {
            rounding.encode(into: &sink)
            sink.append(text: expression)
            sink.append(list: variables)
        }
    }

    /// A name in the expression, and the number it stands for.
    package struct Variable: WirePayload {
        package let name: String
        package let value: String

        package init(name: String, value: String) throws(PayloadError) {
            try Check.bytes(name, maximum: CalculatorLimits.name, "variable name")
            try Check.bytes(value, maximum: CalculatorLimits.number, "variable value")
            self.name = name
            self.value = value
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            name = try reader.text(maximum: CalculatorLimits.name, "variable name")
            value = try reader.text(maximum: CalculatorLimits.number, "variable value")
        }

        package func encode(into sink: inout some ByteSink) {
            sink.append(text: name)
            sink.append(text: value)
        }
    }

    package typealias Response = Evaluation
}

/// What an expression comes to.
package struct Evaluation: WirePayload {
    /// A decimal, `true` or `false`.
    package let result: String
    /// The significant digits it was rounded to; 0 where it is exact.
    package let digits: UInt16

    package var isExact: Bool { digits == 0 }

    package init(result: String, digits: UInt16 = 0) throws(PayloadError) {
        try Check.bytes(result, maximum: CalculatorLimits.number, "result")
        guard digits <= CalculatorLimits.precision.upperBound else {
            throw .overLimit("digits", maximum: Int(CalculatorLimits.precision.upperBound))
        }
        self.result = result
        self.digits = digits
    }

    package init(from reader: inout WireReader) throws(PayloadError) {
        let result = try reader.text(maximum: CalculatorLimits.number, "result")
        try self.init(result: result, digits: reader.integer())
    }

    package func encode(into sink: inout some ByteSink) {
        sink.append(text: result)
        sink.append(digits)
    }
}
