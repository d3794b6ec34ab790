import BountyDomain
import Testing

/// Where in Markdown a bounty counts.
struct MarkdownGrammarTests {
    @Test(arguments: [
        GrammarCase("# $usdc:5$", "5 USDC"), GrammarCase("$usdc:5$\n===", "5 USDC"),
        GrammarCase("- $usdc:5$", "5 USDC"),
        GrammarCase("1. $usdc:5$\n   - $sol:1$", "5 USDC", "1 SOL"), GrammarCase("- [ ] $usdc:5$", "5 USDC"),
        GrammarCase("|a|b|\n|-|-|\n|$usdc:5$|$sol:1$|", "5 USDC", "1 SOL"), GrammarCase("*$usdc:5$*", "5 USDC"),
        GrammarCase("**$usdc:5$**", "5 USDC"),
        GrammarCase("~~$usdc:5$~~", "5 USDC"), GrammarCase("$usdc:**5**$", "5 USDC"),
        GrammarCase("$**usdc**:5$", "5 USDC"),
        GrammarCase("[$usdc:5$](https://example.com)", "5 USDC"), GrammarCase("[$usdc:5$][1]\n\n[1]: /u", "5 USDC"),
        GrammarCase("&#36;usdc:5&#36;", "5 USDC"), GrammarCase("&dollar;usdc&#x3a;5$", "5 USDC"),
        GrammarCase("\\$usdc:5\\$", "5 USDC"),
        GrammarCase("$usdc\\:5$", "5 USDC"), GrammarCase("   $usdc:5$", "5 USDC"),
        GrammarCase("a\n    $usdc:5$", "5 USDC"),
        GrammarCase("a[^1]\n\n[^1]: $usdc:5$", "5 USDC"), GrammarCase("a\\\n$usdc:5$  \nb", "5 USDC"),
        GrammarCase("> quote\n\n$usdc:5$", "5 USDC"), GrammarCase("```\ncode\n```\n$usdc:5$", "5 USDC"),
        GrammarCase("`a` $usdc:5$ `b`", "5 USDC"),
        GrammarCase("`a`$usdc:5$`b`", "5 USDC"), GrammarCase("`$usdc:5$", "5 USDC"),
        GrammarCase("``$usdc:5$`", "5 USDC"),
        GrammarCase("\\`$usdc:5$\\`", "5 USDC"), GrammarCase("Vec<T> $usdc:5$", "5 USDC"),
        GrammarCase("a<br>$usdc:5$<br>b", "5 USDC"),
        GrammarCase("<b>a</b> $usdc:5$ <i>b</i>", "5 USDC"), GrammarCase("a <!-- b --> $usdc:5$", "5 USDC"),
        GrammarCase("a <!-- $usdc:5$", "5 USDC"),
        GrammarCase("a < b $usdc:5$ > c", "5 USDC"), GrammarCase("\\<!-- $usdc:5$ -->", "5 USDC"),
        GrammarCase("https://example.com $usdc:5$", "5 USDC"),
        GrammarCase("<details>\n\n$usdc:5$\n\n</details>", "5 USDC"), GrammarCase("\\> $usdc:5$", "5 USDC"),
        GrammarCase("![a](b) $usdc:5$", "5 USDC"),
        GrammarCase("[$usdc:5$]", "5 USDC"), GrammarCase("[no link] ($usdc:5$)", "5 USDC"),
        GrammarCase("\u{FEFF}$usdc:5$", "5 USDC"),
    ])
    func itCountsWhereReadersSeeItAsText(_ example: GrammarCase) throws {
        try example.check()
    }

    @Test(arguments: [
        // Code
        GrammarCase("`$usdc:5$`"), GrammarCase("``a ` $usdc:5$``"), GrammarCase("`a\n$usdc:5$\nb`"),
        GrammarCase("    $usdc:5$"), GrammarCase("\t$usdc:5$"),
        GrammarCase("```\n$usdc:5$\n```"), GrammarCase("~~~\n$usdc:5$\n~~~"), GrammarCase("```$usdc:5$\n```"),
        GrammarCase("```\n$usdc:5$"),
        GrammarCase("````\n```\n$usdc:5$\n````"), GrammarCase("- a\n\n      $usdc:5$"),
        GrammarCase("- ```\n  $usdc:5$\n  ```"), GrammarCase("```math\n$usdc:5$\n```"),
        GrammarCase("$`usdc:5`$"), GrammarCase("$usdc:`5`$"), GrammarCase("|a|\n|-|\n|`$usdc:5$`|"),
        // Quotes
        GrammarCase("> $usdc:5$"), GrammarCase(">$usdc:5$"), GrammarCase("> > $usdc:5$"), GrammarCase("> a\n$usdc:5$"),
        GrammarCase("> - a\n>   $usdc:5$"),
        GrammarCase("- > $usdc:5$"), GrammarCase("> [!IMPORTANT]\n> $usdc:5$"), GrammarCase("> # $usdc:5$"),
        GrammarCase(">\n> $usdc:5$"),
        GrammarCase("&amp;#36;usdc:5&amp;#36;"),
        // HTML
        GrammarCase("<b>$usdc:5$</b>"), GrammarCase("a <b>$usdc:5$</b>"), GrammarCase("a <b>b $usdc:5$\nc</b>"),
        GrammarCase("<div>$usdc:5$</div>"),
        GrammarCase("<div>\n$usdc:5$\n</div>"), GrammarCase("<!-- $usdc:5$ -->"),
        GrammarCase("<!--\n\n$usdc:5$\n\n-->"), GrammarCase("a <!-- $usdc:5$ --> b"),
        GrammarCase("<!-- $usdc:5$"), GrammarCase("<pre>\n\n$usdc:5$\n\n</pre>"), GrammarCase("a <a title='$usdc:5$'>"),
        GrammarCase("a <?$usdc:5$?>"),
        GrammarCase("a <![CDATA[$usdc:5$]]>"), GrammarCase("$usdc:<!-- -->5$"), GrammarCase("$us<b>dc:5</b>$"),
        GrammarCase("$usdc:5<i>0</i>$"),
        GrammarCase("$usdc:<br>5$"), GrammarCase("<details><summary>$usdc:5$</summary></details>"),
        GrammarCase("a <kbd>*$usdc:5$*</kbd>"),
        // Link targets, images, addresses
        GrammarCase("[a](/$usdc:5$)"), GrammarCase("[a](<$usdc:5$>)"), GrammarCase("[a](/b '$usdc:5$')"),
        GrammarCase("[a]\n\n[a]: /$usdc:5$"),
        GrammarCase("[a]: /b '$usdc:5$'"), GrammarCase("![$usdc:5$](/a)"), GrammarCase("![*$usdc:5$*][1]\n\n[1]: /a"),
        GrammarCase("![a](/$usdc:5$)"),
        GrammarCase("[![$usdc:5$](/a)](/b)"), GrammarCase("<https://example.com/$usdc:5$>"),
        GrammarCase("https://example.com/$usdc:5$"),
        GrammarCase("www.example.com/$usdc:5$"), GrammarCase("https://example.com/?a=$usdc:5$&amp;b=c"),
        GrammarCase("[https://example.com/$usdc:5$](https://example.com/$usdc:5$)"),
        GrammarCase("a[^$usdc:5$]\n\n[^$usdc:5$]: b"),
    ])
    func elsewhereItDoesNot(_ example: GrammarCase) throws {
        try example.check()
    }
}
