import HTTP
import Hummingbird
import Wire

/// `POST /v1/calculations/…`: the calls of the calculator.
struct CalculationController {
    /// Bytes of a body: a million values of some ten digits.
    static let maximumBodyBytes = 15 * 1024 * 1024

    let calculations: Calculations

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        let group = group.group("calculations")
        group.post("evaluate", use: evaluate)
        group.post("batch", use: batch)
        group.post("summarize", use: summarize)
        group.post("allocate", use: allocate)
        group.post("convert", use: convert)
    }

    @Sendable func evaluate(_ request: Request, _ context: ServerRequestContext) async throws -> EvaluationAnswer {
        let body = try await request.json(EvaluateBody.self, upTo: Self.maximumBodyBytes)
        let rounding = try body.rounding()
        let answer = try await calculations.call(
            Evaluate.self,
            { () throws(PayloadError) in
                var variables: [Evaluate.Variable] = []
                for (name, value) in (body.variables ?? [:]).sorted(by: { $0.key < $1.key }) {
                    variables.append(try Evaluate.Variable(name: name, value: value))
                }
                return try Evaluate.Request(expression: body.expression, rounding: rounding, variables: variables)
            }, trace: request.traceparent)
        return EvaluationAnswer(answer)
    }

    @Sendable func batch(_ request: Request, _ context: ServerRequestContext) async throws -> BatchAnswer {
        let body = try await request.json(BatchBody.self, upTo: Self.maximumBodyBytes)
        let rounding = try body.rounding()
        let answer = try await calculations.call(
            Batch.self,
            { () throws(PayloadError) in
                try Batch.Request(expressions: body.expressions, rounding: rounding)
            }, trace: request.traceparent)
        return BatchAnswer(results: answer.items.map(BatchAnswer.Item.init))
    }

    @Sendable func summarize(_ request: Request, _ context: ServerRequestContext) async throws -> SummaryAnswer {
        let body = try await request.json(SummarizeBody.self, upTo: Self.maximumBodyBytes)
        let rounding = try body.rounding()
        let answer = try await calculations.call(
            Summarize.self,
            { () throws(PayloadError) in
                try Summarize.Request(rounding: rounding, quantiles: body.quantiles ?? [], values: body.values)
            }, trace: request.traceparent)
        guard case .whole(let summary) = answer else { throw Problem.internalError }
        return SummaryAnswer(summary)
    }

    @Sendable func allocate(_ request: Request, _ context: ServerRequestContext) async throws -> AllocationAnswer {
        let body = try await request.json(AllocateBody.self, upTo: Self.maximumBodyBytes)
        let answer = try await calculations.call(
            Allocate.self,
            { () throws(PayloadError) in
                try Allocate.Request(units: body.units, weights: body.weights)
            }, trace: request.traceparent)
        return AllocationAnswer(parts: answer.parts)
    }

    @Sendable func convert(_ request: Request, _ context: ServerRequestContext) async throws -> ConversionAnswer {
        let body = try await request.json(ConvertBody.self, upTo: Self.maximumBodyBytes)
        let answer = try await calculations.call(
            Convert.self,
            { () throws(PayloadError) in
                try Convert.Request(amount: body.amount, from: body.from, to: body.to)
            }, trace: request.traceparent)
        return ConversionAnswer(amount: answer.amount)
    }
}
