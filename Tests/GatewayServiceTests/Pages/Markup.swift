/// A page as tests look at it: its tags, read as strictly as none of ours should need it laxer.
struct Markup {
    struct Tag: Equatable {
        var name: String
        var attributes: [String: String]
    }

    private static let void: Set<String> = ["meta", "link", "input", "br", "hr", "img"]

    /// In their order.
    private(set) var tags: [Tag] = []
    /// What is wrong with it: unbalanced tags, attributes that are not quoted, ids that are there twice.
    private(set) var faults: [String] = []

    init(_ text: String) {
        var open: [String] = []
        var rest = Substring(text)
        while let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            if rest.hasPrefix("!") {
                rest = rest.drop { $0 != ">" }
                continue
            }
            if rest.hasPrefix("/") {
                let name = String(rest.dropFirst().prefix { $0 != ">" })
                if open.last == name {
                    open.removeLast()
                } else {
                    faults.append("</\(name)> closes \(open.last ?? "-")")
                }
                rest = rest.drop { $0 != ">" }
                continue
            }
            guard let tag = Self.tag(&rest) else {
                faults.append("no tag: <\(rest.prefix(40))")
                continue
            }
            tags.append(tag)
            let isClosed = rest.hasPrefix("/>")
            if !Self.void.contains(tag.name), !isClosed { open.append(tag.name) }
        }
        faults += open.map { "<\($0)> is never closed" }
        let ids = tags.compactMap { $0.attributes["id"] }
        for (id, all) in Dictionary(grouping: ids, by: \.self) where all.count > 1 { faults.append("id \(id) twice") }
    }

    private static func tag(_ rest: inout Substring) -> Tag? {
        let name = rest.prefix { $0.isLetter || $0.isNumber }
        guard !name.isEmpty else { return nil }
        rest = rest[name.endIndex...]
        var attributes: [String: String] = [:]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\n" }
            if rest.hasPrefix(">") || rest.hasPrefix("/>") { return Tag(name: String(name), attributes: attributes) }
            let key = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
            guard !key.isEmpty else { return nil }
            rest = rest[key.endIndex...]
            guard rest.hasPrefix("=\"") else {
                attributes[String(key)] = ""
                continue
            }
            rest = rest.dropFirst(2)
            let value = rest.utf8.prefix { $0 != UInt8(ascii: "\"") }
            attributes[String(key)] = String(Substring(value))
            guard value.endIndex < rest.endIndex else { return nil }
            rest = Substring(rest.utf8[value.endIndex...].dropFirst())
        }
    }

    func all(_ name: String) -> [Tag] { tags.filter { $0.name == name } }

    /// Where the page leads and what it loads.
    var addresses: [String] {
        tags.flatMap { tag in ["href", "src", "action"].compactMap { tag.attributes[$0] } }
    }

    /// What the policy `default-src 'self'` keeps from working.
    var inline: [Tag] {
        tags.filter { tag in
            tag.name == "style" || (tag.name == "script" && tag.attributes["src"] == nil)
                || tag.attributes.keys.contains { $0 == "style" || $0.hasPrefix("on") }
        }
    }
}
