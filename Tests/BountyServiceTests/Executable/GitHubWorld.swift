import Foundation
import GitHubSandbox
import HTTP
import Hummingbird
import NIOCore
import ServiceRuntime
import TestSupport
import Testing

/// GitHub as the replicas under test see it: its stand-in behind a listener, and the key of the app that is installed there.
struct GitHubWorld: Sendable {
    static let repository = "acme/rocket-skates"
    /// Who made the repository, and may do everything there.
    static let maintainer = GitHubSandbox.Account(id: 583_231, login: "octocat")

    let sandbox: GitHubSandbox
    /// Of a replica of the service.
    let environment: [String: String]

    static func run(
        accounts: [GitHubSandbox.Account], _ body: @escaping @Sendable (GitHubWorld) async throws -> Void
    ) async throws {
        let key = try WriterFixture.key.get()
        let parent = ProcessInfo.processInfo.environment["BURSAR_TEST_DIRECTORY"] ?? "/tmp"
        let file = "\(parent)/bursar-test-app-\(UUID()).pem"
        try key.privatePEM.write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let sandbox = GitHubSandbox(accounts: [maintainer] + accounts, app: .init(publicKeyPEM: key.publicPEM))
        sandbox.configureAPI { $0.hourlyLimit = 1_000_000 }
        try sandbox.perform(.makeRepository(fullName: repository, by: maintainer.login))
        let router = Router.standard(publicURL: "")
        sandbox.addRoutes(to: router)
        try await withListener(router) { address in
            try await body(
                GitHubWorld(
                    sandbox: sandbox,
                    environment: [
                        "GITHUB_API_URL": address.url, "GITHUB_APP_ID": "700001", "GITHUB_APP_PRIVATE_KEY_FILE": file,
                        "GITHUB_WRITE_INTERVAL": "0", "GITHUB_REDELIVERY_INTERVAL": "3600",
                    ]))
        }
    }

    /// Comments of the app's on an issue.
    func statusComments(_ number: Int64) throws -> [String] {
        try sandbox.view(repository: Self.repository, number: number).comments
            .filter { $0.author == "bursar-sandbox[bot]" }.map(\.body)
    }

    /// Sends a delivery, signed. Nil where nobody answers.
    static func send(_ delivery: SandboxDelivery, to address: HTTPAddress) async -> Int? {
        let request = DeliveryRequest(delivery.event, id: delivery.guid, body: ByteBuffer(bytes: delivery.body))
        return try? await withDeadline(.seconds(20)) {
            try HTTPAnswer(await exchange(request.parts, with: address)).status
        }
    }
}
