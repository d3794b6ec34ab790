/// `batch`: many expressions with one rounding; a result or an error for each, in their order.
package enum Batch: WireMethod {
    package static let id: UInt16 = 2
    package static let name = "batch"
    package static let isIdempotent = true

    package struct Request: WirePayload {
        package let expressions: [String]
        package let rounding: Rounding

        package init(expressions: [String], rounding: Rounding = .standard) throws(PayloadError) {
            try Check.count(expressions.count, maximum: CalculatorLimits.batch, "expressions")
            try Check.each(expressions, maximum: CalculatorLimits.expression, "expression")
            self.expressions = expressions
            self.rounding = rounding
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            rounding = try Rounding(from: &reader)
            expressions = try reader.texts(
                maximum: CalculatorLimits.batch, each: CalculatorLimits.expression, "expressions")
        }

        package func encode(into sink: inout some ByteSink) {
            rounding.encode(into: &sink)
            sink.append(texts: expressions)
        }
    }

    package struct Response: WirePayload {
        package let items: [Item]

        package init(items: [Item]) throws(PayloadError) {
            try Check.count(items.count, maximum: CalculatorLimits.batch, "items")
            self.items = items
        }

        package init(from reader: inout WireReader) throws(PayloadError) {
            items = try reader.list(maximum: CalculatorLimits.batch, "items")
        }

        package func encode(into sink: inout some ByteSink) { sink.append(list: items) }
    }

    package enum Item: WirePayload {
        case evaluation(Evaluation)
        /// Its ``RPCError/isRetryable`` does not travel: the batch as a whole was answered.
        case error(RPCError)

        /// A 16-bit status: an evaluation follows 0, and the payload of an error any other.
        package init(from reader: inout WireReader) throws(PayloadError) {
            let code = try reader.integer(UInt16.self)
            guard code != 0 else {
                self = .evaluation(try Evaluation(from: &reader))
                return
            }
            var error = try RPCError(from: &reader)
            error.code = StatusCode(received: code)
            self = .error(error)
        }

        package func encode(into sink: inout some ByteSink) {
            switch self {
            case .evaluation(let evaluation):
                sink.append(StatusCode.ok.rawValue)
                evaluation.encode(into: &sink)
            case .error(let error):
                sink.append(error.code.rawValue)
                error.encode(into: &sink)
            }
        }
    }
}
