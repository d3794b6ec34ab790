import AsyncHTTPClient
import Events
import FoundationEssentials
import Logging
import Metrics
import NIOCore
import NIOHTTP1
import ServiceRuntime
import Synchronization

/// Sends requests: with the right token, within the limits, again where that helps.
final class GitHubTransport: Sendable {
    static let apiVersion = "2022-11-28"
    /// Redirections followed for one request.
    static let maximumRedirects = 3

    let limits: GitHubLimits
    private let configuration: GitHubConfiguration
    private let client: HTTPClient
    private let tokens: InstallationTokens
    private let rates = Mutex(RateLimits())
    private let conditional: Mutex<ConditionalAnswers>
    private let known = Mutex(DependencyState.connecting)
    private let logger: Logger
    private let now: @Sendable () -> Date

    init(
        _ configuration: GitHubConfiguration, limits: GitHubLimits, logger: Logger,
        now: @escaping @Sendable () -> Date
    ) {
        self.configuration = configuration
        self.limits = limits
        self.logger = logger
        self.now = now
        conditional = Mutex(
            ConditionalAnswers(maximumCount: limits.maximumCachedAnswers, maximumBytes: limits.maximumCachedBytes))
        var client = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(5), read: .milliseconds(limits.requestTimeout.wholeMilliseconds)))
        client.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
        // What may be repeated is repeated here.
        client.connectionPool.retryConnectionEstablishment = false
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: client)
        self.client = http
        let bearer: @Sendable (Date) async throws -> String = { try await configuration.app.token(at: $0) }
        let exchange = Exchange(client: http, configuration: configuration, limits: limits)
        tokens = InstallationTokens(now: now) { installation in
            try await Self.installationToken(installation, exchange: exchange, bearer: bearer, now: now)
        }
    }

    var state: DependencyState { known.withLock { $0 } }

    func close() async throws { try await client.shutdown() }

    // MARK: - Asking

    func json<Value: Decodable>(_: Value.Type, _ request: GitHubRequest) async throws -> Value {
        try await send(request).json(Value.self)
    }

    /// Nil for 404.
    func find<Value: Decodable>(_: Value.Type, _ request: GitHubRequest) async throws -> Value? {
        do {
            return try await json(Value.self, request)
        } catch let error as GitHubError where error.code == .notFound {
            return nil
        }
    }

    /// - Throws: ``GitHubError``; `CancellationError`.
    func send(_ original: GitHubRequest) async throws -> GitHubAnswer {
        var request = original
        var backoff = Backoff(base: limits.retryBase, maximum: limits.retryMaximum)
        var attempt = 1
        var redirects = 0
        var hasRenewed = false
        while true {
            if let until = rates.withLock({ $0.blocked(request.caller, at: now()) }) {
                throw GitHubError(.rateLimited(until: until), "a rate limit holds until \(until.wireText)")
            }
            let failure: GitHubError
            switch try await attemptOnce(request) {
            case .answer(let answer): return answer
            case .failure(let error): throw error
            case .redirect(let location):
                redirects += 1
                guard redirects <= Self.maximumRedirects else { throw GitHubError(.malformed, "redirected in circles") }
                request = request.following(location)
                continue
            case .renewToken(let error):
                guard !hasRenewed else { throw error }
                hasRenewed = true
                continue
            case .again(let error): failure = error
            }
            guard request.isRepeatable, attempt < limits.maximumAttempts else { throw failure }
            attempt += 1
            try await Task.sleep(for: backoff.next())
        }
    }

    private enum Outcome {
        case answer(GitHubAnswer)
        case redirect(String)
        case renewToken(GitHubError)
        case again(GitHubError)
        case failure(GitHubError)
    }

    private func attemptOnce(_ request: GitHubRequest) async throws -> Outcome {
        let token = try await token(for: request.caller)
        let url = try configuration.url(of: request.target)
        let key = ConditionalAnswers.Key(caller: request.caller, url: url)
        let kept = request.method == .GET ? conditional.withLock { $0.find(key) } : nil
        let answer: GitHubAnswer
        do {
            answer = try await Exchange(client: client, configuration: configuration, limits: limits)
                .perform(request, url: url, token: token, ifNoneMatch: kept?.tag)
        } catch let error as GitHubError {
            show(.down(reason: error.message))
            return .again(error)
        }
        show(.up)
        let time = now()
        rates.withLock {
            $0.answered(
                request.caller, remaining: answer.headers.first(name: "X-RateLimit-Remaining").flatMap { Int($0) },
                reset: AnswerVerdict.reset(answer.headers, time), at: time)
        }
        switch AnswerVerdict(status: answer.status, headers: answer.headers, body: answer.body, now: time) {
        case .success:
            if request.method == .GET { conditional.withLock { $0.keep(answer, for: key) } }
            return .answer(answer)
        case .notModified:
            guard let kept else { return .failure(GitHubError(.malformed, "304 to a request without a condition")) }
            return .answer(kept.answer)
        case .redirect(let location): return .redirect(location)
        case .unauthorized:
            await forget(token, of: request.caller)
            return .renewToken(GitHubError(.unauthorized, "401 to \(request.name)"))
        case .limited(let named):
            let until = rates.withLock { $0.refused(request.caller, until: named, at: time) }
            logger.warning(
                "GitHub's rate limit is reached", metadata: ["call": "\(request.name)", "until": "\(until.wireText)"])
            return .failure(GitHubError(.rateLimited(until: until), "a rate limit holds until \(until.wireText)"))
        case .serverError: return .again(GitHubError(.unavailable, "\(answer.status) to \(request.name)"))
        case .failure(let error): return .failure(error)
        }
    }

    // MARK: - Tokens

    private func token(for caller: GitHubRequest.Caller) async throws -> String {
        switch caller {
        case .app: try await configuration.app.token(at: now())
        case .installation(let id): try await tokens.token(of: id)
        }
    }

    private func forget(_ token: String, of caller: GitHubRequest.Caller) async {
        switch caller {
        case .app: configuration.app.forget()
        case .installation(let id): await tokens.forget(token, of: id)
        }
    }

    /// Source: docs.github.com, "Create an installation access token for an app".
    private static func installationToken(
        _ installation: Int64, exchange: Exchange, bearer: @Sendable (Date) async throws -> String,
        now: @Sendable () -> Date
    ) async throws -> InstallationTokens.Token {
        struct Made: Decodable {
            var token: String
            var expires_at: Date
        }
        let request = GitHubRequest.post(
            "app/installations/\(installation)/access_tokens", body: Data(), as: .app, name: "installation_token")
        let time = now()
        let answer = try await exchange.perform(
            request, url: try exchange.configuration.url(of: request.target), token: try await bearer(time),
            ifNoneMatch: nil)
        switch AnswerVerdict(status: answer.status, headers: answer.headers, body: answer.body, now: time) {
        case .success:
            let made = try answer.json(Made.self)
            return .init(text: made.token, expiresAt: made.expires_at)
        case .limited(let until):
            let until = until ?? time.addingTimeInterval(RateLimits.unnamedWait)
            throw GitHubError(.rateLimited(until: until), "no token: a rate limit holds until \(until.wireText)")
        case .unauthorized: throw GitHubError(.unauthorized, "no token: GitHub refuses the app's id or key")
        case .failure(let error):
            // Not `.notFound`, which would be about what was asked for with the token.
            let code: GitHubError.Code = error.code == .notFound ? .forbidden : error.code
            throw GitHubError(code, "no token for installation \(installation): \(error.message)")
        case .serverError, .notModified, .redirect: throw GitHubError(.unavailable, "no token: \(answer.status)")
        }
    }

    private func show(_ new: DependencyState) { known.withLock { $0 = new } }
}

