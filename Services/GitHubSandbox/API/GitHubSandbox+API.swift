import Crypto
import Encodings
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import JWTKit
import NIOCore
import Synchronization

/// The API of a GitHub App, as docs.github.com describes version 2022-11-28 of REST.
extension GitHubSandbox {
    typealias APIHandler = @Sendable (APICall, inout State) throws(APIFailure) -> APIAnswer

    func addAPI(to router: Router<ServerRequestContext>) {
        func route(_ method: HTTPRequest.Method, _ path: String, app: Bool = false, _ handler: @escaping APIHandler) {
            router.on(
                RouterPath((path == "/graphql" && !apiPrefix.isEmpty ? "/api" : apiPrefix) + path), method: method
            ) { request, context in
                try await self.answer(request, context, asApp: app, handler)
            }
        }
        route(.get, "/app", app: true, Self.showApp)
        route(.post, "/app/installations/:installation/access_tokens", app: true, Self.makeToken)
        route(.get, "/app/hook/deliveries", app: true, Self.listDeliveries)
        route(.post, "/app/hook/deliveries/:delivery/attempts", app: true, Self.redeliver)
        route(.get, "/users/:login", Self.showUser)
        route(.get, "/user/:id", Self.showUserByID)
        route(.post, "/graphql", Self.graphQL)
        for repository in ["/repos/:owner/:name", "/repositories/:repository"] {
            route(.get, repository + "/installation", app: true, Self.showInstallation)
            route(.get, repository + "/collaborators/:login/permission", Self.showPermission)
            route(.get, repository + "/issues/:number/comments", Self.listComments)
            route(.post, repository + "/issues/:number/comments", Self.createComment)
            route(.post, repository + "/issues/:number/reactions", Self.reactToIssue)
            route(.get, repository + "/issues/comments/:comment", Self.showComment)
            route(.patch, repository + "/issues/comments/:comment", Self.editComment)
            route(.post, repository + "/issues/comments/:comment/reactions", Self.reactToComment)
        }
    }

    /// GitHub refuses bodies of more.
    private static let maximumBodyBytes = 1 << 20

