import CalculatorDomain
import Money
import Synchronization
import Testing

/// No expression takes more time or memory than its limits, whatever its shape.
struct HostileTests {
    @Test(
        arguments: [
            ("9^9^9^9", [.tooManyDigits]), ("9^9^9", [.tooManyDigits]),
            ("2^(2^40)", [.exponentOutOfRange, .tooManyDigits]),
            ("2^-(2^33)", [.tooManyDigits]), ("10^(2^40)", [.exponentOutOfRange]),
            ("exp(exp(exp(10)))", [.exponentOutOfRange]),
            ("exp(1e999999999)", [.exponentOutOfRange]), ("exp(-1e999999999)", [.exponentOutOfRange]),
            ("1e10000000000", [.exponentOutOfRange]), ("1e-10000000000", [.exponentOutOfRange]),
            ("1e9999999999 * 1e10", [.exponentOutOfRange]), ("999 * 1e9999999999", [.exponentOutOfRange]),
            ("1e" + String(repeating: "9", count: 1000), [.exponentOutOfRange]),
            ("1e999999999 % 7", [.tooManyDigits]), ("round(1e999999999 / 3, 2)", [.tooManyDigits]),
            ("2^1e999999999", [.exponentOutOfRange]), ("1.1^1e18", [.exponentOutOfRange]),
            ("(1/3)^1e9", [.tooManyDigits]),
            ("7^(10^7) % 10", [.tooManyDigits]), ("floor(sqrt(2) * 1e999999)", [.undecided]),
            ("2 + 1e99999994 - 1e99999994 - 1", [.undecided]),
            ("exp(1e-999999999) - 1", [.undecided]), ("round(0.5, 1e999999999)", [.outsideDomain]),
        ] as [(String, [CalculationError.Code])])
    func towersOfPowersAreRefusedAtOnce(expression: String, codes: [CalculationError.Code]) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let error = try #require(Calculator.test.error(expression))
        #expect(codes.contains(error.code), "\(error)")
        // The slowest of them try 40,000 digits.
        #expect(clock.now - start < .seconds(10))
    }

    @Test(arguments: ["(", "-", "abs(", "1-(", "2^", "min(1,", "1<("])
    func deepNestingIsRefusedAndNeverOverflowsTheStack(opening: String) throws {
        let limits = CalculationLimits.standard
        let count = 1_000_000 / opening.utf8.count
        let error = try #require(Calculator.test.error(String(repeating: opening, count: count) + "1"))
        #expect(error.code == .tooDeep)
        #expect((error.position ?? .max) <= limits.depth * opening.utf8.count + opening.utf8.count)
    }

    @Test func nestingUpToTheLimitIsFine() throws {
        let depth = CalculationLimits.standard.depth
        let open = String(repeating: "(", count: depth)
        let close = String(repeating: ")", count: depth)
        #expect(try Calculator.test.result(open + "7" + close) == "7")
        #expect(Calculator.test.error("(" + open + "7" + close + ")")?.code == .tooDeep)
        #expect(try Calculator.test.result(String(repeating: "-", count: depth) + "7") == "7")
        #expect(try Calculator.test.result(String(repeating: "abs(", count: depth) + "7" + close) == "7")
        // What is long without being deep has no such limit.
        #expect(try Calculator.test.result(String(repeating: "1+", count: 400_000) + "1") == "400001")
        #expect(try Calculator.test.result("sum(" + String(repeating: "1,", count: 400_000) + "1)") == "400001")
        #expect(try Calculator.test.result(String(repeating: "+", count: 1_000_000) + "1") == "1")
    }

    @Test func aLiteralOfAMillionDigitsIsRead() throws {
        let literal = String(repeating: "7", count: 1_000_000)
        #expect(try Calculator.test.result(literal, precision: 5) == "7.7778E+999999")
        #expect(try Calculator.test.result("\(literal) % 10", precision: 5) == "7")
        #expect(try Calculator.test.result("0.\(literal)", precision: 5) == "0.77778")
        #expect(try Calculator.test.result("\(literal) - \(literal.dropLast(970_000)) > 0") == "true")
        #expect(Calculator.test.error("\(literal)7")?.code == .tooManyDigits)
        #expect(Calculator.test.error("\(literal)\(literal)")?.code == .tooLong)
        #expect(try Calculator.test.result(String(repeating: "0", count: 1_000_000) + "7") == "7")
        #expect(try Calculator.test.result("7." + String(repeating: "0", count: 1_000_000)) == "7")
    }

    @Test func aLongExpressionIsRefusedAtOnce() {
        let clock = ContinuousClock()
        let text = String(repeating: "1+", count: 5_000_000) + "1"
        let start = clock.now
        #expect(Calculator.test.error(text)?.code == .tooLong)
        #expect(clock.now - start < .seconds(1))
    }

    @Test(arguments: [
        // Factorials, powers of powers, harmonic sums, products of large numbers.
        (1...30_000).map(String.init).joined(separator: "*"),
        "(" + String(repeating: "(", count: 60) + "3" + String(repeating: "^2)", count: 60) + ")",
        (1...100_000).map { "1/\(2 * $0 + 1)" }.joined(separator: "+"),
        String(repeating: "9^100000*", count: 100) + "1", String(repeating: "7^300000%1009+", count: 20_000) + "1",
        String(repeating: "exp(1.1)*", count: 50_000) + "1", String(repeating: "sqrt(2)+", count: 60_000) + "1",
        "sum(" + String(repeating: "9^300000,", count: 50_000) + "1)",
        String(repeating: "max(9^300000,", count: 900) + "1" + String(repeating: ")", count: 900),
        String(repeating: "1e-99999+", count: 100_000) + "1", String(repeating: "1/3^99999+", count: 50_000) + "1",
        String(repeating: "(1/7^9999)*", count: 50_000) + "1",
    ])
    func workIsBoundedByTheDeadline(expression: String) {
        let clock = ContinuousClock()
        let deadline = clock.now + .milliseconds(300)
        let error = Calculator.test.error(expression, precision: 50, budget: Budget(deadline: deadline))
        if let error {
            let expected: [CalculationError.Code] = [.deadlineExceeded, .tooManyDigits, .tooMuchWork]
            #expect(expected.contains(error.code), "\(error)")
        }
        // What a debug build on a busy machine may overshoot by.
        #expect(clock.now < deadline + .seconds(5))
    }

    @Test func workIsBoundedWithoutADeadline() {
        let expression = String(repeating: "exp(1.1)*", count: 50_000) + "1"
        let error = Calculator.test.error(expression, precision: 10_000, budget: Budget(work: 50_000_000))
        #expect(error?.code == .tooMuchWork)
        // The small budget that a server tries calls with on its event loop.
        #expect(Calculator.test.error("19.99 * 3 * 1.0825 + 0.30", budget: Budget(work: 10_000)) == nil)
        #expect(Calculator.test.error("exp(1)", budget: Budget(work: 10_000))?.code == .tooMuchWork)
    }

    @Test func readingIsPaidForToo() {
        let budget = Budget(work: 100_000)
        #expect(
            Calculator.test.error(String(repeating: "1+", count: 500_000) + "1", budget: budget)?.code == .tooMuchWork)
        #expect(Calculator.test.error(String(repeating: "1", count: 500_000), budget: budget)?.code == .tooMuchWork)
    }

    @Test func aDeadlineThatIsOverIsAnErrorBeforeAnythingIsDone() {
        let budget = Budget(deadline: .now - .seconds(1))
        let error = Calculator.test.error("1 + 1", budget: budget)
        #expect(error?.code == .deadlineExceeded && error?.position == nil)
    }

    @Test func cancellationStopsACall() {
        let asked = Mutex(0)
        let budget = Budget(isCancelled: {
            asked.withLock { count in
                count += 1
                return count > 5
            }
        })
        let error = Calculator.test.error(String(repeating: "exp(1.1)*", count: 50_000) + "1", budget: budget)
        #expect(error?.code == .cancelled)
        #expect(asked.withLock { $0 } == 6)
    }

    @Test func aBatchStopsAtItsDeadlineAsAWhole() {
        let request = BatchRequest(expressions: Array(repeating: "exp(1.1)", count: 10_000), precision: 2_000)
        let clock = ContinuousClock()
        let start = clock.now
        #expect {
            try Calculator.test.batch(request, budget: Budget(deadline: start + .milliseconds(100)))
        } throws: {
            ($0 as? CalculationError)?.code == .deadlineExceeded
        }
        #expect(clock.now - start < .seconds(5))
    }

    @Test func limitsAreWhatTheyAreSetTo() {
        var limits = CalculationLimits()
        limits.digits = 100
        limits.depth = 3
        let calculator = Calculator(denominations: .builtIn, limits: limits)
        #expect(calculator.error("((((1))))")?.code == .tooDeep)
        #expect(calculator.error("9^200")?.code == .tooManyDigits)
        #expect(calculator.error(String(repeating: "1", count: 101))?.code == .tooManyDigits)
        // Too long to be exact, and of moderate size: correctly rounded all the same.
        #expect((try? calculator.result("1.000000001^1000000")) == "1.001000500166207841418306191780425")
    }
}
