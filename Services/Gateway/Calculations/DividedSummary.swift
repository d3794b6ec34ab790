import HTTP
import HTTPTypes
import Wire

/// What is wanted of a summary.
struct SummaryTerms: Sendable {
    var quantiles: [String]
    var rounding: Rounding
    /// How errors name a value: by a pointer into a JSON body, or by its number.
    var isUpload = false
}

/// A summary of an input of any length: its parts are summarized by all replicas of the calculator, while more of it
/// comes, and merged exactly.
struct DividedSummary: Sendable {
    /// Parts of one request at the calculator at a time.
    private static let concurrency = 4
    /// Summaries of parts without their values that are merged into one before they grow to more.
    private static let mergedAtOnce = 64
    /// Bytes of the values that quantiles are made of: they go to the calculator in one frame of 16 MiB.
    private static let maximumKeptBytes = 15 << 20

    let calculations: Calculations
    let call: CallTerms
    let terms: SummaryTerms

    func summarize(_ input: inout some TextParts) async throws -> Summary {
        let first = try await input.next() ?? TextPart()
        guard let second = try await input.next() else { return try await whole(of: first) }
        var results = Results(keepsValues: !terms.quantiles.isEmpty)
        try await withThrowingTaskGroup(of: PartialSummary.self) { group in
            var inFlight = 0
            var next: TextPart? = first
            var following: TextPart? = second
            while let part = next {
                if inFlight == Self.concurrency, let result = try await group.next() {
                    inFlight -= 1
                    try await add(result, to: &results)
                }
                group.addTask { try await self.summary(of: part) }
                inFlight += 1
                (next, following) = (following, nil)
                if next == nil { next = try await input.next() }
            }
            for try await result in group { try await add(result, to: &results) }
        }
        let parts = results.parts
        let answer = try await calculations.call(Summarize.self, call) { () throws(PayloadError) in
            try Summarize.Request(
                form: .whole, rounding: terms.rounding, quantiles: terms.quantiles, values: [], parts: parts)
        }
        guard case .whole(let summary) = answer else { throw Problem.internalError }
        return summary
    }

    private struct Results {
        let keepsValues: Bool
        var parts: [PartialSummary] = []
        var values = 0
        var bytes = 0
    }

    private func add(_ part: PartialSummary, to results: inout Results) async throws {
        results.parts.append(part)
        if results.keepsValues {
            results.values += part.values.count
            results.bytes += part.values.reduce(0) { $0 + TextPart.size(of: $1) }
            guard Self.fitsQuantiles(values: results.values, bytes: results.bytes) else {
                throw Self.tooManyForQuantiles
            }
        } else if results.parts.count == Self.mergedAtOnce {
            results.parts = [try await merge(results.parts)]
        }
    }

    /// Whether so many values, of so many bytes as they are encoded, can be merged with their quantiles.
    static func fitsQuantiles(values: Int, bytes: Int) -> Bool {
        values <= CalculatorLimits.values && bytes <= maximumKeptBytes
    }

    static let tooManyForQuantiles = Problem(
        .unprocessableContent, "too-many", title: "Too many",
        detail: """
            quantiles are exact and need all values at once: up to \(CalculatorLimits.values) values, and \
            \(maximumKeptBytes) bytes with 4 for each value; without quantiles there may be any number
            """)

    private func whole(of part: TextPart) async throws -> Summary {
        let answer = try await send(part) { () throws(PayloadError) in
            try Summarize.Request(rounding: terms.rounding, quantiles: terms.quantiles, values: part.texts)
        }
        guard case .whole(let summary) = answer else { throw Problem.internalError }
        return summary
    }

    private func summary(of part: TextPart) async throws -> PartialSummary {
        let answer = try await send(part) { () throws(PayloadError) in
            try Summarize.Request(
                form: terms.quantiles.isEmpty ? .part : .partWithValues, rounding: terms.rounding, values: part.texts)
        }
        guard case .part(let summary) = answer else { throw Problem.internalError }
        return summary
    }

    private func merge(_ parts: [PartialSummary]) async throws -> PartialSummary {
        let answer = try await calculations.call(Summarize.self, call) { () throws(PayloadError) in
            try Summarize.Request(form: .part, rounding: terms.rounding, values: [], parts: parts)
        }
        guard case .part(let summary) = answer else { throw Problem.internalError }
        return summary
    }

    /// Errors name the value as the client knows it.
    private func send(
        _ part: TextPart, _ request: () throws(PayloadError) -> Summarize.Request
    ) async throws -> Summarize.Response {
        do {
            return try await calculations.send(Summarize.self, call, try request())
        } catch let error as PayloadError {
            throw Calculations.problem(error.rpcError, limit: call.limit)
        } catch let error as RPCError {
            let error = ValuePlace(after: part.first, isUpload: terms.isUpload).applied(to: error)
            throw Calculations.problem(error, limit: call.limit)
        }
    }
}
