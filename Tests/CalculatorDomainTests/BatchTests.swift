import CalculatorDomain
import Money
import Testing

struct BatchTests {
    @Test func eachExpressionHasItsResultOrItsError() throws {
        let answer = try Calculator.test.batch(
            BatchRequest(expressions: ["1+1", "1/0", "2/3", "x", "y"], precision: 3, variables: ["x": "1.5"]))
        #expect(answer.results.count == 5)
        #expect(answer.results[0] == .success(Evaluation(result: "2", isExact: true, digits: nil)))
        #expect(
            answer.results[1]
                == .failure(
                    CalculationError(.divisionByZero, "division by zero", position: 2, pointer: "/expressions/1")))
        #expect(answer.results[2] == .success(Evaluation(result: "0.667", isExact: false, digits: 3)))
        #expect(answer.results[3] == .success(Evaluation(result: "1.5", isExact: true, digits: nil)))
        #expect(throws: CalculationError.self) { try answer.results[4].get() }
    }

    @Test func anEmptyBatchHasNoResults() throws {
        #expect(try Calculator.test.batch(BatchRequest(expressions: [])).results.isEmpty)
    }

    @Test func aBatchAsAWholeHasLimits() {
        func code(_ request: BatchRequest) -> CalculationError.Code? {
            do throws(CalculationError) {
                _ = try Calculator.test.batch(request)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(BatchRequest(expressions: Array(repeating: "1", count: 10_001))) == .tooMany)
        #expect(code(BatchRequest(expressions: Array(repeating: "1", count: 10_000))) == nil)
        #expect(code(BatchRequest(expressions: ["1"], precision: 0)) == .invalidPrecision)
        let long = String(repeating: "1+", count: 500_000) + "1"
        #expect(code(BatchRequest(expressions: Array(repeating: long, count: 40))) == .tooLong)
        #expect(code(BatchRequest(expressions: ["1"], variables: ["1": "1"])) == .invalidVariable)
    }

    @Test func theBudgetsWorkIsThatOfTheWholeBatch() throws {
        let request = BatchRequest(expressions: Array(repeating: "1+1", count: 1000))
        #expect(try Calculator.test.batch(request, budget: Budget(work: 1_000_000)).results.count == 1000)
        #expect {
            try Calculator.test.batch(request, budget: Budget(work: 50_000))
        } throws: {
            ($0 as? CalculationError)?.code == .tooMuchWork
        }
        // The limit of one expression is its own error.
        var limits = CalculationLimits()
        limits.work = 100_000
        let calculator = Calculator(denominations: .builtIn, limits: limits)
        let answer = try calculator.batch(BatchRequest(expressions: ["exp(1)", "1+1"], precision: 1000))
        #expect(throws: CalculationError.self) { try answer.results[0].get() }
        #expect(try answer.results[1].get().result == "2")
    }

    @Test func oneThatIsTooLongIsItsOwnError() throws {
        let long = String(repeating: "1", count: 1_100_000)
        let answer = try Calculator.test.batch(BatchRequest(expressions: [long, "1"]))
        #expect(throws: CalculationError.self) { try answer.results[0].get() }
        #expect(try answer.results[1].get().result == "1")
    }
}
