import Encodings
package import Hummingbird
import ServiceRuntime

/// The query parameters of a request: known ones only, each at most once. An empty one counts as not given.
package struct Query {
    private let values: [String: String]

    package init(_ request: Request, allowing names: Set<String>) throws(Problem) {
        var values: [String: String] = [:]
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = Self.decoded(parts[0]) ?? String(parts[0])
            guard names.contains(name) else {
                throw .invalidParameter(
                    name,
                    expectation: names.isEmpty
                        ? "left out: none is known here" : "one of \(names.sorted().joined(separator: ", "))")
            }
            guard let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                throw .invalidParameter(name, expectation: "percent-encoded UTF-8")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw .invalidParameter(name, expectation: "given at most once")
            }
        }
        self.values = values.filter { !$0.value.isEmpty }
    }

    /// For pages, whose addresses others add to: parameters of other names are passed over. Of one that is given more than once,
    /// the first counts.
    package init(_ request: Request, reading names: Set<String>) throws(Problem) {
        var values: [String: String] = [:]
        for pair in (request.uri.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), names.contains(name), values[name] == nil else { continue }
            guard let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                throw .invalidParameter(name, expectation: "percent-encoded UTF-8")
            }
            values[name] = value
        }
        self.values = values.filter { !$0.value.isEmpty }
    }

    /// As browsers and most clients write it: `application/x-www-form-urlencoded` (URL Standard, section 5.1), where a
    /// space is `+`. Nil where an escape is cut off or the bytes are no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").percentDecoded
    }

    package func text(_ name: String) -> String? { values[name] }

    package func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(digits: text), range.contains(value) else {
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
