import FoundationEssentials

// The parts of GitHub's webhook payloads that this service reads. Names and types: docs.github.com, "Webhook events and payloads".

struct PayloadAccount: Decodable, Sendable {
    var id: Int64
    var login: String
    var type: String
}

struct PayloadRepository: Decodable, Sendable {
    var id: Int64
    var fullName: String

    enum CodingKeys: String, CodingKey {
        case id
        case fullName = "full_name"
    }
}

/// An issue, or a pull request where the event speaks of it as one.
struct PayloadIssue: Decodable, Sendable {
    struct PullRequestLink: Decodable, Sendable {}

    var id: Int64
    var number: Int64
    var title: String
    var url: String
    /// Null where it is empty.
    var body: String?
    /// Null where the account no longer exists.
    var user: PayloadAccount?
    var updatedAt: Date
    /// Present where an issue is a pull request.
    var pullRequest: PullRequestLink?

    enum CodingKeys: String, CodingKey {
        case id, number, title, body, user
        case url = "html_url"
        case updatedAt = "updated_at"
        case pullRequest = "pull_request"
    }
}

struct PayloadComment: Decodable, Sendable {
    var id: Int64
    var url: String
    var body: String?
    var user: PayloadAccount?
    var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, body, user
        case url = "html_url"
        case updatedAt = "updated_at"
    }
}

struct PayloadChanges: Decodable, Sendable {
    struct Previous: Decodable, Sendable { var from: String? }
    struct Other: Decodable, Sendable {}
    var body: Previous?
    var title: Other?
    var base: Other?
}

/// A member of other events, whose payloads look much the same: the name of the event is not signed, so a body that has it is
/// not taken for what its headers say.
struct OfAnotherEvent: Decodable, Sendable {
    init(from decoder: any Decoder) throws {
        throw DecodingError.dataCorrupted(
            .init(codingPath: decoder.codingPath, debugDescription: "left out: it belongs to another event"))
    }
}

struct IssueCommentPayload: Decodable, Sendable {
    var issue: PayloadIssue
    var comment: PayloadComment
    var repository: PayloadRepository
    var sender: PayloadAccount
    var changes: PayloadChanges?
}

struct IssuesPayload: Decodable, Sendable {
    var issue: PayloadIssue
    var repository: PayloadRepository
    var sender: PayloadAccount
    var changes: PayloadChanges?
    var comment: OfAnotherEvent?
}

struct PullRequestPayload: Decodable, Sendable {
    var pullRequest: PayloadIssue
    var repository: PayloadRepository
    var sender: PayloadAccount
    var changes: PayloadChanges?
    var comment: OfAnotherEvent?
    var review: OfAnotherEvent?

    enum CodingKeys: String, CodingKey {
        case pullRequest = "pull_request"
        case repository, sender, changes, comment, review
    }
}
