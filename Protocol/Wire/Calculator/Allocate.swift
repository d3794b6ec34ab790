/// `allocate`: an amount of smallest units divided among weights, with nothing lost or created.
package enum Allocate: WireMethod {
    package static let id: UInt16 = 4
    package static let name = "allocate"
    package static let isIdempotent = true

    package struct Request: WirePayload {
        /// A whole number, also below zero.
        package let units: String
        /// Decimals, none below zero.
        package let weights: [String]

        package init(units: String, weights: [String]) throws(PayloadError) {
            try Check.bytes(units, maximum: CalculatorLimits.number, "units")
            try Check.count(weights.count, maximum: CalculatorLimits.weights, "weights")
            try Check.each(weights, maximum: CalculatorLimits.number, "weight")
            self.units = units
            self.weights = weights
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            units = try reader.text(maximum: CalculatorLimits.number, "units")
            weights = try reader.texts(
                maximum: CalculatorLimits.weights, each: CalculatorLimits.number, "weights")
        }

        package func encode(into sink: inout some ByteSink) {
            sink.append(text: units)
            sink.append(texts: weights)
        }
    }

    package struct Response: WirePayload {
        /// Whole numbers in the order of the weights, which add up to the units.
        package let parts: [String]

        package init(parts: [String]) throws(PayloadError) {
            try Check.count(parts.count, maximum: CalculatorLimits.weights, "parts")
            try Check.each(parts, maximum: CalculatorLimits.number, "part")
            self.parts = parts
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            parts = try reader.texts(maximum: CalculatorLimits.weights, each: CalculatorLimits.number, "parts")
        }

        package func encode(into sink: inout some ByteSink) { sink.append(texts: parts) }
    }
}
