package import BountyDomain
package import Events
package import FoundationEssentials

/// What a delivery means to the bounty service.
package enum DeliveryContent: Sendable, Equatable {
    /// A text was written or edited.
    case revision(TextRevision)
    /// A text is gone, for good.
    case deletion(Deletion)
    /// The issue was closed as completed.
    case closing(Happening)
    case reopening(Happening)
    /// The pull request was merged; the author is nil where the account is gone.
    case merge(Happening, author: BountyRecord.Account?)
    case transfer(Transfer)
    /// The repository goes by another name, since then.
    case renaming(BountyRecord.Repository, at: Date?)
    case repositoryDeletion(id: Int64)
    case installation(Installation)
    /// Nothing for us; the reason is for metrics.
    case ignored(reason: String)

    package struct Deletion: Sendable, Equatable {
        package var source: BountyRecord.Source
        package var place: IssuePlace
        package var sender: BountyRecord.Account
        package var at: Date
    }

    /// What somebody did to an issue.
    package struct Happening: Sendable, Equatable {
        package var place: IssuePlace
        package var actor: BountyRecord.Account
        package var at: Date
    }

    /// An issue went to another repository, where its id and number are new.
    package struct Transfer: Sendable, Equatable {
        package var old: IssuePlace
        package var new: IssuePlace
    }

    /// Where the app may act.
    package struct Installation: Sendable, Equatable {
        package var id: Int64
        package var added: [Int64]
        package var removed: [Int64]
        package var isGone: Bool
        /// Nil where the delivery is about something else.
        package var suspension: Suspension?
    }

    package enum Suspension: Sendable, Equatable {
        /// Since then, by GitHub's clock.
        case begins(Date)
        case ends
    }

    /// The events that can mean something. The others are answered and counted, and not stored.
    package static let events: Set<String> = [
        "issue_comment", "issues", "pull_request", "repository", "installation", "installation_repositories",
    ]

    /// - Throws: ``PayloadError`` where the body does not have the shape of its event.
    package init(event: String, body: Data) throws(PayloadError) {
        switch event {
        case "issue_comment": self = try Self.read(IssueCommentPayload.self, from: body)
        case "issues": self = try Self.read(IssuesPayload.self, from: body)
        case "pull_request": self = try Self.read(PullRequestPayload.self, from: body)
        case "repository": self = try Self.read(RepositoryPayload.self, from: body)
        case "installation": self = try Self.read(InstallationPayload.self, from: body)
        case "installation_repositories": self = try Self.read(InstallationRepositoriesPayload.self, from: body)
        default: self = try Self.read(OtherPayload.self, from: body)
        }
    }

    private static func read<Payload: EventPayload>(
        _: Payload.Type, from body: Data
    ) throws(PayloadError) -> DeliveryContent {
        do {
            let delivery = try JSONDecoder.wire().decode(Delivery<Payload>.self, from: body)
            return delivery.payload?.content(action: delivery.action) ?? .ignored(reason: "action")
        } catch let error as DecodingError {
            throw PayloadError(error)
        } catch {
            throw PayloadError(path: "", expectation: "JSON of the documented shape")
        }
    }
}
