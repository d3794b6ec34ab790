import HTTP
import Hummingbird
import Wire

/// Values that come as a body of their own, with what is wanted of them in the query:
/// `?quantiles=0.5,0.99&precision=34&rounding=half-even`, and for CSV `&column=price&header=present`.
struct SummaryUpload: Sendable {
    static let parameters = UploadFormat.parameters.union(["quantiles", "precision", "rounding"])

    let format: UploadFormat
    let terms: SummaryTerms

    /// Nil for a body of another type.
    init?(_ request: Request, _ query: Query) throws(Problem) {
        guard let format = try UploadFormat(request, query, .numbers) else { return nil }
        self.format = format
        let quantiles = query.text("quantiles").map { $0.split(separator: ",").map(String.init) } ?? []
        guard quantiles.count <= CalculatorLimits.quantiles,
            quantiles.allSatisfy({ $0.utf8.count <= CalculatorLimits.name && DecimalSyntax.matches($0.utf8) })
        else {
            throw .invalidParameter(
                "quantiles",
                expectation: "up to \(CalculatorLimits.quantiles) decimals from 0 to 1, with commas between")
        }
        terms = SummaryTerms(quantiles: quantiles, rounding: try Rounding(query), isUpload: true)
    }
}

extension Rounding {
    /// `precision` and `rounding` of a query; 34 digits, half to even, where it does not say.
    init(_ query: Query) throws(Problem) {
        let range = Int(CalculatorLimits.precision.lowerBound)...Int(CalculatorLimits.precision.upperBound)
        let precision = try query.integer("precision", in: range) ?? Int(Rounding.standard.precision)
        let name = query.text("rounding") ?? Rounding.standard.rule.name
        guard let rule = RoundingRule.allCases.first(where: { $0.name == name }) else {
            throw .invalidParameter(
                "rounding", expectation: "one of \(RoundingRule.allCases.map(\.name).joined(separator: ", "))")
        }
        do throws(PayloadError) {
            try self.init(precision: UInt16(precision), rule: rule)
        } catch {
            throw .invalidParameter("precision", expectation: "\(error)")
        }
    }
}
