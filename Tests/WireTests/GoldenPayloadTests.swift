import Testing
import Wire

/// The payloads of the calculator, as the specification shows them.
@Suite struct GoldenPayloadTests {
    @Test func evaluate() throws {
        try expect(
            "evaluate.request",
            Evaluate.Request(expression: "x + 0.2", variables: [Evaluate.Variable(name: "x", value: "0.1")]))
        try expect(
            "evaluate.response",
            Evaluation(result: "0.3333333333333333333333333333333333", digits: 34))
    }

    @Test func batch() throws {
        try expect("batch.request", Batch.Request(expressions: ["1+1", "1/0"]))
        let error = RPCError(
            .invalidArgument, "division by zero", reason: "division-by-zero", position: 2, pointer: "/expressions/1")
        try expect("batch.response", Batch.Response(items: [.evaluation(Evaluation(result: "2")), .error(error)]))
    }

    @Test func summarize() throws {
        let part = try PartialSummary(
            count: 2, sum: "3.5", sumOfSquares: "7.25", extremes: .init(minimum: "1", maximum: "2.5"),
            values: ["1", "2.5"])
        try expect("summarize.request", Summarize.Request(quantiles: ["0.5"], values: ["1", "2.5"]))
        try expect("summarize.part", Summarize.Response.part(part))
        try expect("summarize.merge", Summarize.Request(values: ["4"], parts: [part]))
        let summary = try Summary(
            count: 2, sum: "3.5", mean: "1.75", variance: "1.125", minimum: "1", maximum: "2.5",
            quantiles: [Summary.Quantile(fraction: "0.5", value: "1.75")], isExact: true)
        try expect("summarize.response", Summarize.Response.whole(summary))
    }

    @Test func allocate() throws {
        try expect("allocate.request", Allocate.Request(units: "100", weights: ["70", "30", "1"]))
        try expect("allocate.response", Allocate.Response(parts: ["69", "30", "1"]))
    }

    @Test func convert() throws {
        try expect("convert.request", Convert.Request(amount: "1.5", from: "SOL", to: "LAMPORT"))
        try expect("convert.response", Convert.Response(amount: "1500000000"))
    }

    private func expect<Payload: WirePayload>(_ name: String, _ payload: Payload) throws {
        let golden = GoldenBytes[name]
        #expect(payload.encoded == golden, "\(name)")
        #expect(try Payload(payload: golden.span.bytes) == payload, "\(name)")
    }
}
