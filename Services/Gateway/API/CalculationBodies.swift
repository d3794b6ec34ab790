import Events
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Wire

// Bodies of POST /v1/calculations/…; names are the JSON's.

/// How results are rounded: 34 digits, half to even, unless the body says otherwise.
protocol RoundedBody {
    var precision: Int? { get }
    var rounding: String? { get }
}

extension RoundedBody {
    func rounding() throws(Problem) -> Rounding {
        let precision = UInt16(exactly: self.precision ?? Int(Rounding.standard.precision))
        guard let precision, CalculatorLimits.precision.contains(precision) else {
            throw .invalidField(
                "/precision", "invalid-precision",
                "must be from \(CalculatorLimits.precision.lowerBound) to \(CalculatorLimits.precision.upperBound)")
        }
        let name = self.rounding ?? Rounding.standard.rule.name
        guard let rule = RoundingRule.allCases.first(where: { $0.name == name }) else {
            let names = RoundingRule.allCases.map(\.name).joined(separator: ", ")
            throw .invalidField("/rounding", "invalid-rounding", "must be one of \(names)")
        }
        do throws(PayloadError) {
            return try Rounding(precision: precision, rule: rule)
        } catch {
            throw .invalidField("/precision", "invalid-precision", "\(error)")
        }
    }
}

struct EvaluateBody: JSONBody, RoundedBody {
    var expression: String
    var precision: Int?
    var rounding: String?
    var variables: [String: String]?

    enum CodingKeys: String, CodingKey, CaseIterable { case expression, precision, rounding, variables }
}

extension EvaluateBody {
    init(_ reader: inout JSONReader) throws(JSONReader.Unexpected) {
        var expression: String?
        var precision: Int?
        var rounding: String?
        var variables: [String: String]?
        try reader.object { name, reader throws(JSONReader.Unexpected) in
            switch name {
            case "expression" where expression == nil: expression = try reader.string()
            case "precision" where precision == nil: precision = Int(try reader.integer())
            case "rounding" where rounding == nil: rounding = try reader.string()
            case "variables" where variables == nil:
                var values: [String: String] = [:]
                try reader.object { name, reader throws(JSONReader.Unexpected) in
                    guard let name = name.text, values[name] == nil else { throw JSONReader.Unexpected() }
                    values[name] = try reader.string()
                }
                variables = values
            default: throw JSONReader.Unexpected()
            }
        }
        guard let expression else { throw JSONReader.Unexpected() }
        self.init(expression: expression, precision: precision, rounding: rounding, variables: variables)
    }
}

struct BatchBody: JSONBody, RoundedBody {
    var expressions: [String]
    var precision: Int?
    var rounding: String?

    enum CodingKeys: String, CodingKey, CaseIterable { case expressions, precision, rounding }
}

struct SummarizeBody: JSONBody, RoundedBody {
    var values: [String]
    var quantiles: [String]?
    var precision: Int?
    var rounding: String?

    enum CodingKeys: String, CodingKey, CaseIterable { case values, quantiles, precision, rounding }
}

struct AllocateBody: JSONBody {
    var units: String
    var weights: [String]

    enum CodingKeys: String, CodingKey, CaseIterable { case units, weights }
}

struct ConvertBody: JSONBody {
    var amount: String
    var from: String
    var to: String

    enum CodingKeys: String, CodingKey, CaseIterable { case amount, from, to }
}

struct EvaluationAnswer: ResponseEncodable {
    var result: String
    var exact: Bool
    /// To how many significant digits it was rounded; left out where it was not.
    var digits: Int?

    init(_ evaluation: Evaluation) {
        result = evaluation.result
        exact = evaluation.isExact
        digits = evaluation.isExact ? nil : Int(evaluation.digits)
    }

    /// As the encoder writes it, in a shorter way.
    func response(from request: Request, context: some RequestContext) throws -> Response {
        guard result.utf8.allSatisfy(Self.isPlain) else {
            return try context.responseEncoder.encode(self, from: request, context: context)
        }
        var body = ByteBuffer()
        body.reserveCapacity(result.utf8.count + 64)
        body.writeString("{")
        if let digits { body.writeString("\"digits\":\(digits),") }
        body.writeString(exact ? "\"exact\":true,\"result\":\"" : "\"exact\":false,\"result\":\"")
        body.writeString(result)
        body.writeString("\"}")
        return Response(
            status: .ok,
            headers: [.contentType: Response.jsonContentType, .contentLength: String(body.readableBytes)],
            body: ResponseBody(byteBuffer: body))
    }

    /// A number or a truth value is made of these.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"):
            true
        default: false
        }
    }
}

struct BatchAnswer: ResponseEncodable {
    enum Item: Encodable {
        case evaluation(EvaluationAnswer)
        case failure(Failure)

        struct Failure: Encodable {
            var code: String
            var detail: String
            var position: Int?
        }

        init(_ item: Batch.Item) {
            switch item {
            case .evaluation(let evaluation): self = .evaluation(EvaluationAnswer(evaluation))
            case .error(let error):
                self = .failure(
                    Failure(code: error.reason, detail: error.message, position: error.position.map { Int($0) }))
            }
        }

        private enum CodingKeys: String, CodingKey { case error }

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .evaluation(let answer): try answer.encode(to: encoder)
            case .failure(let failure):
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(failure, forKey: .error)
            }
        }
    }

    var results: [Item]
}

struct SummaryAnswer: ResponseEncodable {
    var count: UInt64
    var sum: String
    var mean: String?
    var variance: String?
    var min: String?
    var max: String?
    /// By the quantile as it was asked for.
    var quantiles: [String: String]
    var exact: Bool

    init(_ summary: Summary) {
        count = summary.count
        sum = summary.sum
        mean = summary.mean
        variance = summary.variance
        min = summary.minimum
        max = summary.maximum
        quantiles = Dictionary(summary.quantiles.map { ($0.fraction, $0.value) }) { first, _ in first }
        exact = summary.isExact
    }
}

struct AllocationAnswer: ResponseEncodable {
    var parts: [String]
}

struct ConversionAnswer: ResponseEncodable {
    var amount: String
}
