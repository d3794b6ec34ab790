/// What somebody does on GitHub, for tests and for `bursar sandbox`.
package enum SandboxCommand: Sendable, Codable, Equatable {
    /// Makes a repository with the app installed, which its maker administers.
    case makeRepository(fullName: String, by: String)
    case setPermission(repository: String, login: String, permission: String)
    case renameRepository(String, to: String, by: String)
    case openIssue(repository: String, title: String, body: String, by: String)
    /// A pull request; `Closes #1` in its body links an issue, which closes when it is merged.
    case openPullRequest(repository: String, title: String, body: String, by: String)
    case editIssue(repository: String, number: Int64, body: String, by: String)
    case comment(repository: String, number: Int64, body: String, by: String)
    case editComment(id: Int64, body: String, by: String)
    case deleteComment(id: Int64, by: String)
    /// By hand, or by the commit of this hash.
    case closeIssue(repository: String, number: Int64, reason: String, commit: String?, by: String)
    case reopenIssue(repository: String, number: Int64, by: String)
    case mergePullRequest(repository: String, number: Int64, by: String)
    case deleteIssue(repository: String, number: Int64, by: String)
    /// Copies it with its comments, as GitHub does.
    case transferIssue(repository: String, number: Int64, to: String, by: String)
    case lockIssue(repository: String, number: Int64, by: String)
    /// Sends every webhook once more, as the button on the app's page does.
    case redeliver
}

/// What became of a command.
package struct SandboxOutcome: Sendable, Codable, Equatable {
    /// The page of what was made or changed.
    package var url: String
    package var number: Int64?
    package var comment: Int64?
}

/// What a command cannot do, and why.
package struct SandboxRefusal: Error, CustomStringConvertible {
    package let description: String
}

/// An issue as `bursar sandbox show` shows it.
package struct SandboxIssueView: Sendable, Codable, Equatable {
    package struct Text: Sendable, Codable, Equatable {
        package var id: Int64
        package var author: String
        package var body: String
        package var isEdited: Bool
        package var reactions: [String]
    }

    package var url: String
    package var repository: String
    package var number: Int64
    package var title: String
    /// `open`, `closed`, `merged`.
    package var state: String
    package var text: Text
    package var comments: [Text]
}
