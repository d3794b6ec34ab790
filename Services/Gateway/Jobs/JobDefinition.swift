import FoundationEssentials
import HTTP
import Hummingbird
import JobProtocol
import NIOCore
import Wire

/// What a job is to do, without its texts.
struct JobDefinition: Sendable, Equatable {
    var kind: JobRecord.Kind
    var rounding: Rounding
    var quantiles: [String] = []
    /// Nil for a JSON body.
    var format: UploadFormat?

    /// Query parameters of an upload.
    static let parameters = SummaryUpload.parameters.union(["kind"])

    /// Of an upload; nil for a body of another type.
    init?(_ request: Request, _ query: Query) throws(Problem) {
        guard UploadFormat.isUpload(request) else { return nil }
        guard let kind = try query.choice("kind", of: JobRecord.Kind.self) else {
            throw .invalidParameter("kind", expectation: "batch or summarize")
        }
        self.kind = kind
        switch kind {
        case .batch:
            guard query.text("quantiles") == nil else {
                throw .invalidParameter("quantiles", expectation: "left out: it is for summarize")
            }
            format = try UploadFormat(request, query, .expressions)
            rounding = try Rounding(query)
        case .summarize:
            guard let upload = try SummaryUpload(request, query) else { return nil }
            format = upload.format
            rounding = upload.terms.rounding
            quantiles = upload.terms.quantiles
        }
    }

    init(_ body: JobBody) throws(Problem) {
        kind = body.kind
        rounding = try body.rounding()
        quantiles = body.quantiles ?? []
        guard quantiles.count <= CalculatorLimits.quantiles else {
            throw .invalidField("/quantiles", "over-limit", "has more than \(CalculatorLimits.quantiles) quantiles")
        }
        for (index, quantile) in quantiles.enumerated()
        where quantile.utf8.count > CalculatorLimits.name || !DecimalSyntax.matches(quantile.utf8) {
            throw .invalidField("/quantiles/\(index)", "invalid-quantile", "must be a decimal from 0 to 1")
        }
    }

    /// Of parts, some of which are a second's work.
    var limits: PartLimits {
        switch kind {
        case .batch: PartLimits(texts: 100, bytes: 64 << 10)
        case .summarize: PartLimits(texts: 50_000, bytes: 512 << 10)
        }
    }

    /// The calculator's call for a part.
    func call(_ texts: [String]) throws(PayloadError) -> JobPart.Call {
        switch kind {
        case .batch: .batch(try Batch.Request(expressions: texts, rounding: rounding))
        case .summarize:
            .summarize(
                try Summarize.Request(
                    form: quantiles.isEmpty ? .part : .partWithValues, rounding: rounding, values: texts))
        }
    }
}

/// The JSON of `POST /v1/jobs`.
struct JobBody: JSONBody, RoundedBody {
    var kind: JobRecord.Kind
    /// Of a batch.
    var expressions: [String]?
    /// To summarize.
    var values: [String]?
    var quantiles: [String]?
    var precision: Int?
    var rounding: String?

    enum CodingKeys: String, CodingKey, CaseIterable { case kind, expressions, values, quantiles, precision, rounding }

    /// The list that the kind needs, while those of the other kind are left out.
    func texts() throws(Problem) -> [String] {
        switch kind {
        case .batch:
            if values != nil { throw .invalidBody(pointer: "/values", "is for summarize") }
            if quantiles != nil { throw .invalidBody(pointer: "/quantiles", "is for summarize") }
            guard let expressions else { throw .invalidBody(pointer: "/expressions", "is missing") }
            return expressions
        case .summarize:
            if expressions != nil { throw .invalidBody(pointer: "/expressions", "is for batch") }
            guard let values else { throw .invalidBody(pointer: "/values", "is missing") }
            return values
        }
    }
}
