import CalculatorDomain
import Testing

/// What is not rational, rounded correctly.
struct CorrectRoundingTests {
    /// Digits from the OEIS: A002193, A001113, A002392, A007524, A002580.
    @Test(arguments: [
        ("sqrt(2)", "1.41421356237309504880168872420969807856967187537694807317667973799"),
        ("exp(1)", "2.71828182845904523536028747135266249775724709369995957496696762772"),
        ("ln(10)", "2.30258509299404568401799145468436420760110148862877297603332790096"),
        ("log10(2)", "0.30102999566398119521373889472449302676818988146210854131042746112"),
        ("2^(1/3)", "1.25992104989487316476721060727822835057025146470150798008197511215"),
    ])
    func knownDigitsComeOutAtEveryPrecision(expression: String, digits: String) throws {
        for precision in 1...60 {
            for rounding in Rounding.allCases {
                let result = try Calculator.test.result(expression, precision: precision, rounding)
                let expected = try Calculator.test.result(digits + "1", precision: precision, rounding)
                #expect(result == expected, "\(precision) \(rounding)")
            }
        }
    }

    /// A result with few digits is the rounding of one with many, and the directed ones enclose it.
    @Test(arguments: [
        "exp(0.1)", "exp(-123.456)", "exp(1e-20)", "ln(2)", "ln(1.0000000000000000000000001)", "ln(1e999999999)",
        "log10(3)", "log10(0.999999999999999999999999999999)", "sqrt(3)", "sqrt(1e999999999)", "1.05^(1/12)",
        "2^sqrt(2)", "(1 + 0.05/365)^(365*30.5)", "1.0000001^10000000", "exp(ln(7)/3)", "sqrt(2)+sqrt(3)-3.146264",
        "exp(1)*ln(2)/sqrt(3)", "10^0.3", "0.5^0.001", "exp(100000)",
    ])
    func modesAndPrecisionsAgree(expression: String) throws {
        let long = try Calculator.test.result(expression, precision: 400, .down)
        for precision in [1, 2, 7, 34, 35, 100] {
            for rounding in Rounding.allCases {
                // The digits after the four hundredth are not zero: none of these is rational.
                let expected = try Calculator.test.evaluate(
                    EvaluateRequest(expression: "\(long) * (1 + 1e-410)", precision: precision, rounding: rounding))
                let result = try Calculator.test.evaluate(
                    EvaluateRequest(expression: expression, precision: precision, rounding: rounding))
                #expect(result.result == expected.result && !result.isExact, "\(precision) \(rounding)")
            }
        }
    }

    @Test(arguments: [
        ("1 + exp(-1000000)", Rounding.up, "1.0000000000000000000000000000000001", false),
        ("1 + exp(-1000000)", .halfEven, "1", false),
        ("1 - exp(-1000000)", .down, "0.99999999999999999999999999999999999", false),
        ("exp(1e-30000)", .ceiling, "1.0000000000000000000000000000000001", false),
        ("exp(1e-30000)", .floor, "1", false),
        ("sqrt(1e100 + 1)", .up, "1.0000000000000000000000000000000001E+50", false),
        ("1.5 + exp(-1000000) * 0", .down, "1.5", true),
        ("sqrt(2) * sqrt(2)", .down, "2", true), ("sqrt(2) * sqrt(2)", .up, "2", true),
        ("sqrt(8) / sqrt(2)", .floor, "2", true),
        ("(sqrt(5) + 1) / 2 * (sqrt(5) - 1) / 2", .down, "1", true), ("2^0.5 * 2^0.25 * 2^0.25", .down, "2", true),
        ("sqrt(3 + 2 * sqrt(2)) - sqrt(2)", .down, "1", true), ("(1 + sqrt(2))^3 - 7 - 5 * sqrt(2)", .up, "0", true),
        ("floor(sqrt(2) * sqrt(2))", .halfEven, "2", true),
        ("round(sqrt(2) * sqrt(2) / 4 * 10, 0)", .halfEven, "5", true),
        ("sqrt(2) % sqrt(2)", .halfEven, "0", true), ("1 / (sqrt(2) - 1) - sqrt(2)", .floor, "1", true),
    ])
    func boundariesAreDecided(expression: String, rounding: Rounding, result: String, isExact: Bool) throws {
        let evaluation = try Calculator.test.evaluate(
            EvaluateRequest(expression: expression, precision: 35, rounding: rounding))
        let expected = try Calculator.test.result(result, precision: 35)
        #expect(evaluation.result == expected)
        #expect(evaluation.isExact == isExact)
    }

    @Test(arguments: ["exp(ln(2)) - 2", "floor(exp(ln(3)))", "exp(ln(2)) = 2", "1 / (ln(6) - ln(2) - ln(3))"])
    func whatNoDigitsDecideIsAnErrorAndNeverAGuess(expression: String) {
        #expect(Calculator.test.error(expression)?.code == .undecided)
    }

    @Test func theLargestPrecisionIsAnswered() throws {
        for expression in ["exp(1)", "ln(2)", "log10(7)", "sqrt(2)", "2^0.3", "1/7"] {
            let digits = try Calculator.test.result(expression, precision: 10_000).filter(\.isNumber)
            #expect(digits.drop { $0 == "0" }.count > 9_900, "\(expression)")
        }
    }

    @Test func cancellationOfDigitsIsMadeUpFor() throws {
        // 1 + x + x²/2 for x = 1e-5000: the sum begins with the first digits of x.
        let evaluation = try Calculator.test.evaluate(
            EvaluateRequest(expression: "(exp(1e-5000) - 1) * 1e5000", precision: 34, rounding: .up))
        #expect(evaluation.result == "1.000000000000000000000000000000001")
        #expect(try Calculator.test.result("(exp(1e-20) - 1 - 1e-20) * 2e40", precision: 19) == "1")
    }
}
