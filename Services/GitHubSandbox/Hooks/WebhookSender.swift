import AsyncHTTPClient
import Crypto
import Encodings
import FoundationEssentials
package import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import ServiceRuntime
import Synchronization

/// Sends the sandbox's webhooks as GitHub does: signed, in order of what happened, once. One that is not answered with 2xx within
/// ten seconds has failed, and is sent again only when the app asks for it.
package struct WebhookSender: Service {
    /// GitHub's own.
    static let timeout = TimeAmount.seconds(10)

    /// Where the app takes its webhooks, and what they are signed with.
    package struct Target: Sendable {
        package var url: String
        package var secret: String
        package init(url: String, secret: String) {
            self.url = url
            self.secret = secret
        }
    }

    private let sandbox: GitHubSandbox
    /// Nil while it is not known.
    private let target: @Sendable () -> Target?
    private let logger: Logger

    package init(_ sandbox: GitHubSandbox, logger: Logger, target: @escaping @Sendable () -> Target?) {
        self.sandbox = sandbox
        self.logger = logger
        self.target = target
    }

    package func run() async throws {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        await cancelWhenGracefulShutdown {
            for await _ in sandbox.wakes {
                while !Task.isCancelled, let target = target(), let next = sandbox.takeWaiting() {
                    await send(next, to: target, by: client)
                }
            }
        }
        try await client.shutdown()
    }

    private func send(_ attempt: SandboxHookState.Attempt, to target: Target, by client: HTTPClient) async {
        var attempt = attempt
        let key = SymmetricKey(data: Array(target.secret.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: attempt.body, using: key)
        var request = HTTPClientRequest(url: target.url)
        request.method = .POST
        request.headers = [
            "Content-Type": "application/json", "User-Agent": "GitHub-Hookshot/sandbox", "Accept": "*/*",
            "X-GitHub-Event": attempt.event, "X-GitHub-Delivery": attempt.guid, "X-GitHub-Hook-ID": "1",
            "X-Hub-Signature-256": "sha256=" + Hexadecimal.encode(code),
        ]
        request.body = .bytes(ByteBuffer(bytes: attempt.body))
        let start = ContinuousClock.now
        do {
            let response = try await client.execute(request, timeout: Self.timeout)
            attempt.statusCode = Int(response.status.code)
        } catch {
            logger.warning("a webhook of the sandbox is not taken", metadata: ["error": "\(type(of: error))"])
        }
        attempt.duration = (ContinuousClock.now - start) / .seconds(1)
        attempt.deliveredAt = .now
        sandbox.note(attempt)
    }
}

extension GitHubSandbox {
    func takeWaiting() -> SandboxHookState.Attempt? {
        state.withLock { $0.hooks.queue.isEmpty ? nil : $0.hooks.queue.removeFirst() }
    }

    func note(_ attempt: SandboxHookState.Attempt) { state.withLock { $0.hooks.note(attempt) } }

    /// Call when the sender's target has become known.
    package func wakeSender() { wake.yield() }
}
