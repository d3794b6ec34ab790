import CalculatorDomain
import TestRandom
import Testing

struct EvaluateTests {
    @Test(arguments: [
        ("0.1 + 0.2", "0.3"), ("1 - 0.9", "0.1"), ("1/8", "0.125"), ("2/4 + 1/2", "1"), ("1/3*3", "1"),
        ("1/3 + 1/6 - 1/2", "0"), ("19.99 * 3", "59.97"), ("100 * 1.10", "110"), ("0", "0"), ("-0", "0"),
        ("5.", "5"), (".5", "0.5"), ("007", "7"), ("1e3", "1000"), ("1E-3", "0.001"), ("1.5e+2", "150"),
        ("0.000", "0"), ("1200", "1200"), ("12e2 / 1e2", "12"), ("  1\t+\n1 ", "2"),
        ("2 + 3 * 4", "14"), ("(2 + 3) * 4", "20"), ("2 - 3 - 4", "-5"), ("24 / 4 / 2", "3"), ("24 / (4 / 2)", "12"),
        ("-2^2", "-4"), ("(-2)^2", "4"), ("2^3^2", "512"), ("(2^3)^2", "64"), ("2^-1", "0.5"), ("2^-2^2", "0.0625"),
        ("-2 * -3", "6"), ("2 * -3 ^ 2", "-18"), ("--5", "5"), ("-+-5", "5"), ("1 - -1", "2"), ("2^-3*4", "0.5"),
        ("0^0", "1"), ("0^5", "0"), ("(-1)^1000001", "-1"), ("10^-3", "0.001"), ("(2/3)^-2", "2.25"),
        ("1^(10^18)", "1"),
        ("5 % 3", "2"), ("-5 % 3", "-2"), ("5 % -3", "2"), ("5.5 % 2", "1.5"), ("1 % (1/3)", "0"),
        ("1e-999999999 % 7", "1E-999999999"), ("0 % 5", "0"), ("2^1000 % 1000007", "783922"),
        ("min(3, 1, 2)", "1"), ("max(3, 1, 2)", "3"), ("sum(1, 2, 3.5)", "6.5"), ("sum(7)", "7"), ("min(-1)", "-1"),
        ("abs(-3.5)", "3.5"), ("abs(2)", "2"),
        ("floor(2.7)", "2"), ("floor(-2.1)", "-3"), ("ceil(2.1)", "3"), ("ceil(-2.7)", "-2"), ("floor(-1/3)", "-1"),
        ("floor(5)", "5"), ("ceil(1e-999999999)", "1"), ("floor(1e999999999) % 10^999999998", "0"),
        ("round(2.5)", "2"), ("round(3.5)", "4"), ("round(-2.5)", "-2"), ("round(2.345, 2)", "2.34"),
        ("round(1/3, 5)", "0.33333"), ("round(2/3, 5)", "0.66667"), ("round(1234, -2)", "1200"),
        ("round(0.05, 0)", "0"),
        ("round(1/7, 0)", "0"), ("round(1e999999999, 2)", "1E+999999999"), ("round(1e-5, 999999999)", "0.00001"),
        ("sqrt(16)", "4"), ("sqrt(0)", "0"), ("sqrt(2.25)", "1.5"), ("sqrt(4/9)*3", "2"), ("sqrt(1e-6)", "0.001"),
        ("sqrt(10^1001 * 10) / 10^500", "10"), ("exp(0)", "1"), ("ln(1)", "0"), ("log10(1000)", "3"),
        ("log10(1/(2*50))", "-2"),
        ("log10(1e-999999999)", "-999999999"), ("8^(1/3)", "2"),
        ("4^-0.5", "0.5"), ("1e-999999999^(1/999999999)", "0.1"), ("0^0.5", "0"), ("32^0.2", "2"), ("1^0.3", "1"),
        ("(1/1024)^0.1", "0.5"),
    ])
    func rationalResultsAreExact(expression: String, result: String) throws {
        let evaluation = try Calculator.test.evaluate(EvaluateRequest(expression: expression))
        #expect(evaluation == Evaluation(result: result, isExact: true, digits: nil))
    }

    @Test(arguments: [
        ("7/2 % (2/3)", "0.1666666666666666666666666666666667"),
        ("max(1/3, 0.3333)", "0.3333333333333333333333333333333333"),
        ("(8/27)^(2/3)", "0.4444444444444444444444444444444444"), ("-2/3", "-0.6666666666666666666666666666666667"),
        ("1e-50/3", "0." + String(repeating: "0", count: 50) + "3333333333333333333333333333333333"),
    ])
    func fractionsWithoutAnEndAreRounded(expression: String, result: String) throws {
        let evaluation = try Calculator.test.evaluate(EvaluateRequest(expression: expression))
        #expect(evaluation == Evaluation(result: result, isExact: false, digits: 34))
    }

