import CalculatorDomain
import Money

extension Calculator {
    static let test = Calculator(denominations: .builtIn)

    func result(
        _ expression: String, precision: Int = CalculationLimits.standardPrecision, _ rounding: Rounding = .halfEven,
        variables: [String: String] = [:]
    ) throws(CalculationError) -> String {
        try evaluate(
            EvaluateRequest(expression: expression, precision: precision, rounding: rounding, variables: variables)
        ).result
    }

    func error(
        _ expression: String, precision: Int = CalculationLimits.standardPrecision, budget: Budget = .unlimited
    ) -> CalculationError? {
        do throws(CalculationError) {
            _ = try evaluate(EvaluateRequest(expression: expression, precision: precision), budget: budget)
            return nil
        } catch {
            return error
        }
    }
}
