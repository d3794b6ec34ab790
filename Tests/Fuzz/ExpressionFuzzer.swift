import CalculatorDomain
import Money

private let calculator = Calculator(denominations: .builtIn)

/// Estimated nanoseconds of arithmetic for one input: many inputs a second, and still long sums.
private let work = 2_000_000

/// An expression, its precision and rounding in the first three bytes: a result, which evaluates to itself, or an error
/// at a position within the text; within its budget.
func fuzzExpression(_ bytes: [UInt8]) {
    guard bytes.count > 3, let text = String(validating: bytes.dropFirst(3), as: UTF8.self) else { return }
    let precision = max(1, (Int(bytes[0]) << 8 | Int(bytes[1])) % 300)
    let rounding = Rounding.allCases[Int(bytes[2]) % Rounding.allCases.count]
    let request = EvaluateRequest(expression: text, precision: precision, rounding: rounding)
    let budget = Budget(deadline: .now + .seconds(5), work: work)
    do throws(CalculationError) {
        let evaluation = try calculator.evaluate(request, budget: budget)
        guard evaluation.result != "true", evaluation.result != "false" else { return }
        let again = EvaluateRequest(expression: evaluation.result, precision: precision, rounding: rounding)
        guard let same = try? calculator.evaluate(again, budget: Budget(deadline: .now + .seconds(5))) else {
            preconditionFailure("a result that is no expression")
        }
        precondition(same.result == evaluation.result && same.isExact, "a result that is rounded once more")
    } catch {
        if let position = error.position {
            precondition((1...text.unicodeScalars.count + 1).contains(position), "an error outside of the text")
        }
    }
}
