/// An inline HTML tag that may enclose text.
enum HTMLTag: Equatable {
    case opening(String)
    case closing(String)

    /// Elements that have no content, by the HTML standard (13.1.2), so that no text stands in them.
    private static let voidElements: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]

    /// Reads what CommonMark (6.6) took for raw inline HTML. Nil for comments, declarations, processing instructions,
    /// CDATA sections and void elements. `<b/>` is an opening tag, as browsers read it.
    init?(_ html: String) {
        var rest = Substring(html)
        guard rest.popFirst() == "<" else { return nil }
        let isClosing = rest.first == "/"
        if isClosing { rest.removeFirst() }
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }.lowercased()
        guard name.first?.isLetter == true, !Self.voidElements.contains(name) else { return nil }
        self = isClosing ? .closing(name) : .opening(name)
    }
}
