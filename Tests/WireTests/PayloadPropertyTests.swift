import Testing
import Wire

/// Over random values and random bytes.
@Suite struct PayloadPropertyTests {
    @Test(arguments: 0..<100)
    func everyValueComesBack(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        try check(Evaluate.Request.random(using: &random))
        try check(Batch.Request(expressions: .random(using: &random)))
        try check(
            Batch.Response(items: [
                .evaluation(Evaluation(result: .random(using: &random))), .error(.random(using: &random)),
            ]))
        try check(
            Summarize.Request(
                form: .partWithValues, quantiles: .random(using: &random), values: .random(using: &random),
                parts: [.random(using: &random)]))
        try check(Summarize.Response.part(.random(using: &random)))
        try check(Allocate.Request(units: .random(using: &random), weights: .random(using: &random)))
        try check(Allocate.Response(parts: .random(using: &random)))
        try check(
            Convert.Request(
                amount: .random(using: &random), from: .random(using: &random), to: .random(using: &random)))
    }

    @Test(arguments: 0..<200)
    func aByteThatChangesIsAnotherValueOrNone(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let golden = GoldenBytes.all.sorted { $0.key < $1.key }.filter { $0.key.contains(".request") }
        var (name, bytes) = golden[Int.random(in: 0..<golden.count, using: &random)]
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] ^= .random(in: 1 ... .max, using: &random)
        switch name {
        case "evaluate.request": writesBack(Evaluate.Request.self, bytes)
        case "batch.request": writesBack(Batch.Request.self, bytes)
        case "summarize.request": writesBack(Summarize.Request.self, bytes)
        case "allocate.request": writesBack(Allocate.Request.self, bytes)
        case "convert.request": writesBack(Convert.Request.self, bytes)
        default: Issue.record("\(name) is not known")
        }
    }

    /// Each value has one form: what can be read is what would be written.
    private func writesBack<Payload: WirePayload>(_: Payload.Type, _ bytes: [UInt8]) {
        guard let payload = try? Payload(payload: bytes.span.bytes) else { return }
        #expect(payload.encoded == bytes)
    }

    private func check<Payload: WirePayload>(_ payload: Payload) throws {
        let bytes = payload.encoded
        #expect(try Payload(payload: bytes.span.bytes) == payload)
        for count in 0..<bytes.count {
            #expect(throws: PayloadError.self, "\(count) of \(bytes.count) bytes") {
                try Payload(payload: Array(bytes.prefix(count)).span.bytes)
            }
        }
        #expect(throws: PayloadError.trailing) { try Payload(payload: (bytes + [0]).span.bytes) }
    }
}

extension String {
    static func random(using random: inout SplitMix64) -> String {
        let letters = Array("0123456789.-+eE()x éλ👩‍🚀")
        return String(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }.prefix(8))
    }
}

extension [String] {
    static func random(using random: inout SplitMix64) -> [String] {
        (0..<Int.random(in: 0...5, using: &random)).map { _ in String.random(using: &random) }
    }
}

extension RPCError {
    static func random(using random: inout SplitMix64) -> RPCError {
        RPCError(
            StatusCode(rawValue: .random(in: 1...16, using: &random)) ?? .unknown, .random(using: &random),
            reason: .random(using: &random), position: Bool.random(using: &random) ? 7 : nil)
    }
}

extension Evaluate.Request {
    static func random(using random: inout SplitMix64) throws -> Evaluate.Request {
        let rule = RoundingRule(rawValue: .random(in: 0...6, using: &random)) ?? .up
        return try Evaluate.Request(
            expression: .random(using: &random),
            rounding: Rounding(precision: .random(in: 1...10_000, using: &random), rule: rule),
            variables: (0..<Int.random(in: 0...3, using: &random)).map { _ in
                try Evaluate.Variable(name: .random(using: &random), value: .random(using: &random))
            })
    }
}

extension PartialSummary {
    static func random(using random: inout SplitMix64) throws -> PartialSummary {
        let values = [String].random(using: &random)
        return try PartialSummary(
            count: UInt64(values.count), sum: .random(using: &random), sumOfSquares: .random(using: &random),
            extremes: values.isEmpty
                ? nil : Extremes(minimum: .random(using: &random), maximum: .random(using: &random)),
            values: values)
    }
}