    @Test(arguments: [
        ("1 < 2", true), ("2 < 1", false), ("1 <= 1", true), ("2 >= 3", false), ("3 > 2", true), ("1 = 1.0", true),
        ("1 == 1/1", true), ("1 != 1", false), ("0.1 + 0.2 = 0.3", true), ("1/3 = 0.3333", false),
        ("(1 < 2)", true), ("1e999999999 > 1e-999999999", true), ("-1e999999999 < 1e-999999999", true),
        ("1e999999999 > 9.99e999999998", true), ("sqrt(2) < 1.5", true), ("sqrt(2) * sqrt(3) = sqrt(6)", true),
        ("sqrt(2) + sqrt(3) = sqrt(5 + 2 * sqrt(6))", true),
        ("sqrt(2) + sqrt(3) > sqrt(5 + 2 * sqrt(6.0000000001))", false),
        ("exp(1) > 2.718281828459045235360287471352662497757", true), ("2^0.5 != sqrt(2)", false),
    ])
    func comparisonsAreTrueOrFalse(expression: String, isTrue: Bool) throws {
        let evaluation = try Calculator.test.evaluate(EvaluateRequest(expression: expression))
        #expect(evaluation == Evaluation(result: isTrue ? "true" : "false", isExact: true, digits: nil))
    }

    @Test func aRoundedResultSaysSo() throws {
        let evaluation = try Calculator.test.evaluate(EvaluateRequest(expression: "1/3"))
        #expect(
            evaluation
                == Evaluation(result: "0.3333333333333333333333333333333333", isExact: false, digits: 34))
        let exact = try Calculator.test.evaluate(EvaluateRequest(expression: "2^200", precision: 61))
        #expect(exact.isExact && exact.digits == nil)
        let rounded = try Calculator.test.evaluate(EvaluateRequest(expression: "2^200", precision: 60))
        #expect(
            rounded
                == Evaluation(
                    result: "1606938044258990275541962092341162602522202993782792835301380", isExact: false, digits: 60)
        )
    }

    @Test func variablesStandForTheirValues() throws {
        let variables = ["x": "1.5", "rate_2": "-2e-3", "_": "+7", "min1": ".5"]
        #expect(try Calculator.test.result("x * 2 + _", variables: variables) == "10")
        #expect(try Calculator.test.result("-rate_2 ^ 2 + min1", variables: variables) == "0.499996")
        #expect(try Calculator.test.result("min(x, min1)", variables: variables) == "0.5")
    }

    @Test(arguments: [
        ("1e9999", "1" + String(repeating: "0", count: 9999)), ("1e10000", "1E+10000"), ("-12e10000", "-1.2E+10001"),
        ("1e-9999", "0." + String(repeating: "0", count: 9998) + "1"), ("1e-10000", "1E-10000"),
        ("123e-20000", "1.23E-19998"), ("10 ^ 6000", "1" + String(repeating: "0", count: 6000)),
    ])
    func magnitudesAboveTenThousandDigitsHaveAnExponent(expression: String, text: String) throws {
        #expect(try Calculator.test.result(expression) == text)
    }

    /// `(a op b) op c` of whole numbers, against the machine's own arithmetic.
    @Test(arguments: 0..<20)
    func wholeNumbersCalculateAsTheMachineDoes(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        for _ in 0..<200 {
            let numbers = (0..<4).map { _ in Int.random(in: -1000...1000, using: &generator) }
            let (a, b, c, d) = (numbers[0], numbers[1], numbers[2], numbers[3])
            #expect(try Calculator.test.result("(\(a) + \(b)) * \(c) - (\(d))") == String((a + b) * c - d))
            #expect(try Calculator.test.result("\(a) + \(b) * \(c) - (\(d))") == String(a + b * c - d))
            if d != 0 { #expect(try Calculator.test.result("(\(a * b)) % (\(d))") == String(a * b % d)) }
        }
    }

    /// Sums and products of fractions do not depend on their order, and a fraction divided by itself is one.
    @Test(arguments: 0..<20)
    func fractionsHoldTheLawsOfFields(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        for _ in 0..<50 {
            let f = (0..<3).map { _ in
                let digits = Int.random(in: 1...60, using: &generator)
                let top = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
                let exponent = Int.random(in: -50...50, using: &generator)
                return "(-\(top)1e\(exponent)/\(Int.random(in: 1...999_999, using: &generator)))"
            }
            for law in [
                "\(f[0]) + \(f[1]) + \(f[2]) = \(f[2]) + (\(f[1]) + \(f[0]))",
                "\(f[0]) * (\(f[1]) + \(f[2])) = \(f[0]) * \(f[1]) + \(f[0]) * \(f[2])",
                "\(f[0]) / \(f[1]) * \(f[1]) / \(f[0]) = 1", "\(f[0]) - \(f[0]) = 0",
                "floor(\(f[0]) / \(f[1])) * \(f[1]) + \(f[0]) % \(f[1]) = \(f[0])",
                "(\(f[0])) ^ 3 = \(f[0]) * \(f[0]) * \(f[0])", "sqrt(\(f[0]) ^ 2) = abs(\(f[0]))",
            ] {
                #expect(try Calculator.test.result(law) == "true", "\(law)")
            }
        }
    }
}
