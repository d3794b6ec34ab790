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
    var createdAt: Date?
    var updatedAt: Date
    var closedAt: Date?
    /// Of a closed issue: `completed`, `not_planned`, `duplicate`.
    var stateReason: String?
    /// Of a pull request.
    var merged: Bool?
    var mergedAt: Date?
    /// Present where an issue is a pull request.
    var pullRequest: PullRequestLink?

    enum CodingKeys: String, CodingKey {
        case id, number, title, body, user
        case merged
        case url = "html_url"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case closedAt = "closed_at"
        case stateReason = "state_reason"
        case mergedAt = "merged_at"
        case pullRequest = "pull_request"
    }
}

struct PayloadComment: Decodable, Sendable {
    var id: Int64
    var url: String
    var body: String?
    var user: PayloadAccount?
    var createdAt: Date?
    var updatedAt: Date

    enum CodingKeys: String, CodingKey {
        case id, body, user
        case url = "html_url"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }
}

struct PayloadChanges: Decodable, Sendable {
    struct Previous: Decodable, Sendable { var from: String? }
    struct Other: Decodable, Sendable {}
    var body: Previous?
    var title: Other?
    var base: Other?
    // Of a transfer, on either side of it.
    var oldIssue: PayloadIssue?
    var oldRepository: PayloadRepository?
    var newIssue: PayloadIssue?
    var newRepository: PayloadRepository?

    enum CodingKeys: String, CodingKey {
        case body, title, base
        case oldIssue = "old_issue"
        case oldRepository = "old_repository"
        case newIssue = "new_issue"
        case newRepository = "new_repository"
    }
}

/// The app's, in deliveries of an app.
struct PayloadInstallation: Decodable, Sendable {
    var id: Int64
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
    var installation: PayloadInstallation?
}

struct IssuesPayload: Decodable, Sendable {
    var issue: PayloadIssue
    var repository: PayloadRepository
    var sender: PayloadAccount
    var changes: PayloadChanges?
    var installation: PayloadInstallation?
    var comment: OfAnotherEvent?
}

struct PullRequestPayload: Decodable, Sendable {
    var pullRequest: PayloadIssue
    var repository: PayloadRepository
    var sender: PayloadAccount
    var changes: PayloadChanges?
    var installation: PayloadInstallation?
    var comment: OfAnotherEvent?
    var review: OfAnotherEvent?

    enum CodingKeys: String, CodingKey {
        case pullRequest = "pull_request"
        case repository, sender, changes, installation, comment, review
    }
}

struct RepositoryPayload: Decodable, Sendable {
    struct Repository: Decodable, Sendable {
        var id: Int64
        var fullName: String
        var updatedAt: Date?

        enum CodingKeys: String, CodingKey {
            case id
            case fullName = "full_name"
            case updatedAt = "updated_at"
        }
    }

    var repository: Repository

    /// All that the event ever has. Many events have a repository and an action `deleted`: one with anything else at its top is
    /// not taken for this one.
    private static let members: Set<String> = [
        "action", "repository", "sender", "organization", "enterprise", "installation", "changes",
    ]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyMember.self)
        if let other = container.allKeys.map(\.stringValue).sorted().first(where: { !Self.members.contains($0) }) {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: [AnyMember(stringValue: other)],
                    debugDescription: "left out: it belongs to another event"))
        }
        repository = try container.decode(Repository.self, forKey: AnyMember(stringValue: "repository"))
    }

    private struct AnyMember: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

struct InstallationPayload: Decodable, Sendable {
    struct Repository: Decodable, Sendable { var id: Int64 }
    struct Installation: Decodable, Sendable {
        var id: Int64
        var suspendedAt: Date?

        enum CodingKeys: String, CodingKey {
            case id
            case suspendedAt = "suspended_at"
        }
    }

    var installation: Installation
    var repositories: [Repository]?
}

struct InstallationRepositoriesPayload: Decodable, Sendable {
    var installation: PayloadInstallation
    var added: [InstallationPayload.Repository]
    var removed: [InstallationPayload.Repository]

    enum CodingKeys: String, CodingKey {
        case installation
        case added = "repositories_added"
        case removed = "repositories_removed"
    }
}
