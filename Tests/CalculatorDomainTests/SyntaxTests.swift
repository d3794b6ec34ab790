import CalculatorDomain
import TestRandom
import Testing

struct SyntaxTests {
    @Test(
        arguments: [
            ("", .invalidExpression, 1), ("   ", .invalidExpression, 4), ("1 +", .invalidExpression, 4),
            ("(1 + 2", .invalidExpression, 7), ("(1 + 2))", .invalidExpression, 8), (")", .invalidExpression, 1),
            ("()", .invalidExpression, 2), ("1 2", .invalidExpression, 3), ("2x", .invalidExpression, 2),
            ("1 + * 2", .invalidExpression, 5), ("1.2.3", .invalidExpression, 4), (".", .invalidExpression, 1),
            ("1e", .invalidExpression, 3), ("1e+", .invalidExpression, 4), ("1e+x", .invalidExpression, 4),
            ("0x10", .invalidExpression, 2), ("1,2", .invalidExpression, 2), ("(1,2)", .invalidExpression, 3),
            ("min()", .invalidExpression, 5), ("min(1,)", .invalidExpression, 7), ("min", .invalidExpression, 4),
            ("min + 1", .invalidExpression, 5), ("abs(1, 2)", .invalidExpression, 1),
            ("1 + round(1, 2, 3)", .invalidExpression, 5), ("1 & 2", .invalidExpression, 3),
            ("1 ! 2", .invalidExpression, 3), ("1 = = 2", .invalidExpression, 5), ("\u{FF11}", .invalidExpression, 1),
            ("1 \u{2212} 2", .invalidExpression, 3), ("'é' + )", .invalidExpression, 1), ("$1", .invalidExpression, 1),
            ("1;2", .invalidExpression, 2), ("\u{0}", .invalidExpression, 1), ("x", .unknownName, 1),
            ("1 + foo(2)", .unknownName, 5), ("SQRT(2)", .unknownName, 1), ("pi", .unknownName, 1),
            ("1/0", .divisionByZero, 2), ("10 % (1 - 1)", .divisionByZero, 4), ("0 ^ -1", .divisionByZero, 3),
            ("0 ^ -0.5", .divisionByZero, 3), ("1 / (sqrt(2) * sqrt(2) - 2)", .divisionByZero, 3),
            ("2 + sqrt(-1)", .outsideDomain, 5), ("ln(0)", .outsideDomain, 1), ("ln(-1)", .outsideDomain, 1),
            ("log10(0)", .outsideDomain, 1), ("(-8)^(1/3)", .outsideDomain, 5),
            ("sqrt(1 - sqrt(2))", .outsideDomain, 1),
            ("round(1, 0.5)", .outsideDomain, 1), ("1 < 2 < 3", .notANumber, 7), ("(1 < 2) + 1", .notANumber, 9),
            ("-(1 < 2)", .notANumber, 1), ("sqrt(1 = 1)", .notANumber, 1), ("0 * (1 < 2)", .notANumber, 3),
            ("(1 < 2) ^ 2", .notANumber, 9), ("(1 < 2) / 0", .notANumber, 9),
        ] as [(String, CalculationError.Code, Int)])
    func anErrorNamesItsPlace(expression: String, code: CalculationError.Code, position: Int) {
        let error = Calculator.test.error(expression)
        #expect(error?.code == code)
        #expect(error?.position == position)
        #expect(error?.pointer == "/expression")
        #expect(error?.detail.hasSuffix("at position \(position)") == true)
    }

    @Test func messagesNameWhatIsWrong() {
        #expect(Calculator.test.error("(1+(2)))")?.detail == "unexpected ')' at position 8")
        #expect(Calculator.test.error("1 +")?.detail == "unexpected end of the expression at position 4")
        #expect(Calculator.test.error("1 \u{200B}+ 2")?.detail == "unexpected character U+200B at position 3")
        #expect(Calculator.test.error("foo")?.detail == "unknown function or variable 'foo' at position 1")
        #expect(Calculator.test.error("1/0")?.detail == "division by zero at position 2")
    }

    @Test(arguments: [
        (["1x": "1"], CalculationError.Code.invalidVariable, "/variables"), (["": "1"], .invalidVariable, "/variables"),
        (["a b": "1"], .invalidVariable, "/variables"), (["é": "1"], .invalidVariable, "/variables"),
        ([String(repeating: "a", count: 65): "1"], .invalidVariable, "/variables"),
        (["sqrt": "1"], .invalidVariable, "/variables/sqrt"), (["x": ""], .invalidNumber, "/variables/x"),
        (["x": "1 "], .invalidNumber, "/variables/x"), (["x": "1+1"], .invalidNumber, "/variables/x"),
        (["x": "NaN"], .invalidNumber, "/variables/x"), (["x": "--1"], .invalidNumber, "/variables/x"),
        (["x": "1e99999999999"], .exponentOutOfRange, "/variables/x"),
    ])
    func aBadVariableIsRefused(variables: [String: String], code: CalculationError.Code, pointer: String) {
        #expect {
            try Calculator.test.evaluate(EvaluateRequest(expression: "1", variables: variables))
        } throws: { error in
            (error as? CalculationError)?.code == code && (error as? CalculationError)?.pointer == pointer
        }
    }

    @Test(arguments: [0, -1, 10_001, .max, .min])
    func aPrecisionOutOfRangeIsRefused(precision: Int) {
        #expect(Calculator.test.error("1", precision: precision)?.code == .invalidPrecision)
    }

    /// Any text ends in a result or an error that points into it.
    @Test(arguments: 0..<40)
    func randomTextNeverCrashes(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "1", "0", "9", "2.5", "1e3", "1e-9", "(", ")", ",", "+", "-", "*", "/", "%", "^", "<", "<=", "=", "!=",
            "min", "max(",
            "abs(", "sum(", "floor(", "ceil(", "round(", "sqrt(", "exp(", "ln(", "log10(", "x", " ", ".", "e", "é",
            "\u{0}",
        ]
        for _ in 0..<250 {
            let length = Int.random(in: 1...14, using: &generator)
            let text = (0..<length).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
            let budget = Budget(work: 20_000_000)
            guard let error = Calculator.test.error(text, precision: 20, budget: budget) else { continue }
            #expect((1...text.unicodeScalars.count + 1).contains(error.position ?? 0), "\(text)")
        }
    }
}
