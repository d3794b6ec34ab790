import ArgumentParser
import AsyncHTTPClient
import FoundationEssentials
import GitHubSandbox
import NIOCore
import NIOHTTP1
import ServiceRuntime

/// What somebody does on the stand-in for GitHub that `bursar up --with-github-sandbox` runs.
struct SandboxGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Be anybody on the stand-in for GitHub of bursar up --with-github-sandbox.",
        subcommands: [
            Repository.self, Permission.self, Rename.self, Open.self, Pull.self, Comment.self, Edit.self, Delete.self,
            Close.self, Reopen.self, Merge.self, Transfer.self, Redeliver.self, Show.self, SandboxLink.self,
            SandboxSign.self,
        ])

    static let settings = [Local.dataDirectory.description]
}

/// A command that is carried out by the sandbox.
protocol SandboxAction: ConfiguredCommand {
    var command: SandboxCommand { get }
}

extension SandboxAction {
    static var settings: [SettingDescription] { SandboxGroup.settings }

    func run(_ settings: Settings) async throws {
        let outcome = try await SandboxClient(settings).perform(command)
        print(outcome.url)
    }
}

/// `owner/name#12`.
struct IssueReference: ExpressibleByArgument {
    let repository: String
    let number: Int64

    init?(argument: String) {
        let parts = argument.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].split(separator: "/").count == 2, let number = Int64(digits: parts[1]) else {
            return nil
        }
        repository = String(parts[0])
        self.number = number
    }
}

/// Asks the running sandbox.
struct SandboxClient {
    private static let deadline = TimeAmount.seconds(30)
    private static let maximumAnswerBytes = 16 << 20

    let url: String

    init(_ settings: Settings) throws {
        guard let suite = try Local(settings).suite, let url = suite.sandbox else {
            throw ConfigurationError(
                name: Local.dataDirectory.description.key,
                problem: .unusable("no bursar up --with-github-sandbox has run there"))
        }
        self.url = url
    }

    func perform(_ command: SandboxCommand) async throws -> SandboxOutcome {
        var request = HTTPClientRequest(url: url + "/sandbox/commands")
        request.method = .POST
        request.headers = ["Content-Type": "application/json"]
        request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(command)))
        return try await exchange(request)
    }

    func view(_ issue: IssueReference) async throws -> SandboxIssueView {
        try await exchange(HTTPClientRequest(url: "\(url)/sandbox/issues/\(issue.repository)/\(issue.number)"))
    }

    private func exchange<Answer: Decodable>(_ request: HTTPClientRequest) async throws -> Answer {
        let response = try await HTTPClient.shared.execute(request, timeout: Self.deadline)
        let body = Data(try await response.body.collect(upTo: Self.maximumAnswerBytes).readableBytesView)
        guard response.status == .ok else {
            throw Refused(
                description: (try? JSONDecoder().decode(Problem.self, from: body))?.detail ?? "\(response.status)")
        }
        return try JSONDecoder().decode(Answer.self, from: body)
    }

    private struct Problem: Decodable { var detail: String }

    struct Refused: Error, CustomStringConvertible { let description: String }
}
