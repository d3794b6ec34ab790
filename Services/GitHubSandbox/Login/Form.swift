import Encodings

/// Fields of a form or a query: `application/x-www-form-urlencoded`.
struct Form {
    private let fields: [String: String]

    init(_ text: String) {
        let pairs = text.split(separator: "&").compactMap { pair -> (String, String)? in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                $0.replacing("+", with: " ").percentDecoded
            }
            guard let name = parts[0] else { return nil }
            return (name, (parts.count > 1 ? parts[1] : "") ?? "")
        }
        fields = Dictionary(pairs) { first, _ in first }
    }

    subscript(name: String) -> String? { fields[name] }

    static func encoded(_ pairs: [(String, String)]) -> String {
        pairs.map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
    }
}
