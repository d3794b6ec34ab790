import BountyDomain
import Events
import FoundationEssentials
import Money
import Testing

/// One issue's book, and people who write and do things there. Times are minutes after a start.
struct BookFixture {
    static let start = Date(timeIntervalSince1970: 1_795_253_400)
    static let sponsor = BountyRecord.Account(id: 501, login: "wile-e")
    static let other = BountyRecord.Account(id: 502, login: "road-runner")
    static let solver = BountyRecord.Account(id: 503, login: "alice")
    static let place = IssuePlace(
        repository: .init(id: 10, fullName: "acme/rocket-skates"),
        issue: .init(
            id: 30, number: 3, title: "Brakes", url: "https://github.com/acme/rocket-skates/issues/3",
            isPullRequest: false), installation: 9)

    var book = IssueBook(key: place.key)
    var notices: [BookChanges.Notice] = []
    var questions: [Claim.Key] = []
    /// Codes of what people see now.
    var told: [String] = []

    static func at(_ minute: Double) -> Date { start.addingTimeInterval(minute * 60) }

    static func terms(_ minute: Double) -> IssueBook.Terms {
        IssueBook.Terms(now: at(minute), lifetime: .seconds(86_400), claimTime: .seconds(3600))
    }

    static func source(_ comment: Int64, createdAt: Date? = nil) -> BountyRecord.Source {
        .init(
            kind: .issueComment, id: comment,
            url: "https://github.com/acme/rocket-skates/issues/3#issuecomment-\(comment)", createdAt: createdAt)
    }

    /// - Parameters:
    ///   - minute: When it was written; it arrives at `now`, at once without it.
    ///   - editor: Who edited it, where that was not its author; and what it said before.
    @discardableResult
    mutating func comment(
        _ id: Int64, _ body: String, by account: BountyRecord.Account = sponsor, at minute: Double = 0,
        editedAt edit: Double? = nil, now: Double? = nil, isBot: Bool = false, editor: BountyRecord.Account? = nil,
        previous: String? = nil
    ) throws -> IssueBook.TextOutcome {
        let author = Actor(account: account, isBot: isBot)
        let revision = TextRevision(
            source: Self.source(id, createdAt: Self.at(minute)), repository: Self.place.repository,
            issue: Self.place.issue, author: author,
            sender: editor.map { Actor(account: $0, isBot: false) } ?? author, body: body,
            updatedAt: Self.at(edit ?? minute), change: edit == nil ? .created : .edited(from: previous),
            installation: 9)
        let reading = TextReading(revision, digest: { Array($0.utf8) }, denominations: .builtIn)
        let outcome = try book.write(reading, Self.terms(now ?? edit ?? minute))
        drain()
        return outcome
    }

    /// Signs every proposed bounty of the sponsor, and looks at what stands, as the service does after a signature.
    mutating func sign(by account: BountyRecord.Account = sponsor, at minute: Double) throws {
        var signed = IssueBook(key: book.key, texts: book.texts, claims: Array(book.claims.values))
        for bounty in book.bounties {
            let isTheirs = bounty.state == .proposed && bounty.sponsor.id == account.id
            let event =
                try isTheirs
                ? bounty.sign(
                    version: bounty.version, wallet: "solana:chain:address", challenge: "c", at: Self.at(minute))
                : .changed(bounty)
            signed.adopt(event.bounty)
        }
        book = signed
        try book.evaluate(Self.terms(minute))
        drain()
    }

    mutating func happen(_ kind: Claim.Kind, at minute: Double, now: Double? = nil) throws {
        let time = Self.at(minute)
        try book.claim(
            Claim(
                kind: kind, id: Int64(time.timeIntervalSince1970), actor: Self.other, at: time,
                until: Self.at((now ?? minute) + 60)), at: Self.place, Self.terms(now ?? minute))
        drain()
    }

    mutating func answer(_ answer: Claim.Answer, at minute: Double) throws {
        let question = try #require(questions.last)
        try book.answer(question, answer, Self.terms(minute))
        drain()
    }

    static let merged = Claim.Answer.recipients([.init(account: solver, weight: 1)], forAll: true, url: nil)

    mutating func drain() {
        let changes = book.takeChanges()
        questions += changes.questions
        for notice in changes.notices {
            switch notice {
            case .clear: told = []
            case .remove(_, let code): told.removeAll { $0 == code }
            case .add(_, _, let refusal): told.append(refusal.code)
            }
        }
    }

    var states: [BountyRecord.State] { book.bounties.map(\.state) }
}
