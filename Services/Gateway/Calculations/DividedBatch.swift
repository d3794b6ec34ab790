import HTTP
import Wire

/// A batch of expressions: its parts are computed by all replicas of the calculator, and put together in order.
struct DividedBatch: Sendable {
    /// Parts of one request at the calculator at a time.
    private static let concurrency = 4

    let calculations: Calculations
    let call: CallTerms
    let rounding: Rounding

    /// - Parameter expressions: At most ``CalculatorLimits/batch``.
    func items(of expressions: [String]) async throws -> [Batch.Item] {
        guard expressions.count <= CalculatorLimits.batch else {
            throw Problem.invalidField(
                "/expressions", "over-limit",
                "has more than \(CalculatorLimits.batch) expressions; POST /v1/jobs takes more")
        }
        var input = SlicedTexts(expressions, .expressions)
        let first = input.next() ?? TextPart()
        guard let second = input.next() else { return try await items(of: first) }
        return try await withThrowingTaskGroup(of: (Int, [Batch.Item]).self) { group in
            var results: [Int: [Batch.Item]] = [:]
            var inFlight = 0
            var waiting = [second, first]
            while let part = waiting.popLast() ?? input.next() {
                if inFlight == Self.concurrency, let (position, items) = try await group.next() {
                    inFlight -= 1
                    results[position] = items
                }
                group.addTask { (part.first, try await self.items(of: part)) }
                inFlight += 1
            }
            for try await (position, items) in group { results[position] = items }
            return results.sorted { $0.key < $1.key }.flatMap(\.value)
        }
    }

    private func items(of part: TextPart) async throws -> [Batch.Item] {
        try await calculations.call(Batch.self, call) { () throws(PayloadError) in
            try Batch.Request(expressions: part.texts, rounding: rounding)
        }.items
    }
}
