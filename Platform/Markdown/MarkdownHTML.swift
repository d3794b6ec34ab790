/// Markdown as a page shows it.
package enum MarkdownHTML {
    /// The HTML that cmark-gfm makes of the text, with GitHub's extensions. HTML in the text is left out, and so are links of
    /// dangerous schemes. What ``MarkdownText`` would refuse to read is shown as it is written.
    package static func rendered(_ markdown: String) -> String {
        var markdown = markdown
        guard markdown.utf8.count <= MarkdownText.maximumSize, markdown.withUTF8(ParsingCost.isAcceptable) else {
            let escaped = markdown.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            return "<pre>\(escaped)</pre>"
        }
        return markdown.withUTF8 { ParsedDocument($0).html() }
    }
}
