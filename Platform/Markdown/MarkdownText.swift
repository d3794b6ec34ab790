/// Markdown as its readers see it on GitHub, for finding what people wrote in it.
package enum MarkdownText {
    /// Bytes of UTF-8 in one text: GitHub's bodies have at most 65,536 characters, each of at most four bytes.
    package static let maximumSize = 256 << 10

    /// Stands in a block's text for what was left out of it, such as a code span, so that the text on both sides of it
    /// does not look joined: U+FFFC, the object replacement character.
    package static let omitted: Unicode.Scalar = "\u{FFFC}"

    /// The text of each paragraph, heading and table cell, in the order of the page (footnotes last), with `\n` for
    /// each line break that stands in the source.
    ///
    /// Character references and backslash escapes are resolved: `&#36;` and `\$` are both `$`, as readers see them. The
    /// text of links counts, as does that in emphasis and lists. Left out are whole blocks of code, quotation (GitHub's
    /// alerts too) and HTML, and, with `omitted` in their place: code spans, HTML tags and comments, what stands
    /// between an HTML tag and its closing tag in the same block, images, footnote marks, and links whose text is their
    /// address.
    ///
    /// Safe to call from many tasks at once, though one parses at a time. Throws for a text longer than `maximumSize`,
    /// and for one that the parser would need too long for.
    package static func visibleBlocks(of markdown: String) throws(MarkdownError) -> [String] {
        guard markdown.utf8.count <= maximumSize else { throw .tooLong }
        var markdown = markdown
        guard markdown.withUTF8(ParsingCost.isAcceptable) else { throw .tooComplex }
        return markdown.withUTF8 { ParsedDocument($0).visibleBlocks() }
    }
}

/// Why a text is not read.
package enum MarkdownError: Error, Hashable, Sendable {
    /// Longer than `MarkdownText.maximumSize`.
    case tooLong
    /// So deeply nested, or with so many unfinished constructs in one block, that parsing could take seconds.
    case tooComplex
}
