import ArgumentParser
import GitHubSandbox
import ServiceRuntime

// One command for each thing that people do. `--as` says who does it; accounts are made as they are named.

extension SandboxGroup {
    struct Repository: SandboxAction {
        static let configuration = CommandConfiguration(
            commandName: "repository", abstract: "Make a repository with the app installed.")

        @Argument(help: "owner/name.") var name: String
        @Option(name: .customLong("as"), help: "Who does it.") var login = "octocat"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .makeRepository(fullName: name, by: login)
        }
    }

    struct Permission: SandboxAction {
        static let configuration = CommandConfiguration(
            commandName: "permission", abstract: "Say what somebody may do in a repository.")

        @Argument(help: "owner/name.") var repository: String
        @Argument(help: "Who.") var who: String
        @Argument(help: "admin, write, read or none.") var permission: String
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .setPermission(repository: repository, login: who, permission: permission)
        }
    }

    struct Rename: SandboxAction {
        static let configuration = CommandConfiguration(commandName: "rename", abstract: "Rename a repository.")

        @Argument(help: "owner/name.") var repository: String
        @Argument(help: "The new name, without the owner.") var name: String
        @Option(name: .customLong("as"), help: "Who does it.") var login = "octocat"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .renameRepository(repository, to: name, by: login)
        }
    }

    struct Open: SandboxAction {
        static let configuration = CommandConfiguration(commandName: "open", abstract: "Open an issue.")

        @Argument(help: "owner/name.") var repository: String
        @Argument(help: "Its title.") var title: String
        @Option(help: "Its text.") var body = ""
        @Option(name: .customLong("as"), help: "Who does it.") var login = "octocat"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .openIssue(repository: repository, title: title, body: body, by: login)
        }
    }

    struct Pull: SandboxAction {
        static let configuration = CommandConfiguration(commandName: "pull", abstract: "Open a pull request.")

        @Argument(help: "owner/name.") var repository: String
        @Argument(help: "Its title.") var title: String
        @Option(help: "Its text; Closes #1 in it links an issue.") var body = ""
        @Option(name: .customLong("as"), help: "Who does it.") var login = "wile-e-coyote"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .openPullRequest(repository: repository, title: title, body: body, by: login)
        }
    }

    struct Comment: SandboxAction {
        static let configuration = CommandConfiguration(
            commandName: "comment", abstract: "Comment on an issue or a pull request.")

        @Argument(help: "owner/name#number.") var issue: IssueReference
        @Argument(help: "What to say.") var text: String
        @Option(name: .customLong("as"), help: "Who does it.") var login = "road-runner"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .comment(repository: issue.repository, number: issue.number, body: text, by: login)
        }
    }

    struct Edit: SandboxAction {
        static let configuration = CommandConfiguration(commandName: "edit", abstract: "Edit a comment.")

        @Argument(help: "The comment's id, as show shows it.") var comment: Int64
        @Argument(help: "What it says now.") var text: String
        @Option(name: .customLong("as"), help: "Who does it.") var login = "road-runner"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .editComment(id: comment, body: text, by: login)
        }
    }

    struct Delete: SandboxAction {
        static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete a comment.")

        @Argument(help: "The comment's id, as show shows it.") var comment: Int64
        @Option(name: .customLong("as"), help: "Who does it.") var login = "road-runner"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .deleteComment(id: comment, by: login)
        }
    }

    struct Close: SandboxAction {
        static let configuration = CommandConfiguration(commandName: "close", abstract: "Close an issue by hand.")

        @Argument(help: "owner/name#number.") var issue: IssueReference
        @Option(help: "completed, not_planned or duplicate.") var reason = "completed"
        @Option(name: .customLong("as"), help: "Who does it.") var login = "octocat"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .closeIssue(
                repository: issue.repository, number: issue.number, reason: reason, commit: nil, by: login)
        }
    }

    struct Reopen: SandboxAction {
        static let configuration = CommandConfiguration(commandName: "reopen", abstract: "Open an issue again.")

        @Argument(help: "owner/name#number.") var issue: IssueReference
        @Option(name: .customLong("as"), help: "Who does it.") var login = "octocat"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .reopenIssue(repository: issue.repository, number: issue.number, by: login)
        }
    }

    struct Merge: SandboxAction {
        static let configuration = CommandConfiguration(
            commandName: "merge", abstract: "Merge a pull request, which closes the issues that its text links.")

        @Argument(help: "owner/name#number.") var pull: IssueReference
        @Option(name: .customLong("as"), help: "Who does it.") var login = "octocat"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .mergePullRequest(repository: pull.repository, number: pull.number, by: login)
        }
    }

    struct Redeliver: SandboxAction {
        static let configuration = CommandConfiguration(
            commandName: "redeliver", abstract: "Send every webhook once more.")

        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand { .redeliver }
    }

    struct Transfer: SandboxAction {
        static let configuration = CommandConfiguration(
            commandName: "transfer", abstract: "Transfer an issue to another repository.")

        @Argument(help: "owner/name#number.") var issue: IssueReference
        @Argument(help: "owner/name of the other repository.") var target: String
        @Option(name: .customLong("as"), help: "Who does it.") var login = "octocat"
        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        var command: SandboxCommand {
            .transferIssue(
                repository: issue.repository, number: issue.number, to: target, by: login)
        }
    }
}
