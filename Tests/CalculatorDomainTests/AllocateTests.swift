import CalculatorDomain
import TestRandom
import Testing

struct AllocateTests {
    @Test(arguments: [
        ("100", ["70", "30", "1"], ["69", "30", "1"]), ("100", ["1", "1", "1"], ["34", "33", "33"]),
        ("2", ["1", "1", "1"], ["1", "1", "0"]), ("-100", ["1", "1", "1"], ["-34", "-33", "-33"]),
        ("0", ["1", "2"], ["0", "0"]), ("7", ["0", "1", "0"], ["0", "7", "0"]), ("10", ["0.5", "1.5"], ["3", "7"]),
        ("10", ["5e-1", "15e-1"], ["3", "7"]), ("1", ["1"], ["1"]), ("5", ["1e10", "1"], ["5", "0"]),
        ("3", ["0", "0", "1", "1"], ["0", "0", "2", "1"]), ("007", ["1", "1"], ["4", "3"]), ("-0", ["1"], ["0"]),
        (
            "115792089237316195423570985008687907853269984665640564039457584007913129639935", ["1", "2"],
            [
                "38597363079105398474523661669562635951089994888546854679819194669304376546645",
                "77194726158210796949047323339125271902179989777093709359638389338608753093290",
            ]
        ),
    ])
    func unitsAreDividedByLargestRemainder(units: String, weights: [String], parts: [String]) throws {
        #expect(try Calculator.test.allocate(AllocateRequest(units: units, weights: weights)).parts == parts)
    }

    @Test(arguments: 0..<30)
    func thePartsAlwaysAddUp(seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        for _ in 0..<10 {
            let digits = Int.random(in: 1...80, using: &generator)
            var units = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
            if seed.isMultiple(of: 3) { units = String(Int.random(in: 0...20, using: &generator)) }
            let isNegative = Bool.random(using: &generator)
            let count = Int.random(in: 1...40, using: &generator)
            var weights = (0..<count).map { _ in
                switch Int.random(in: 0...4, using: &generator) {
                case 0: "0"
                case 1: String(Int.random(in: 0...3, using: &generator))
                case 2: "\(Int.random(in: 0...999, using: &generator)).\(Int.random(in: 0...99_999, using: &generator))"
                case 3: "\(Int.random(in: 1...9, using: &generator))e\(Int.random(in: -30...30, using: &generator))"
                default: String(Int.random(in: 0...Int.max, using: &generator))
                }
            }
            weights.append("1")
            weights.shuffle(using: &generator)
            let request = AllocateRequest(units: (isNegative ? "-" : "") + units, weights: weights)
            let parts = try Calculator.test.allocate(request).parts
            #expect(parts.count == weights.count)
            #expect(try Calculator.test.result("sum(\(parts.joined(separator: ","))) = \(request.units)") == "true")
            let total = "(" + weights.joined(separator: "+") + ")"
            for (index, part) in parts.enumerated() {
                // Never a unit or more away from the exact share, and never anything for nothing.
                let share = "(\(request.units))*\(weights[index])/\(total)"
                #expect(try Calculator.test.result("abs(\(part) - \(share)) < 1") == "true")
                if try DecimalNumber(weights[index]) == DecimalNumber("0") { #expect(part == "0") }
            }
            // The same for the negative total.
            let mirrored = AllocateRequest(units: (isNegative ? "" : "-") + units, weights: weights)
            let others = try Calculator.test.allocate(mirrored).parts
            #expect(others.map { $0 == "0" ? $0 : $0.hasPrefix("-") ? String($0.dropFirst()) : "-" + $0 } == parts)
        }
    }

    @Test(
        arguments: [
            ("", ["1"], .invalidUnits, "/units"), ("1.5", ["1"], .invalidUnits, "/units"),
            ("+1", ["1"], .invalidUnits, "/units"),
            ("1e3", ["1"], .invalidUnits, "/units"), ("-", ["1"], .invalidUnits, "/units"),
            (" 1", ["1"], .invalidUnits, "/units"),
            ("1", [], .empty, "/weights"), ("1", ["0", "0.0"], .invalidWeight, "/weights"),
            ("1", ["1", "-1"], .invalidWeight, "/weights/1"), ("1", ["1", "x"], .invalidNumber, "/weights/1"),
            ("1", ["1e999999999", "1"], .tooManyDigits, "/weights"),
            (String(repeating: "1", count: 1_000_001), ["1"], .tooManyDigits, "/units"),
            ("1", Array(repeating: "1", count: 100_001), .tooMany, "/weights"),
            (String(repeating: "1", count: 10_000), Array(repeating: "1", count: 100_000), .tooManyDigits, "/units"),
        ] as [(String, [String], CalculationError.Code, String)])
    func aBadRequestIsRefused(units: String, weights: [String], code: CalculationError.Code, pointer: String) {
        #expect {
            try Calculator.test.allocate(AllocateRequest(units: units, weights: weights))
        } throws: { error in
            (error as? CalculationError)?.code == code && (error as? CalculationError)?.pointer == pointer
        }
    }

    @Test func manyWeightsAreFine() throws {
        let weights = (0..<20_000).map { "\($0 % 97).5" }
        let parts = try Calculator.test.allocate(
            AllocateRequest(units: "123456789012345678901234567890", weights: weights)
        ).parts
        let total = try Calculator.test.summarize(SummarizeRequest(values: parts)).sum
        #expect(total == "123456789012345678901234567890")
    }
}
