import CCMarkGFM

/// A node of a `ParsedDocument`, valid for as long as the document is.
struct MarkdownNode {
    let raw: OpaquePointer

    /// What the node is, as far as reading visible text needs to know.
    enum Kind {
        /// A block that holds inline text: a paragraph, heading or table cell.
        case textBlock
        /// Any other block that is read through, such as a list; emphasis and links too.
        case transparent
        /// A node with children that readers do not count as the author's running text.
        case omittedTree
        /// The same without children.
        case omittedLeaf
        case text, lineBreak, htmlInline
    }

    var kind: Kind {
        switch cmark_node_get_type(raw) {
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: .textBlock
        case CMARK_NODE_TEXT: .text
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: .lineBreak
        case CMARK_NODE_HTML_INLINE: .htmlInline
        case CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_IMAGE: .omittedTree
        case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK, CMARK_NODE_THEMATIC_BREAK: .omittedLeaf
        case CMARK_NODE_CODE: .omittedLeaf
        case CMARK_NODE_FOOTNOTE_REFERENCE: .omittedTree
        case CMARK_NODE_LINK: isAutolink ? .omittedTree : .transparent
        case CMARK_NODE_DOCUMENT, CMARK_NODE_LIST, CMARK_NODE_ITEM, CMARK_NODE_FOOTNOTE_DEFINITION: .transparent
        case CMARK_NODE_EMPH, CMARK_NODE_STRONG: .transparent
        default:
            // Nodes of extensions have types that are made at run time.
            strcmp(cmark_node_get_type_string(raw), "table_cell") == 0 ? .textBlock : .transparent
        }
    }

    var literal: String {
        cmark_node_get_literal(raw).map { String(cString: $0) } ?? ""
    }

    /// Whether this link's text is its address, as that of `<https://example.com>` and of a bare `www.example.com`.
    private var isAutolink: Bool {
        guard let child = cmark_node_first_child(raw), cmark_node_next(child) == nil,
            cmark_node_get_type(child) == CMARK_NODE_TEXT,
            let url = cmark_node_get_url(raw).map({ String(cString: $0) })
        else { return false }
        let text = MarkdownNode(raw: child).literal
        return ["", "http://", "mailto:"].contains { url == $0 + text }
    }
}
