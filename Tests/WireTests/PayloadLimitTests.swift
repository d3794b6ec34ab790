import Testing
import Wire

/// Nothing beyond its limits can be made, nor read.
@Suite struct PayloadLimitTests {
    @Test func whatIsOverALimitCannotBeMade() {
        let long = String(repeating: "1", count: CalculatorLimits.expression + 1)
        #expect(throws: PayloadError.overLimit("expression", maximum: CalculatorLimits.expression)) {
            try Evaluate.Request(expression: long)
        }
        #expect(throws: PayloadError.overLimit("expressions", maximum: CalculatorLimits.batch)) {
            try Batch.Request(expressions: Array(repeating: "1", count: CalculatorLimits.batch + 1))
        }
        #expect(throws: PayloadError.overLimit("weights", maximum: CalculatorLimits.weights)) {
            try Allocate.Request(units: "1", weights: Array(repeating: "1", count: CalculatorLimits.weights + 1))
        }
        #expect(throws: PayloadError.overLimit("precision", maximum: 10_000)) {
            try Rounding(precision: 10_001, rule: .up)
        }
        #expect(throws: PayloadError.overLimit("precision", maximum: 10_000)) {
            try Rounding(precision: 0, rule: .up)
        }
    }

    @Test func aLengthOverItsLimitIsFoundBeforeTheBytesAreThere() {
        // 34 digits, half-even, and an expression of 4 GiB.
        expect("0022 00 ffffffff", .overLimit("expression", maximum: CalculatorLimits.expression))
        // A million expressions.
        let count = "0022 00 000f4240"
        #expect(throws: PayloadError.overLimit("expressions", maximum: CalculatorLimits.batch)) {
            try Batch.Request(payload: GoldenBytes.bytes(count).span.bytes)
        }
        // As many expressions as may be, in no bytes.
        #expect(throws: PayloadError.truncated) {
            try Batch.Request(payload: GoldenBytes.bytes("0022 00 00002710").span.bytes)
        }
    }

    @Test func whatIsNotTheFormIsRefused() {
        expect("0022 07 00000000 00000000", .invalid("rounding"))
        expect("2711 00 00000000 00000000", .overLimit("precision", maximum: 10_000))
        expect("0022 00 00000001 ff 00000000", .notUTF8("expression"))
        expect("0022 00 00000000 00000000 00", .trailing)
        expect("0022 00 00000000", .truncated)
        #expect(throws: PayloadError.invalid("form")) {
            try Summarize.Request(payload: GoldenBytes.bytes("03 0022 00").span.bytes)
        }
        #expect(throws: PayloadError.invalid("kind of summary")) {
            try Summarize.Response(payload: ([2] as [UInt8]).span.bytes)
        }
    }

    @Test func partsMustAgreeWithThemselves() {
        let extremes = PartialSummary.Extremes(minimum: "1", maximum: "1")
        #expect(throws: PayloadError.invalid("extremes")) {
            try PartialSummary(count: 0, sum: "0", sumOfSquares: "0", extremes: extremes, values: [])
        }
        #expect(throws: PayloadError.invalid("extremes")) {
            try PartialSummary(count: 1, sum: "1", sumOfSquares: "1", extremes: nil, values: [])
        }
        #expect(throws: PayloadError.invalid("values")) {
            try PartialSummary(count: 2, sum: "2", sumOfSquares: "2", extremes: extremes, values: ["1"])
        }
    }

    @Test func theLimitCountsTheValuesOfAllParts() throws {
        let extremes = PartialSummary.Extremes(minimum: "1", maximum: "1")
        let half = CalculatorLimits.values / 2 + 1
        let part = try PartialSummary(
            count: UInt64(half), sum: "1", sumOfSquares: "1", extremes: extremes,
            values: Array(repeating: "1", count: half))
        #expect(throws: PayloadError.overLimit("values of all parts", maximum: CalculatorLimits.values)) {
            try Summarize.Request(values: [], parts: [part, part])
        }
    }

    @Test func whatIsWrongWithAPayloadIsTheCallersFault() {
        for error in [PayloadError.truncated, .trailing, .notUTF8("x"), .invalid("x"), .overLimit("x", maximum: 1)] {
            #expect(error.rpcError.code == .invalidArgument)
            #expect(!error.rpcError.isRetryable)
        }
    }

    private func expect(_ hexadecimal: String, _ error: PayloadError) {
        #expect(throws: error) { try Evaluate.Request(payload: GoldenBytes.bytes(hexadecimal).span.bytes) }
    }
}
