import CalculatorDomain

/// A case of General Decimal Arithmetic's test suite (speleotrove.com/decimal/dectest.html).
struct DecTestCase {
    var name: String
    var operation: String
    var operands: [String]
    var result: String
    var conditions: Set<String>
    var precision: Int
    var rounding: String

    /// The cases of a file, each with the directives that hold where it stands.
    static func cases(in text: String) -> [DecTestCase] {
        var precision = 9
        var rounding = "half_up"
        var cases: [DecTestCase] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let words = words(of: line)
            guard let first = words.first, !first.hasPrefix("--") else { continue }
            if first.hasSuffix(":"), words.count > 1 {
                switch first.lowercased() {
                case "precision:": precision = Int(words[1]) ?? precision
                case "rounding:": rounding = words[1].lowercased()
                default: break
                }
                continue
            }
            guard let arrow = words.firstIndex(of: "->"), arrow > 2, arrow + 1 < words.count else { continue }
            let conditions = words[(arrow + 2)...].prefix { !$0.hasPrefix("--") }.map { $0.lowercased() }
            cases.append(
                DecTestCase(
                    name: words[0], operation: words[1].lowercased(), operands: Array(words[2..<arrow]),
                    result: words[arrow + 1], conditions: Set(conditions), precision: precision, rounding: rounding))
        }
        return cases
    }

    /// Words are separated by space; those in quotes may contain some.
    private static func words(of line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word.append(character) }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character.isWhitespace {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// Why the case is not one of this calculator; nil if it is.
    var reasonToSkip: String? {
        for text in operands + [result] {
            let lower = text.lowercased()
            if lower.contains("nan") || lower.contains("inf") { return "not a finite number" }
            if text.contains("#") || text == "?" { return "no number at all" }
        }
        for condition in [
            "overflow", "underflow", "subnormal", "clamped", "division_by_zero", "division_undefined",
            "invalid_operation", "division_impossible",
        ] where conditions.contains(condition) {
            return condition
        }
        if !CalculationLimits.precision.contains(precision) { return "precision out of range" }
        if mode == nil { return "rounding \(rounding)" }
        if sign == nil { return "operation \(operation)" }
        return nil
    }

    var mode: Rounding? { Rounding(rawValue: rounding.replacing("_", with: "-")) }

    private var sign: String? { ["add": "+", "subtract": "-", "multiply": "*", "divide": "/"][operation] }

    var expression: String? {
        guard let sign, operands.count == 2 else { return nil }
        return "(\(operands[0])) \(sign) (\(operands[1]))"
    }
}
