package import Hummingbird

/// The query parameters of a request: known ones only, each at most once. An empty one counts as not given.
package struct Query {
    private let values: [String: String]

    package init(_ request: Request, allowing names: Set<String>) throws(Problem) {
        var values: [String: String] = [:]
        for (name, value) in request.uri.queryParameters {
            guard names.contains(String(name)) else {
                throw .invalidParameter(
                    String(name),
                    expectation: names.isEmpty
                        ? "left out: none is known here" : "one of \(names.sorted().joined(separator: ", "))")
            }
            guard values.updateValue(String(value), forKey: String(name)) == nil else {
                throw .invalidParameter(String(name), expectation: "given at most once")
            }
        }
        self.values = values.filter { !$0.value.isEmpty }
    }

    package func text(_ name: String) -> String? { values[name] }

    package func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw .invalidParameter(name, expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    package func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ name: String, of: Choice.Type
    ) throws(Problem) -> Choice? {
        guard let text = values[name] else { return nil }
        guard let value = Choice(rawValue: text) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalidParameter(name, expectation: "one of \(choices)")
        }
        return value
    }
}
