/// `convert`: an amount between denominations of one asset, exactly.
package enum Convert: WireMethod {
    package static let id: UInt16 = 5
    package static let name = "convert"
    package static let isIdempotent = true

    package struct Request: WirePayload {
        /// A decimal.
        package let amount: String
        /// Symbols of denominations, such as `SOL` and `LAMPORT`.
        package let from: String
        package let to: String

        package init(amount: String, from: String, to: String) throws(PayloadError) {
            try Check.bytes(amount, maximum: CalculatorLimits.number, "amount")
            try Check.bytes(from, maximum: CalculatorLimits.name, "from")
            try Check.bytes(to, maximum: CalculatorLimits.name, "to")
            self.amount = amount
            self.from = from
            self.to = to
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            amount = try reader.text(maximum: CalculatorLimits.number, "amount")
            from = try reader.text(maximum: CalculatorLimits.name, "from")
            to = try reader.text(maximum: CalculatorLimits.name, "to")
        }

        package func encode(into sink: inout some ByteSink) {
            sink.append(text: amount)
            sink.append(text: from)
            sink.append(text: to)
        }
    }

    package struct Response: WirePayload {
        package let amount: String

        package init(amount: String) throws(PayloadError) {
            try Check.bytes(amount, maximum: CalculatorLimits.number, "amount")
            self.amount = amount
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            amount = try reader.text(maximum: CalculatorLimits.number, "amount")
        }

        package func encode(into sink: inout some ByteSink) { sink.append(text: amount) }
    }
}
