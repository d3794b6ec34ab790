import Events

/// The places that bounties are written in, and how GitHub tells of them.
enum TextKind: String, CaseIterable, Sendable {
    case comment, issue, pullRequest

    var event: String {
        switch self {
        case .comment: "issue_comment"
        case .issue: "issues"
        case .pullRequest: "pull_request"
        }
    }

    var source: BountyRecord.Source.Kind {
        switch self {
        case .comment: .issueComment
        case .issue: .issue
        case .pullRequest: .pullRequest
        }
    }

    /// Of the text's first revision.
    var firstAction: String { self == .comment ? "created" : "opened" }

    /// GitHub lets nobody delete a pull request.
    static let deletable: [TextKind] = [.comment, .issue]

    /// The member of the payload that is the text.
    private var member: String {
        switch self {
        case .comment: "comment"
        case .issue: "issue"
        case .pullRequest: "pull_request"
        }
    }

    static let author = Payload.account(502, "road-runner")
    static let maintainer = Payload.account(501, "wile-e")
    static let bot = Payload.account(503, "robot[bot]", type: "Bot")

    /// A delivery about one text.
    ///
    /// - Parameters:
    ///   - second: Of the text's update time, within one hour.
    ///   - previous: The body before an edit, where GitHub says it.
    func payload(
        _ action: String, _ body: String, at second: Int = 0, from previous: String? = nil, id: Int64 = 77,
        author: Payload = author, sender: Payload? = nil
    ) throws -> Payload {
        let time = "2026-11-21T10:\(Self.digits(second / 60)):\(Self.digits(second % 60))Z"
        let payload = try Payload.of(event, action).setting("\(member).body", to: .text(body))
            .setting("\(member).updated_at", to: .text(time)).setting("\(member).id", to: .number(id))
            .setting("\(member).user", to: author).setting("sender", to: sender ?? author)
        guard let previous else { return payload }
        return try payload.setting("changes", to: .object(["body": .object(["from": .text(previous)])]))
    }

    private static func digits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}
