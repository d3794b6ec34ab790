import ArgumentParser
import AsyncHTTPClient
import BountyService
import Events
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1
import ServiceRuntime

struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "GitHub webhooks by hand.", subcommands: [Send.self])

    struct Send: ConfiguredCommand {
        static let configuration = CommandConfiguration(
            commandName: "send", abstract: "Sign a payload as GitHub does and post it to the bounty service.",
            discussion: """
                In the folder where bursar up runs, the address and the secret are known.

                Exits with 0 where the service answers 2xx, else with 1.


                """ + settingsHelp)
        static let settings = [BountyConfiguration.webhookSecrets.description, Local.dataDirectory.description]

        /// For the whole exchange: more than the service itself takes to give up.
        static let deadline = TimeAmount.seconds(40)
        static let maximumAnswerBytes = 1024 * 1024

        @Argument(help: "The event's name, as in X-GitHub-Event: issue_comment, issues, pull_request.")
        var event: String

        @Argument(help: "File of the JSON payload; - for standard input.")
        var file: String

        @Option(help: "Where to post. (default: the running bursar up's bounty service)")
        var url: String?

        @Option(help: "X-GitHub-Delivery; the same id again is the same delivery. (default: a new one)")
        var delivery: String?

        @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

        func run(_ settings: Settings) async throws {
            let local = try Local(settings)
            let secrets = WebhookSecrets(try local.settings.require(BountyConfiguration.webhookSecrets))
            guard let target = url ?? local.suite.map({ $0.bounty + "/webhooks/github" }) else {
                throw ConfigurationError(
                    name: "--url",
                    problem: .unusable("is required: no bursar up has run with \(local.directory.path)"))
            }
            let body = try Self.contents(of: file)
            var request = HTTPClientRequest(url: target)
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.headers.add(name: "User-Agent", value: "bursar/\(BuildInformation.version)")
            request.headers.add(name: "X-GitHub-Event", value: event)
            request.headers.add(name: "X-GitHub-Delivery", value: delivery ?? UUID().wireText)
            request.headers.add(name: "X-Hub-Signature-256", value: secrets.signature(of: body))
            request.body = .bytes(ByteBuffer(bytes: body))

            let response = try await HTTPClient.shared.execute(request, timeout: Self.deadline)
            let answer = try await response.body.collect(upTo: Self.maximumAnswerBytes)
            print("\(response.status.code) \(response.status.reasonPhrase)")
            print(String(buffer: answer))
            guard (200..<300).contains(response.status.code) else { throw ExitCode.failure }
        }

        private static func contents(of file: String) throws -> Data {
            if file == "-" { return standardInput() }
            do {
                return try Data(contentsOf: URL(filePath: file))
            } catch {
                throw ConfigurationError(name: file, problem: .unusable("cannot be read"))
            }
        }

        static func standardInput() -> Data {
            var bytes = Data()
            var chunk = [UInt8](repeating: 0, count: 64 * 1024)
            while true {
                let count = read(STDIN_FILENO, &chunk, chunk.count)
                guard count > 0 else { return bytes }
                bytes.append(contentsOf: chunk[..<count])
            }
        }
    }
}
