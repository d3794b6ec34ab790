package import Events

/// An issue or a pull request. Numbers are unique within a repository, whose id never changes; the ids that GitHub gives the
/// same pull request differ between `issue_comment` and `pull_request`.
package struct IssueKey: Hashable, Sendable, Comparable {
    package var repository: Int64
    package var number: Int64

    package init(repository: Int64, number: Int64) {
        self.repository = repository
        self.number = number
    }

    package static func < (a: IssueKey, b: IssueKey) -> Bool {
        (a.repository, a.number) < (b.repository, b.number)
    }
}

/// Where a delivery says that something happened.
package struct IssuePlace: Sendable, Equatable {
    package var repository: BountyRecord.Repository
    package var issue: BountyRecord.Issue
    /// Of the app, where the delivery says it.
    package var installation: Int64?

    package init(repository: BountyRecord.Repository, issue: BountyRecord.Issue, installation: Int64? = nil) {
        self.repository = repository
        self.issue = issue
        self.installation = installation
    }

    package var key: IssueKey { IssueKey(repository: repository.id, number: issue.number) }
}

extension BountyRecord {
    package var place: IssuePlace { IssuePlace(repository: repository, issue: issue) }
}

extension BountyRecord.Source {
    /// A comment keeps its id here, as what is known of it has that; the issue's own text has the id that the issue got.
    package func moved(to place: IssuePlace, from oldIssue: Int64) -> BountyRecord.Source {
        guard kind == .issue, id == oldIssue else { return self }
        var moved = self
        moved.id = place.issue.id
        moved.url = place.issue.url
        return moved
    }
}

/// A text, by its id.
package struct TextKey: Hashable, Sendable {
    package var kind: BountyRecord.Source.Kind
    package var id: Int64

    package init(kind: BountyRecord.Source.Kind, id: Int64) {
        self.kind = kind
        self.id = id
    }

    package init(_ source: BountyRecord.Source) { self.init(kind: source.kind, id: source.id) }
}