/// One request and its answer, whatever that is.
struct Exchange: Sendable {
    let client: HTTPClient
    let configuration: GitHubConfiguration
    let limits: GitHubLimits

    /// - Throws: ``GitHubError/Code/unavailable`` where no whole answer came in time; `CancellationError`.
    func perform(
        _ request: GitHubRequest, url: String, token: String, ifNoneMatch tag: String?
    ) async throws -> GitHubAnswer {
        var message = HTTPClientRequest(url: url)
        message.method = request.method
        message.headers = [
            "Accept": "application/vnd.github+json", "Authorization": "Bearer \(token)",
            "User-Agent": "bursar/\(BuildInformation.version)", "X-GitHub-Api-Version": GitHubTransport.apiVersion,
        ]
        if let tag { message.headers.add(name: "If-None-Match", value: tag) }
        if let body = request.body {
            message.headers.add(name: "Content-Type", value: "application/json")
            message.body = .bytes(ByteBuffer(bytes: body))
        }
        let start = ContinuousClock.now
        var status = "none"
        defer {
            let dimensions = [("call", request.name), ("status", status)]
            Timer(label: "bursar_github_request_seconds", dimensions: dimensions)
                .recordNanoseconds((ContinuousClock.now - start).wholeNanoseconds)
        }
        let sent = message
        do {
            // One deadline for head and body.
            let answer = try await withDeadline(limits.requestTimeout) {
                let response = try await client.execute(
                    sent, timeout: .milliseconds(limits.requestTimeout.wholeMilliseconds))
                let body = try await response.body.collect(upTo: limits.maximumAnswerBytes)
                return GitHubAnswer(
                    status: Int(response.status.code), headers: response.headers, body: Data(body.readableBytesView))
            }
            status = String(answer.status)
            return answer
        } catch {
            if Task.isCancelled { throw CancellationError() }
            // The error's own text could quote what was sent.
            throw GitHubError(.unavailable, "no answer to \(request.name): \(type(of: error))")
        }
    }
}

extension GitHubConfiguration {
    /// - Throws: ``GitHubError/Code/malformed`` for an address that is not the API's: it would be sent a token.
    func url(of target: GitHubRequest.Target) throws(GitHubError) -> String {
        switch target {
        case .path(let path): return "\(apiURL)/\(path)"
        case .graphQL: return graphQLURL
        case .url(let url):
            guard url.hasPrefix(apiURL + "/") else { throw GitHubError(.malformed, "sent elsewhere than the API") }
            return url
        }
    }
}
