/// An HTTP/1.1 answer as it came over the wire.
package struct HTTPAnswer: Sendable {
    package let status: Int
    /// By names in lower case.
    package let headers: [String: String]
    package let body: String

    /// - Parameter text: All that a server sent before it closed: one answer.
    package init(_ text: String) throws {
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let lines = parts[0].split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard parts.count == 2, words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
            throw NoAnswer(text: text)
        }
        self.status = status
        let fields = lines.dropFirst().map { line in
            let field = line.split(separator: ":", maxSplits: 1).map(String.init)
            return (field[0].lowercased(), field.count > 1 ? String(field[1].drop { $0 == " " }) : "")
        }
        headers = Dictionary(fields) { "\($0), \($1)" }
        body = String(parts[1])
    }

    private struct NoAnswer: Error { let text: String }
}
