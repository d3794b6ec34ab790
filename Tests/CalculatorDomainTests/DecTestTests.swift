import CalculatorDomain
import Foundation
import Testing

/// The General Decimal Arithmetic test cases in `shared/vectors/decimal/` beside the repository. Not part of it.
struct DecTestTests {
    static let folder: URL? = {
        var directory = URL(filePath: #filePath).deletingLastPathComponent()
        while directory.path() != "/" {
            if FileManager.default.fileExists(atPath: directory.appending(path: "Package.swift").path()) {
                let folder = directory.deletingLastPathComponent().appending(path: "shared/vectors/decimal")
                return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
            }
            directory = directory.deletingLastPathComponent()
        }
        return nil
    }()

    static let files: [URL] = {
        guard let folder else { return [] }
        let all = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (all ?? []).filter { $0.pathExtension == "decTest" }.sorted { $0.path() < $1.path() }
    }()

    @Test(.enabled(if: folder != nil, "there is no shared/vectors/decimal beside the repository"), arguments: files)
    func everyFiniteNormalCaseAgrees(file: URL) throws {
        var run = 0
        var passed = 0
        var skipped: [String: Int] = [:]
        for decTest in DecTestCase.cases(in: try String(contentsOf: file, encoding: .utf8)) {
            if let reason = decTest.reasonToSkip {
                skipped[reason, default: 0] += 1
                continue
            }
            let expression = try #require(decTest.expression)
            let rounding = try #require(decTest.mode)
            run += 1
            let result = try Calculator.test.result(expression, precision: decTest.precision, rounding)
            let agrees = try DecimalNumber(result) == DecimalNumber(decTest.result)
            #expect(agrees, "\(decTest.name): \(expression) is \(result), not \(decTest.result)")
            if agrees { passed += 1 }
        }
        let reasons = skipped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        print(
            "\(file.lastPathComponent): \(run) run, \(passed) passed, \(skipped.values.reduce(0, +)) skipped (\(reasons))"
        )
        #expect(run > 0)
    }

    @Test func aFileIsReadWithItsDirectives() {
        let cases = DecTestCase.cases(
            in: """
                -- a comment
                Precision: 5
                rounding:  half_EVEN
                addx1 add 1 '2'  ->  3 -- a remark
                precision: 3
                divx1 divide 1 3 -> '0.333' Inexact Rounded
                addx2 add Inf 1 -> Infinity
                """)
        #expect(cases.map(\.name) == ["addx1", "divx1", "addx2"])
        #expect(cases.map(\.precision) == [5, 3, 3])
        #expect(cases[0].expression == "(1) + (2)" && cases[0].mode == .halfEven && cases[0].conditions.isEmpty)
        #expect(cases[1].conditions == ["inexact", "rounded"])
        #expect(cases.map(\.reasonToSkip) == [nil, nil, "not a finite number"])
    }
}
