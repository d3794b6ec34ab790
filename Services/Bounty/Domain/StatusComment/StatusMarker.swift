/// The hidden first line of a status comment, which names the issue that it is of.
///
/// Anybody can write one, and transferring an issue copies comments with it: a comment is ours only where our app wrote it too.
package struct StatusMarker: Sendable, Equatable {
    package let text: String

    package init(repository: Int64, number: Int64) {
        text = "<!-- bursar:issue:\(repository)/\(number) -->"
    }

    /// Whether a comment begins with the marker of this very issue.
    package func marks(_ body: String) -> Bool {
        let body = body.replacing("\r\n", with: "\n")
        return body == text || body.hasPrefix(text + "\n")
    }
}
