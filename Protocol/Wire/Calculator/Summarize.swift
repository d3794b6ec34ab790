/// `summarize`: count, sum, mean, sample variance, extremes and quantiles of values, or a part of that to be merged.
package enum Summarize: WireMethod {
    package static let id: UInt16 = 3
    package static let name = "summarize"
    package static let isIdempotent = true

    /// What is asked for.
    package enum Form: UInt8, Sendable, CaseIterable {
        /// A ``Summary``.
        case whole = 0
        /// A ``PartialSummary`` with the values, for quantiles of the whole.
        case partWithValues = 1
        /// A ``PartialSummary`` without them, where nobody asks for quantiles.
        case part = 2
    }

    package struct Request: WirePayload {
        package let form: Form
        package let rounding: Rounding
        /// Decimals from 0 to 1.
        package let quantiles: [String]
        /// Decimals.
        package let values: [String]
        /// Summaries of other values, to be counted in.
        package let parts: [PartialSummary]

        package init(
            form: Form = .whole, rounding: Rounding = .standard, quantiles: [String] = [], values: [String],
            parts: [PartialSummary] = []
        ) throws(PayloadError) {
            try Check.count(quantiles.count, maximum: CalculatorLimits.quantiles, "quantiles")
            try Check.each(quantiles, maximum: CalculatorLimits.name, "quantile")
            try Check.count(values.count, maximum: CalculatorLimits.values, "values")
            try Check.each(values, maximum: CalculatorLimits.number, "value")
            self.init(form, rounding, quantiles, values, parts)
            try checkParts()
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            guard let form = Form(rawValue: try reader.integer()) else { throw .invalid("form") }
            self.init(
                form,
                try Rounding(from: &reader),
                try reader.texts(
                    maximum: CalculatorLimits.quantiles, each: CalculatorLimits.name, "quantiles"),
                try reader.texts(maximum: CalculatorLimits.values, each: CalculatorLimits.number, "values"),
                try reader.list(maximum: CalculatorLimits.parts, "parts"))
            try checkParts()
        }

        private init(
            _ form: Form, _ rounding: Rounding, _ quantiles: [String], _ values: [String], _ parts: [PartialSummary]
        ) {
            self.form = form
            self.rounding = rounding
            self.quantiles = quantiles
            self.values = values
            self.parts = parts
        }

        private func checkParts() throws(PayloadError) {
            try Check.count(parts.count, maximum: CalculatorLimits.parts, "parts")
            let total = parts.reduce(values.count) { $0 + $1.values.count }
            try Check.count(total, maximum: CalculatorLimits.values, "values of all parts")
        }

        package func encode(into sink: inout some ByteSink) {
            sink.append(form.rawValue)
            rounding.encode(into: &sink)
            sink.append(texts: quantiles)
            sink.append(texts: values)
            sink.append(list: parts)
        }
    }

    package enum Response: WirePayload {
        case whole(Summary)
        case part(PartialSummary)

        package init(from reader: inout WireReader) throws(PayloadError) {
            switch try reader.boolean("kind of summary") {
            case false: self = .whole(try Summary(from: &reader))
            case true: self = .part(try PartialSummary(from: &reader))
            }
        }

        package func encode(into sink: inout some ByteSink) {
            switch self {
            case .whole(let summary):
                sink.append(false)
                summary.encode(into: &sink)
            case .part(let part):
                sink.append(true)
                part.encode(into: &sink)
            }
        }
    }
}
