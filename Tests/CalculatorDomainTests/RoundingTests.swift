import CalculatorDomain
import TestRandom
import Testing

struct RoundingTests {
    /// 0.5 steps around zero, to whole numbers: the table of General Decimal Arithmetic and of IEEE 754.
    @Test(arguments: [
        (Rounding.halfEven, ["-2", "-2", "-1", "0", "0", "1", "2", "2"]),
        (.halfUp, ["-3", "-2", "-1", "-1", "1", "1", "2", "3"]),
        (.halfDown, ["-2", "-2", "-1", "0", "0", "1", "2", "2"]),
        (.up, ["-3", "-2", "-2", "-1", "1", "2", "2", "3"]),
        (.down, ["-2", "-1", "-1", "0", "0", "1", "1", "2"]),
        (.ceiling, ["-2", "-1", "-1", "0", "1", "2", "2", "3"]),
        (.floor, ["-3", "-2", "-2", "-1", "0", "1", "1", "2"]),
    ])
    func aModeRoundsToWholeNumbers(rounding: Rounding, results: [String]) throws {
        let numbers = ["-2.5", "-1.6", "-1.1", "-0.5", "0.5", "1.1", "1.6", "2.5"]
        #expect(try numbers.map { try Calculator.test.result("round(\($0))", rounding) } == results)
        // The same digits as a precision, and far from zero.
        let scaled = try numbers.map { number in
            try Calculator.test.result("(\(number)) * 1e40", precision: 1, rounding)
        }
        for (number, (result, expected)) in zip(numbers, zip(scaled, results)) where !number.contains("0.5") {
            #expect(try Calculator.test.result("\(result) = (\(expected)) * 1e40") == "true", "\(number)")
        }
    }

    @Test(arguments: Rounding.allCases)
    func exactResultsAreNeverRounded(rounding: Rounding) throws {
        for expression in ["0.1 + 0.2", "99", "1/8", "sqrt(2) * sqrt(2)", "exp(0)", "4^0.5"] {
            let evaluation = try Calculator.test.evaluate(
                EvaluateRequest(expression: expression, precision: 3, rounding: rounding))
            #expect(evaluation.isExact, "\(expression)")
        }
    }

    @Test(arguments: [
        ("9.99", 2, Rounding.halfEven, "10"), ("9.95", 2, .halfEven, "10"), ("9.85", 2, .halfEven, "9.8"),
        ("9.85", 2, .halfUp, "9.9"), ("9.85", 2, .halfDown, "9.8"), ("9.8500001", 2, .halfDown, "9.9"),
        ("-9.99", 2, .ceiling, "-9.9"), ("-9.91", 2, .floor, "-10"), ("999999", 1, .up, "1000000"),
        ("0.000999", 2, .up, "0.001"), ("2/3", 1, .down, "0.6"), ("2/3", 1, .ceiling, "0.7"), ("-2/3", 1, .up, "-0.7"),
        ("1/6", 3, .halfUp, "0.167"), ("12345678", 3, .down, "12300000"),
        ("1e999999999 + 1", 3, .up, "1.01E+999999999"),
        ("1e999999999 + 1", 3, .halfEven, "1E+999999999"), ("1e999999999 - 1", 3, .down, "9.99E+999999998"),
        ("1 - 1e-999999999", 5, .floor, "0.99999"), ("1 - 1e-999999999", 5, .ceiling, "1"),
        ("15 + 1e-999999999", 1, .halfDown, "20"), ("25 - 1e-999999999", 1, .halfUp, "20"),
        ("25 + 1e-999999999", 1, .halfEven, "30"), ("25", 1, .halfEven, "20"),
    ])
    func aPrecisionRounds(expression: String, precision: Int, rounding: Rounding, result: String) throws {
        #expect(try Calculator.test.result(expression, precision: precision, rounding) == result)
    }

    /// Each mode by its definition, from floor and a comparison of exact numbers.
    @Test(arguments: Rounding.allCases)
    func randomNumbersRoundAsTheModeIsDefined(rounding: Rounding) throws {
        var generator = SplitMix64(seed: 42)
        for _ in 0..<300 {
            let top = Int.random(in: -5_000...5_000, using: &generator)
            let bottom = [2, 4, 5, 8, 10, 20, 100, 3, 7].randomElement(using: &generator) ?? 1
            // Down, and what is left of it in units of 1 / bottom.
            let floor = top >= 0 ? top / bottom : -((-top + bottom - 1) / bottom)
            let rest = top - floor * bottom
            let nearest = 2 * rest < bottom ? floor : floor + 1
            let isTie = 2 * rest == bottom
            let expected =
                switch rounding {
                case _ where rest == 0: floor
                case .floor: floor
                case .ceiling: floor + 1
                case .down: top >= 0 ? floor : floor + 1
                case .up: top >= 0 ? floor + 1 : floor
                case .halfUp: isTie ? (top >= 0 ? floor + 1 : floor) : nearest
                case .halfDown: isTie ? (top >= 0 ? floor : floor + 1) : nearest
                case .halfEven: isTie ? (floor.isMultiple(of: 2) ? floor : floor + 1) : nearest
                }
            #expect(try Calculator.test.result("round((\(top))/\(bottom))", rounding) == String(expected))
        }
    }
}
