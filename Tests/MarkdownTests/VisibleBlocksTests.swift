import Markdown
import Testing

/// A Markdown text and its visible blocks; `~` stands for `MarkdownText.omitted`.
struct VisibleCase: CustomTestStringConvertible, Sendable {
    var markdown: String
    var blocks: [String]

    init(_ markdown: String, _ blocks: String...) {
        self.markdown = markdown
        self.blocks = blocks
    }

    var testDescription: String { markdown.debugDescription }
}

struct VisibleBlocksTests {
    @Test(arguments: [
        VisibleCase("plain", "plain"),
        VisibleCase("one\n\ntwo", "one", "two"),
        VisibleCase("# Heading #\ntext", "Heading", "text"),
        VisibleCase("Heading\n===\ntext", "Heading", "text"),
        VisibleCase("one\ntwo  \nthree\\\nfour", "one\ntwo\nthree\nfour"),
        VisibleCase("one\r\ntwo\r\n\r\nthree", "one\ntwo", "three"),
        VisibleCase("- a\n- b\n  - c\n\n1. d", "a", "b", "c", "d"),
        VisibleCase("- [ ] open\n- [x] done", "open", "done"),
        VisibleCase("|a|b|\n|-|-|\n|c|*d*|\n", "a", "b", "c", "d"),
        VisibleCase("a*b*c **d** ~~e~~ ***f***", "abc d e f"),
        VisibleCase("[text](https://example.com \"title\")", "text"),
        VisibleCase("[text][1]\n\n[1]: https://example.com 'title'", "text"),
        VisibleCase("[no link][1]", "[no link][1]"),
        VisibleCase("&#36;&amp;&dollar;&#x24;&nope;", "$&$$&nope;"),
        VisibleCase("\\$\\*\\a", "$*\\a"),
        VisibleCase("a[^1]\n\n[^1]: note", "a~", "note"),
        VisibleCase("null \0 byte", "null \u{FFFD} byte"),
        VisibleCase("5 < 6 > 4 && a<b", "5 < 6 > 4 && a<b"),
    ])
    func textCounts(_ example: VisibleCase) throws {
        try expect(example)
    }

    @Test(arguments: [
        VisibleCase(""), VisibleCase(" \n\t\n"),
        VisibleCase("a `b` c", "a ~ c"),
        VisibleCase("`a` `b``c`", "~ ~"),
        VisibleCase("a `b\nc` d", "a ~ d"),
        VisibleCase("a ``b` c", "a ``b` c"),
        VisibleCase("    code\n\ntext", "text"),
        VisibleCase("\tcode"),
        VisibleCase("```\ncode\n```\ntext", "text"),
        VisibleCase("~~~ swift\ncode\n~~~\ntext", "text"),
        VisibleCase("```\nnever closed\n\nstill code"),
        VisibleCase("- ```\n  code\n  ```\n- text", "text"),
        VisibleCase("> quoted"),
        VisibleCase("> quoted\nlazily continued\n\ntext", "text"),
        VisibleCase("> > deep\n> - list\n\ntext", "text"),
        VisibleCase("> [!NOTE]\n> alert"),
        VisibleCase("- > quoted in a list\n- text", "text"),
        VisibleCase("<div>\nhtml\n</div>\n\ntext", "text"),
        VisibleCase("<!-- comment\n\nstill comment -->\n\ntext", "text"),
        VisibleCase("<pre>\na\n\nb\n</pre>\ntext", "text"),
        VisibleCase("a <!-- comment --> b", "a ~ b"),
        VisibleCase("a <?pi b?> c <!DECL d> e <![CDATA[f]]> g", "a ~ c ~ e ~ g"),
        VisibleCase("![alt](image.png 'title') text", "~ text"),
        VisibleCase("![alt *b*][1] text\n\n[1]: /u", "~ text"),
        VisibleCase("[![alt](image.png) text](target)", "~ text"),
        VisibleCase("<https://example.com/a> text", "~ text"),
        VisibleCase("<me@example.com> text", "~ text"),
        VisibleCase("see https://example.com/a?b=c&amp;d, www.example.com/x and me@example.com.", "see ~, ~ and ~."),
        VisibleCase("[https://example.com](https://example.com)", "~"),
        VisibleCase("[example.com](https://example.com)", "example.com"),
        VisibleCase("---\n\n***"),
    ])
    func isLeftOut(_ example: VisibleCase) throws {
        try expect(example)
    }

    @Test(arguments: [
        VisibleCase("a <b>c</b> d", "a ~ d"),
        VisibleCase("a <B class='x'>c</b > d", "a ~ d"),
        VisibleCase("a <b>c *d* `e`\nf</b> g", "a ~ g"),
        VisibleCase("a <b>c <b>d</b> e</b> f", "a ~ f"),
        VisibleCase("a <b>c</b> d <b>e</b> f", "a ~ d ~ f"),
        VisibleCase("a <b>c <i>d</b> e</i> f", "a ~ f"),
        VisibleCase("a *<b>c* d</b> e", "a ~ e"),
        VisibleCase("a <b>c", "a ~c"),
        VisibleCase("a</b> c <b>d", "a~ c ~d"),
        VisibleCase("a <b>c</i> d", "a ~c~ d"),
        VisibleCase("a <b>c\n\nd</b> e", "a ~c", "d~ e"),
        VisibleCase("Vec<T> and Map<K, V>", "Vec~ and Map<K, V>"),
        VisibleCase("a <br> b </br> c", "a ~ b ~ c"),
        VisibleCase("a <img src='x'> b <hr/> c", "a ~ b ~ c"),
        VisibleCase("a <b/> c", "a ~ c"),
        VisibleCase("a <x-y>b</x-y> c", "a ~ c"),
        VisibleCase("a <script>b</script> c", "a ~ c"),
        VisibleCase("a <b>b</b><i>c</i> d", "a ~ d"),
    ])
    func textBetweenTagsIsLeftOut(_ example: VisibleCase) throws {
        try expect(example)
    }

    private func expect(_ example: VisibleCase) throws {
        let blocks = try MarkdownText.visibleBlocks(of: example.markdown)
        #expect(blocks.map { $0.replacing("\u{FFFC}", with: "~") } == example.blocks)
    }
}
