import CalculatorDomain
import TestRandom
import Testing

struct SummarizeTests {
    @Test func theExampleOfTheAPI() throws {
        let summary = try Calculator.test.summarize(
            SummarizeRequest(values: ["1", "2.5"], quantiles: ["0.5", "0.99"]))
        #expect(
            summary
                == Summary(
                    count: 2, sum: "3.5", mean: "1.75", variance: "1.125", minimum: "1", maximum: "2.5",
                    quantiles: [.init(quantile: "0.5", value: "1.75"), .init(quantile: "0.99", value: "2.485")],
                    isExact: true))
    }

    @Test func aSingleValueHasNoVariance() throws {
        let summary = try Calculator.test.summarize(SummarizeRequest(values: ["-7.50"], quantiles: ["0", "0.3", "1"]))
        #expect(summary.variance == nil && summary.isExact)
        #expect(summary.sum == "-7.5" && summary.mean == "-7.5" && summary.minimum == "-7.5")
        #expect(summary.quantiles.map(\.value) == ["-7.5", "-7.5", "-7.5"])
    }

    /// As `numpy.quantile` has it, whose default is type 7.
    @Test func quantilesAreInterpolatedLinearly() throws {
        let summary = try Calculator.test.summarize(
            SummarizeRequest(values: ["40", "10", "20", "30"], quantiles: ["0", "0.1", "0.25", "0.5", "0.75", "1"]))
        #expect(summary.quantiles.map(\.value) == ["10", "13", "17.5", "25", "32.5", "40"])
    }

    @Test func whatHasNoEndIsRoundedAndTheRestIsNot() throws {
        let wei = "123456789012345678901234567890123456789012345678"
        let summary = try Calculator.test.summarize(SummarizeRequest(values: [wei, "1", "1"], precision: 5))
        #expect(summary.sum == "123456789012345678901234567890123456789012345680")
        #expect(summary.mean == "41152000000000000000000000000000000000000000000")
        #expect(!summary.isExact)
        let up = try Calculator.test.summarize(
            SummarizeRequest(values: ["1", "1", "2"], precision: 3, rounding: .up))
        #expect(up.mean == "1.34" && up.variance == "0.334")
    }

    @Test(
        arguments: [
            (SummarizeRequest(values: []), .empty, "/values"),
            (SummarizeRequest(values: ["1", "x"]), .invalidNumber, "/values/1"),
            (SummarizeRequest(values: ["1"], quantiles: ["0.5", "1.01"]), .invalidQuantile, "/quantiles/1"),
            (SummarizeRequest(values: ["1"], quantiles: ["-0.1"]), .invalidQuantile, "/quantiles/0"),
            (SummarizeRequest(values: ["1"], quantiles: ["half"]), .invalidNumber, "/quantiles/0"),
            (SummarizeRequest(values: ["1"], quantiles: Array(repeating: "0.5", count: 1001)), .tooMany, "/quantiles"),
            (SummarizeRequest(values: ["1"], precision: 0), .invalidPrecision, "/precision"),
            (SummarizeRequest(values: ["1e999999999", "1"]), .tooManyDigits, ""),
            (SummarizeRequest(values: ["1e5000000001"]), .exponentOutOfRange, ""),
            (SummarizeRequest(values: Array(repeating: "1", count: 1_000_001)), .tooMany, "/values"),
        ] as [(SummarizeRequest, CalculationError.Code, String)])
    func aBadRequestIsRefused(request: SummarizeRequest, code: CalculationError.Code, pointer: String) {
        #expect {
            try Calculator.test.summarize(request)
        } throws: { error in
            (error as? CalculationError)?.code == code && (error as? CalculationError)?.pointer == pointer
        }
    }

    enum Shape: CaseIterable { case money, integers, large, mixed, tiny }

    static func values(_ shape: Shape, _ count: Int, _ generator: inout SplitMix64) -> [String] {
        (0..<count).map { _ in
            let sign = Bool.random(using: &generator) ? "-" : ""
            let units = Int.random(in: 0...99_999_999, using: &generator)
            return switch shape {
            case .money: "\(sign)\(units / 100).\(units % 100)"
            case .integers: "\(sign)\(units)"
            case .large: "\(sign)\(units)\(units)\(units)\(units)\(units)"
            case .mixed: "\(sign)\(units)e\(Int.random(in: -40...40, using: &generator))"
            case .tiny: "\(sign)\(units % 3)"
            }
        }
    }

    @Test(arguments: Shape.allCases, 0..<8)
    func summariesOfPartsMakeTheSummaryOfTheWhole(shape: Shape, seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let values = Self.values(shape, Int.random(in: 1...300, using: &generator), &generator)
        let request = SummarizeRequest(values: values, quantiles: ["0", "0.01", "0.5", "0.901", "1"])
        let whole = try Calculator.test.summarize(request)

        var parts: [SummaryPart] = []
        var rest = values[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...max(1, values.count / 3), using: &generator)
            parts.append(try Calculator.test.summarizePart(Array(rest.prefix(count)), keepingValues: true))
            rest = rest.dropFirst(count)
        }
        parts.shuffle(using: &generator)
        #expect(try Calculator.test.summarize(merging: parts, request) == whole)

        // A tree of parts, each taken apart and put together as on the wire.
        while parts.count > 1 {
            let merged = try Calculator.test.merge([parts.removeLast(), parts.removeLast()])
            let copy = try SummaryPart(
                count: merged.count, sum: DecimalNumber(merged.sum.text),
                sumOfSquares: DecimalNumber(merged.sumOfSquares.text), minimum: DecimalNumber(merged.minimum.text),
                maximum: DecimalNumber(merged.maximum.text),
                sortedValues: merged.sortedValues?.map { try DecimalNumber($0.text) })
            parts.insert(copy, at: 0)
        }
        #expect(try Calculator.test.summarize(merging: parts, request) == whole)
    }

    /// Without their values parts may stand for more than one call may have.
    @Test func partsWithoutTheirValuesMayStandForAnyNumber() throws {
        func part(_ count: Int, values: [DecimalNumber]? = nil) throws -> SummaryPart {
            try SummaryPart(
                count: count, sum: DecimalNumber(count), sumOfSquares: DecimalNumber(count), minimum: DecimalNumber(1),
                maximum: DecimalNumber(1), sortedValues: values)
        }
        let ones = SummarizeRequest(values: [])
        let summary = try Calculator.test.summarize(merging: [part(1_000_000), part(2_000_000_000_000)], ones)
        #expect(summary.count == 2_000_001_000_000)
        #expect(summary.mean == "1")
        #expect(summary.variance == "0")
        for parts in [
            try [part(CalculationLimits.standard.count), part(1)],
            try [
                part(1_000_000, values: Array(repeating: DecimalNumber(1), count: 1_000_000)),
                part(1, values: [DecimalNumber(1)]),
            ],
        ] {
            #expect(throws: CalculationError.self) { try Calculator.test.summarize(merging: parts, ones) }
        }
    }

    @Test(arguments: Shape.allCases)
    func momentsAreWhatTheirFormulasSay(shape: Shape) throws {
        var generator = SplitMix64(seed: 9)
        let values = Self.values(shape, 25, &generator)
        let summary = try Calculator.test.summarize(SummarizeRequest(values: values, precision: 40))
        let sum = values.map { "(\($0))" }.joined(separator: "+")
        #expect(try Calculator.test.result("\(summary.sum) = \(sum)") == "true")
        #expect(try Calculator.test.result("(\(sum))/25", precision: 500) == summary.mean)
        let squares = values.map { "((\($0))-(\(sum))/25)^2" }.joined(separator: "+")
        let variance = try #require(summary.variance)
        #expect(
            try Calculator.test.result("(\(squares))/24", precision: 40)
                == Calculator.test.result(variance, precision: 40))
    }

    @Test func manySquaresCarry() throws {
        let value = String(Int.max)
        let summary = try Calculator.test.summarize(
            SummarizeRequest(values: [value, "-\(value)", value, value, value, value], precision: 100))
        #expect(summary.sum == "36893488147419103228")
        #expect(
            try Calculator.test.result("(6*6*\(value)^2 - (4*\(value))^2)/30", precision: 100)
                == Calculator.test.result(#require(summary.variance), precision: 100))
    }

    @Test func partsThatDoNotBelongTogetherAreRefused() throws {
        let with = try Calculator.test.summarizePart(["1"], keepingValues: true)
        let without = try Calculator.test.summarizePart(["1"], keepingValues: false)
        let request = SummarizeRequest(values: [], quantiles: ["0.5"])
        for parts in [[with, without], [without], [without, without]] {
            #expect {
                try Calculator.test.summarize(merging: parts, request)
            } throws: {
                ($0 as? CalculationError)?.code == .mismatchedParts
            }
        }
        #expect { try Calculator.test.summarize(merging: [], request) } throws: {
            ($0 as? CalculationError)?.code == .empty
        }
        let one = try DecimalNumber("1")
        let two = try DecimalNumber("2")
        #expect(throws: CalculationError.self) {
            try SummaryPart(count: 0, sum: one, sumOfSquares: one, minimum: one, maximum: one, sortedValues: nil)
        }
        #expect(throws: CalculationError.self) {
            try SummaryPart(count: 1, sum: one, sumOfSquares: one, minimum: two, maximum: one, sortedValues: nil)
        }
        #expect(throws: CalculationError.self) {
            try SummaryPart(count: 2, sum: one, sumOfSquares: one, minimum: one, maximum: one, sortedValues: [one])
        }
    }
}
