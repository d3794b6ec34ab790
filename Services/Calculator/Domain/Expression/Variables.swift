/// The variables of expressions, by name.
enum Variables {
    /// Characters of a name: a letter or an underscore, then letters, digits and underscores, all of them ASCII.
    static let maximumNameLength = 64

    /// - Throws: ``CalculationError/Code/invalidVariable``, ``CalculationError/Code/invalidNumber``, or a limit.
    static func parse(
        _ texts: [String: String], limits: CalculationLimits
    ) throws(CalculationError) -> [String: ExactNumber] {
        if texts.isEmpty { return [:] }
        guard texts.count <= limits.variables else {
            throw CalculationError(
                .tooMany, "there are more than \(limits.variables) variables", pointer: "/variables")
        }
        var values: [String: ExactNumber] = [:]
        values.reserveCapacity(texts.count)
        for (name, text) in texts {
            guard isName(name) else {
                throw CalculationError(
                    .invalidVariable,
                    "a variable's name is a letter or '_', then letters, digits or '_', \(maximumNameLength) at most",
                    pointer: "/variables")
            }
            guard Function(rawValue: name) == nil else {
                throw CalculationError(
                    .invalidVariable, "'\(name)' is a function", pointer: "/variables/\(name)")
            }
            values[name] = ExactNumber(try DecimalNumber(text, limits: limits, pointer: "/variables/\(name)"))
        }
        return values
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return text.utf8.count <= maximumNameLength && text.utf8.allSatisfy(Lexer.isNameByte)
    }
}
