import HTTP
import HTTPTypes
import Hummingbird
import Wire

/// `POST /v1/calculations/…`: the calls of the calculator, each for as long as the client wants its answer.
struct CalculationController {
    /// Bytes of a JSON body: a million values of some ten digits.
    static let maximumBodyBytes = 15 * 1024 * 1024

    let calculations: Calculations
    /// Bytes of values that are uploaded to be summarized.
    let maximumUploadBytes: Int

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        let group = group.group("calculations")
        group.post("evaluate", use: evaluate)
        group.post("batch", use: batch)
        group.post("summarize", use: summarize)
        group.post("allocate", use: allocate)
        group.post("convert", use: convert)
    }

    @Sendable func evaluate(_ request: Request, _ context: ServerRequestContext) async throws -> EvaluationAnswer {
        let terms = try CallTerms(request)
        let body = try await request.json(EvaluateBody.self, upTo: Self.maximumBodyBytes)
        let rounding = try body.rounding()
        let answer = try await context.cancellingOnDisconnect {
            try await calculations.call(Evaluate.self, terms) { () throws(PayloadError) in
                var variables: [Evaluate.Variable] = []
                for (name, value) in (body.variables ?? [:]).sorted(by: { $0.key < $1.key }) {
                    variables.append(try Evaluate.Variable(name: name, value: value))
                }
                return try Evaluate.Request(expression: body.expression, rounding: rounding, variables: variables)
            }
        }
        return EvaluationAnswer(answer)
    }

    @Sendable func batch(_ request: Request, _ context: ServerRequestContext) async throws -> BatchAnswer {
        let terms = try CallTerms(request)
        let body = try await request.json(BatchBody.self, upTo: Self.maximumBodyBytes)
        let batch = DividedBatch(calculations: calculations, call: terms, rounding: try body.rounding())
        let items = try await context.cancellingOnDisconnect { try await batch.items(of: body.expressions) }
        return BatchAnswer(results: items.map(BatchAnswer.Item.init))
    }

    @Sendable func summarize(_ request: Request, _ context: ServerRequestContext) async throws -> SummaryAnswer {
        let query = try Query(request, allowing: SummaryUpload.parameters)
        if let upload = try SummaryUpload(request, query) { return try await summarize(upload, request, context) }
        guard request.mediaType == "application/json" else {
            throw Problem.unsupportedMediaType(
                expected: (["application/json"] + UploadFormat.mediaTypes).joined(separator: ", "))
        }
        _ = try Query(request, allowing: [])
        let terms = try CallTerms(request)
        let body = try await request.json(SummarizeBody.self, upTo: Self.maximumBodyBytes)
        let wanted = SummaryTerms(quantiles: body.quantiles ?? [], rounding: try body.rounding())
        let divided = DividedSummary(calculations: calculations, call: terms, terms: wanted)
        let summary = try await context.cancellingOnDisconnect {
            var values = SlicedTexts(body.values, .values)
            return try await divided.summarize(&values)
        }
        return SummaryAnswer(summary)
    }

    /// Values that are summarized while they come.
    private func summarize(
        _ upload: SummaryUpload, _ request: Request, _ context: ServerRequestContext
    ) async throws -> SummaryAnswer {
        let terms = try CallTerms(request, restarts: true)
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximumUploadBytes {
            throw Problem.contentTooLarge(limit: maximumUploadBytes)
        }
        let divided = DividedSummary(calculations: calculations, call: terms, terms: upload.terms)
        let summary = try await context.cancellingOnDisconnect {
            var values = UploadedTexts(
                request.body.makeAsyncIterator(), upload.format, .values, maximum: maximumUploadBytes)
            return try await divided.summarize(&values)
        }
        return SummaryAnswer(summary)
    }

    @Sendable func allocate(_ request: Request, _ context: ServerRequestContext) async throws -> AllocationAnswer {
        let terms = try CallTerms(request)
        let body = try await request.json(AllocateBody.self, upTo: Self.maximumBodyBytes)
        let answer = try await context.cancellingOnDisconnect {
            try await calculations.call(Allocate.self, terms) { () throws(PayloadError) in
                try Allocate.Request(units: body.units, weights: body.weights)
            }
        }
        return AllocationAnswer(parts: answer.parts)
    }

    @Sendable func convert(_ request: Request, _ context: ServerRequestContext) async throws -> ConversionAnswer {
        let terms = try CallTerms(request)
        let body = try await request.json(ConvertBody.self, upTo: Self.maximumBodyBytes)
        let answer = try await context.cancellingOnDisconnect {
            try await calculations.call(Convert.self, terms) { () throws(PayloadError) in
                try Convert.Request(amount: body.amount, from: body.from, to: body.to)
            }
        }
        return ConversionAnswer(amount: answer.amount)
    }
}
