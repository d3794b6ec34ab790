import CCMarkGFM
import Synchronization

/// A document that cmark-gfm has parsed, and its memory.
struct ParsedDocument: ~Copyable {
    /// cmark-gfm registers its extensions in global lists, and while it parses inlines it enters and removes the
    /// extensions' characters in a global table: a parse that ends would take them away from one under way on another
    /// thread.
    private static let parsing = Mutex<Void>(())
    private static let registration: Void = cmark_gfm_core_extensions_ensure_registered()
    /// GitHub's. `tagfilter` only matters to rendering.
    private static let extensions = ["table", "strikethrough", "autolink", "tagfilter", "tasklist"]

    private let root: OpaquePointer

    /// The text must have passed `ParsingCost.isAcceptable`.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        // Neither is shared: the caller's text outlives the call, and the document is this value's own.
        nonisolated(unsafe) let text = text
        root = Self.parsing.withLock { _ in
            nonisolated(unsafe) let root = Self.parse(text)
            return root
        }
    }

    deinit {
        cmark_node_free(root)
    }

    /// Calls `visit` for each entering and leaving of a node, children between; the subtree is skipped where it answers
    /// so.
    func walk(_ visit: (MarkdownNode, _ entering: Bool) -> Walk) {
        let iterator = cmark_iter_new(root)
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { return }
            if visit(MarkdownNode(raw: node), event == CMARK_EVENT_ENTER) == .skipChildren {
                cmark_iter_reset(iterator, node, CMARK_EVENT_EXIT)
            }
        }
    }

    /// Safe: raw HTML of the text is replaced by a comment.
    func html() -> String {
        guard let text = cmark_render_html(root, CMARK_OPT_DEFAULT, nil) else {
            preconditionFailure("cmark_render_html answers NULL only when memory has run out")
        }
        defer { free(text) }
        return String(cString: text)
    }

    enum Walk {
        case on
        /// Only when entering a node that has both events, which leaves have not.
        case skipChildren
    }

    private static func parse(_ text: UnsafeBufferPointer<UInt8>) -> OpaquePointer {
        registration
        guard let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES) else {
            preconditionFailure("cmark_parser_new answers NULL only when memory has run out")
        }
        defer { cmark_parser_free(parser) }
        for name in extensions {
            guard cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name)) == 1 else {
                preconditionFailure("libcmark-gfm-extensions lacks \(name)")
            }
        }
        text.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        guard let root = cmark_parser_finish(parser) else {
            preconditionFailure("cmark_parser_finish answers NULL only when memory has run out")
        }
        return root
    }
}