    private func answer(
        _ request: Request, _ context: ServerRequestContext, asApp: Bool, _ handler: @escaping APIHandler
    ) async throws -> Response {
        let body = Data((try await request.body.collect(upTo: Self.maximumBodyBytes)).readableBytesView)
        let path = request.uri.path + (request.uri.query.map { "?\($0)" } ?? "")
        let fault = takeFault(request.method, path)
        try await Task.sleep(for: fault?.delay ?? .zero)
        var answer: APIAnswer
        if let fault, let status = fault.status, !fault.takesEffect {
            answer = APIAnswer(status: status, headers: fault.headers, body: fault.body)
        } else {
            answer = await carryOut(request, context, body, asApp: asApp, handler)
            if let fault, let status = fault.status {
                answer = APIAnswer(status: status, headers: fault.headers, body: fault.body)
            }
        }
        let status = answer.status.code
        state.withLock { state in
            state.api.log.append(.init(method: request.method.rawValue, path: path, status: status))
            if state.api.log.count > Self.maximumKept { state.api.log.removeFirst(Self.maximumKept / 2) }
        }
        answer.headers[.contentType] = "application/json; charset=utf-8"
        return Response(
            status: answer.status, headers: answer.headers,
            body: answer.status == .notModified ? .init() : .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private func takeFault(_ method: HTTPRequest.Method, _ path: String) -> SandboxFault? {
        state.withLock { state in
            guard
                let index = state.api.faults.firstIndex(where: {
                    ($0.method == nil || $0.method == method) && path.contains($0.path)
                })
            else { return nil }
            let fault = state.api.faults[index]
            state.api.faults[index].times -= 1
            if state.api.faults[index].times <= 0 { state.api.faults.remove(at: index) }
            return fault
        }
    }

    private func carryOut(
        _ request: Request, _ context: ServerRequestContext, _ body: Data, asApp: Bool, _ handler: APIHandler
    ) async -> APIAnswer {
        guard request.headers[.userAgent] != nil else {
            return APIFailure(.forbidden, "Request forbidden by administrative rules.").answer
        }
        let now = Date.now.addingTimeInterval(state.withLock { $0.api.settings.clockOffset })
        let caller: APICall.Caller
        do throws(APIFailure) {
            caller = try await self.caller(request, asApp: asApp, at: now)
        } catch { return error.answer }
        var parameters: [Substring: String] = [:]
        for (name, value) in context.parameters { parameters[name] = String(value) }
        let known = parameters
        var isChanged = false
        let answer = state.withLock { state -> APIAnswer in
            guard let app = state.app else { return APIFailure.badCredentials.answer }
            var fields: HTTPFields = [:]
            guard Self.spend(caller, &state, &fields, at: now) else {
                return APIFailure(.forbidden, "API rate limit exceeded", headers: fields).answer
            }
            let call = APICall(
                caller: caller, parameters: known, query: Form(request.uri.query ?? ""), body: body, app: app,
                base: "http://\(request.head.authority ?? "")\(apiPrefix)", pages: baseURL, now: now)
            let queued = state.hooks.queue.count
            var answer: APIAnswer
            do throws(APIFailure) { answer = try handler(call, &state) } catch { answer = error.answer }
            isChanged = state.hooks.queue.count != queued || request.method != .get
            if isChanged, let save, let saved = try? JSONEncoder().encode(state.world) { save(saved) }
            answer.headers.append(contentsOf: fields)
            Self.condition(&answer, request, caller, &state)
            return answer
        }
        if isChanged { wake.yield() }
        return answer
    }

    /// The app by a JSON Web Token of its own, RS256, of at most ten minutes; an installation by its token.
    private func caller(_ request: Request, asApp: Bool, at now: Date) async throws(APIFailure) -> APICall.Caller {
        let words = request.headers[.authorization]?.split(separator: " ") ?? []
        guard words.count == 2, ["bearer", "token"].contains(words[0].lowercased()) else {
            throw APIFailure(.unauthorized, "Requires authentication")
        }
        let token = String(words[1])
        if asApp {
            guard let app = state.withLock({ $0.app }), let key = try? Insecure.RSA.PublicKey(pem: app.publicKeyPEM),
                let claims = try? await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256)
                    .verify(token, as: AppClaims.self),
                claims.iss.value == String(app.id), claims.exp.value > now,
                claims.iat.value <= now.addingTimeInterval(5)
            else { throw APIFailure(.unauthorized, "A JSON web token could not be decoded") }
            guard claims.exp.value <= now.addingTimeInterval(605) else {
                throw APIFailure(.unauthorized, "'Expiration time' claim ('exp') is too far in the future")
            }
            return .app
        }
        guard let found = state.withLock({ $0.api.tokens[token] }), found.expiresAt > now else { throw .badCredentials }
        return .installation(found.installation)
    }

    private struct AppClaims: JWTPayload {
        var iss: IssuerClaim
        var iat: IssuedAtClaim
        var exp: ExpirationClaim

        // The caller checks the times, by the sandbox's clock.
        func verify(using algorithm: some JWTAlgorithm) throws {}
    }

    /// False where the caller has used up its hour. The headers say so either way.
    private static func spend(
        _ caller: APICall.Caller, _ state: inout State, _ fields: inout HTTPFields, at now: Date
    ) -> Bool {
        let settings = state.api.settings
        var allowance =
            state.api.allowances[caller.name] ?? .init(resetAt: now.addingTimeInterval(settings.window))
        if allowance.resetAt <= now { allowance = .init(resetAt: now.addingTimeInterval(settings.window)) }
        let isAllowed = allowance.used < settings.hourlyLimit
        if isAllowed { allowance.used += 1 }
        state.api.allowances[caller.name] = allowance
        fields[.constant("X-RateLimit-Limit")] = String(settings.hourlyLimit)
        fields[.constant("X-RateLimit-Remaining")] = String(settings.hourlyLimit - allowance.used)
        fields[.constant("X-RateLimit-Reset")] = String(Int64(allowance.resetAt.timeIntervalSince1970.rounded(.up)))
        return isAllowed
    }

    /// An answer that is known already costs nothing.
    private static func condition(
        _ answer: inout APIAnswer, _ request: Request, _ caller: APICall.Caller, _ state: inout State
    ) {
        guard request.method == .get, answer.status == .ok else { return }
        let tag = "W/\"" + Hexadecimal.encode(SHA256.hash(data: answer.body).prefix(16)) + "\""
        answer.headers[.eTag] = tag
        guard request.headers[.ifNoneMatch] == tag else { return }
        answer.status = .notModified
        state.api.allowances[caller.name]?.used -= 1
    }
}
