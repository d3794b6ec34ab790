import Markdown
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Texts that cost some version of cmark-gfm time, memory or stack out of proportion.
struct HostileMarkdownTests {
    struct Hostile: CustomTestStringConvertible, Sendable {
        var head: String
        var body: String
        var tail: String

        /// The head once, then the body until half of the size, then the tail for the rest.
        init(after head: String = "", _ body: String, _ tail: String? = nil) {
            self.head = head
            self.body = body
            self.tail = tail ?? body
        }

        func text(size: Int) -> String {
            var text = head
            text += String(repeating: body, count: max(0, size / 2 - head.utf8.count) / body.utf8.count)
            text += String(repeating: tail, count: (size - text.utf8.count) / tail.utf8.count)
            return text
        }

        var testDescription: String { "\(head.prefix(20))…\(body.prefix(20))…\(tail.prefix(20))".debugDescription }
    }

    static let hostile: [Hostile] = [
        // Nesting
        Hostile(">"), Hostile("> "), Hostile(">", "\n>"), Hostile("> ", "> a\n"), Hostile("> ", "a\n"),
        Hostile(">", "    a\n"),
        Hostile("- "), Hostile("- ", "\n"), Hostile("- ", "a\n"), Hostile("1. "), Hostile("1. ", "\n"), Hostile("> - "),
        Hostile("[^a]:"), Hostile("[^a]:", "\n"), Hostile("- [ ] "), Hostile("["), Hostile("[", "]"),
        Hostile("[", "](a)"),
        Hostile("![a", "](b)"), Hostile("!["), Hostile("[("), Hostile("* "), Hostile("\t- "), Hostile("    > ", "\n"),
        // Emphasis
        Hostile("*"), Hostile("_"), Hostile("~"), Hostile("*a "), Hostile("*a **a "), Hostile("*_"), Hostile("**_a"),
        Hostile("*a_ ", " b*_"), Hostile(after: "a**b", "c* "), Hostile("~~a ", " b~~"), Hostile("a_ b* c~ "),
        // Links and references
        Hostile("[a]("), Hostile("[a](<b"), Hostile("[a](b \""), Hostile("[a", "a]"), Hostile("[a]: u\n"),
        Hostile(after: "[a]: " + String(repeating: "u", count: 40_000) + "\n\n", "[a]"),
        Hostile(after: "[^a]: x\n\n", "[^a]"),
        Hostile(after: "[a]: <", "b", ">\n\n[a]"), Hostile("[^a]"), Hostile("[^a]: b\n\n"),
        // HTML
        Hostile("<"), Hostile("</"), Hostile("<a>"), Hostile("<a>", "</a>"), Hostile("<a ", "b=c "), Hostile("<a b=\""),
        Hostile("a <!-- "), Hostile("a <?"), Hostile("a <![CDATA["), Hostile("a <!A "), Hostile("<b>\n\n"),
        // Tables
        Hostile("|\n-|\n"), Hostile(after: "|a|\n|-|\n", "|a"), Hostile("a|"), Hostile("|"), Hostile("a|b\n"),
        Hostile("a\n", "-|\n"),
        Hostile(
            after: String(repeating: "a|", count: 9000) + "\n" + String(repeating: "-|", count: 9000) + "\n", "a\n"),
        Hostile(after: "a|b\n-|-\n", "c\n"), Hostile(after: "a|b|c|d|e|f|g|h\n-|-|-|-|-|-|-|-\n", "c\n"),
        // Addresses
        Hostile("http://"), Hostile("http://a<"), Hostile(after: "http://a.b", "(", ")"),
        Hostile(after: "http://a.b/", "&a;"), Hostile("www."),
        Hostile("www.a"), Hostile("a@"), Hostile("a@b."), Hostile("a@b.cc "), Hostile("x@y.zz,"), Hostile("w"),
        Hostile(":"),
        Hostile(after: "http://a.b", ")"), Hostile("[^a]@-"), Hostile("a@\\b@"), Hostile("a <?\n1.\n"),
        Hostile("a <?\r\n"),
        // Others
        Hostile("`a"), Hostile("`"), Hostile("\\"), Hostile("&"), Hostile("\0"), Hostile("\n"), Hostile("\r\n"),
        Hostile(" "),
        Hostile("\t"), Hostile("# "), Hostile("a\n="), Hostile("```\n"), Hostile("$a:"), Hostile("\u{1F4B0}"),
    ]

    @Test(arguments: hostile)
    func takesLessThanASecond(_ hostile: Hostile) throws {
        for size in [100_000, MarkdownText.maximumSize] {
            let text = hostile.text(size: size)
            let seconds = threadSeconds {
                do throws(MarkdownError) {
                    _ = try MarkdownText.visibleBlocks(of: text)
                } catch {
                    #expect(error == .tooComplex)
                }
            }
            #expect(seconds < 1)
        }
    }

    @Test(arguments: [
        Hostile("["), Hostile("*"), Hostile("_"), Hostile("`"), Hostile("<"), Hostile("a "), Hostile("$a:"),
        Hostile("a\n"),
        Hostile("- a\n"), Hostile("> a\n"), Hostile("\n"), Hostile("word *emphasis* "),
        Hostile("**bold** and _it_\n\n"),
        Hostile("[link](https://example.com/a/b) and text\n\n"), Hostile("- [ ] task #1 @octocat\n"),
        Hostile(after: "|a|b|c|\n|-|-|-|\n", "|1|2|3|\n"), Hostile("> quoted *text*, see https://example.com\n\n"),
        Hostile("    2024-01-01T00:00:00Z ERROR [main] a.b.C: went wrong <!>\n"),
        Hostile("one <kbd>key</kbd> and <br> & so on\n\n<!-- note -->\n\n"),
    ])
    func isReadAtTheFullSizeOfABodyOnGitHub(_ text: Hostile) throws {
        _ = try MarkdownText.visibleBlocks(of: text.text(size: 65_536))
    }

    @Test(arguments: [99, 100, 101, 100_000])
    func nestingHasALimit(depth: Int) throws {
        let text = String(repeating: ">", count: depth) + " a\n\nb"
        if depth <= 100 {
            #expect(try MarkdownText.visibleBlocks(of: text) == ["b"])
        } else {
            #expect(throws: MarkdownError.tooComplex) { try MarkdownText.visibleBlocks(of: text) }
        }
    }

    @Test func sizeHasALimit() throws {
        let largest = String(repeating: "a ", count: MarkdownText.maximumSize / 2)
        #expect(try MarkdownText.visibleBlocks(of: largest).count == 1)
        #expect(throws: MarkdownError.tooLong) { try MarkdownText.visibleBlocks(of: largest + "a") }
    }

    /// A parse that ends must not take the extensions' characters away from one under way.
    @Test func manyTasksReadAtOnce() async throws {
        let text = String(repeating: "~~a~~ https://example.com/b www.example.com |c|\n\n", count: 100)
        let expected = try MarkdownText.visibleBlocks(of: text)
        try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<64 {
                group.addTask { try MarkdownText.visibleBlocks(of: text) }
            }
            for try await blocks in group {
                #expect(blocks == expected)
            }
        }
        #expect(expected.allSatisfy { $0 == "a \u{FFFC} \u{FFFC} |c|" })
    }
}

/// The processor time of this thread, so that tests beside this one do not count.
private func threadSeconds(_ work: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    work()
    return now() - start
}
