import Markdown

/// What a line of a comment tells the service to do: `/award @alice 70 @bob 30`, `/cancel`, `/help`.
package enum BountyCommand: Sendable, Equatable {
    case award([Claim.Recipient])
    case cancel
    case help
    /// One of them, written wrongly.
    case malformed(Refusal)

    /// In one text; the rest are left out.
    package static let maximumCommands = 5
    /// In one award: more than ever solved an issue together.
    package static let maximumRecipients = 20
    /// Digits of a weight: a billion is fine enough for any division.
    package static let maximumWeightDigits = 9
    /// Of a login. GitHub's own limit is 39, and managed accounts of companies have a suffix.
    package static let maximumLoginLength = 100

    /// The commands at the starts of lines that readers see, so none in code and quotations. None where the text cannot be read.
    package static func all(in markdown: String) -> [BountyCommand] {
        guard markdown.utf8.contains(UInt8(ascii: "/")) || markdown.utf8.contains(UInt8(ascii: "&")),
            let blocks = try? MarkdownText.visibleBlocks(of: markdown)
        else { return [] }
        return Array(
            blocks.lazy.flatMap { $0.split(whereSeparator: \.isNewline) }.compactMap { BountyCommand(line: $0) }
                .prefix(maximumCommands))
    }

    private init?(line: Substring) {
        let words = line.split { $0.isWhitespace || $0 == "," }
        guard let name = words.first?.lowercased() else { return nil }
        let rest = words.dropFirst()
        switch name {
        case "/help": self = .help
        case "/cancel":
            self =
                rest.isEmpty
                ? .cancel
                : .malformed(
                    Refusal(
                        code: "malformed-cancel",
                        detail: "/cancel takes nothing: it cancels all of your open bounties here."))
        case "/award": self = Self.award(of: rest)
        default: return nil
        }
    }

    private static func award(of words: ArraySlice<Substring>) -> BountyCommand {
        func malformed(_ rule: String) -> BountyCommand {
            .malformed(Refusal(code: "malformed-award", detail: "\(rule) Write it like /award @alice 70 @bob 30."))
        }
        var recipients: [(login: String, weight: Int64?)] = []
        for word in words {
            if word.first == "@" {
                let login = word.dropFirst()
                guard isLogin(login) else { return malformed("/award names accounts with their login.") }
                recipients.append((String(login), nil))
            } else {
                guard let last = recipients.last, last.weight == nil, word.utf8.count <= maximumWeightDigits,
                    word.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                    let weight = Int64(word), weight > 0
                else { return malformed("A weight is a whole number from 1 after a login.") }
                recipients[recipients.count - 1].weight = weight
            }
        }
        guard !recipients.isEmpty else { return malformed("/award names at least one account.") }
        guard recipients.count <= maximumRecipients else {
            return malformed("/award names at most \(maximumRecipients) accounts.")
        }
        guard Set(recipients.map { $0.login.lowercased() }).count == recipients.count else {
            return malformed("/award names each account once.")
        }
        let weighted = recipients.count { $0.weight != nil }
        guard weighted == 0 || weighted == recipients.count else {
            return malformed("Either all accounts have a weight, or none.")
        }
        return .award(recipients.map { Claim.Recipient(login: $0.login, weight: $0.weight ?? 1) })
    }

    /// Letters, digits and hyphens, and the underscore of managed accounts.
    private static func isLogin(_ text: Substring) -> Bool {
        (1...maximumLoginLength).contains(text.utf8.count) && text.first != "-"
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
