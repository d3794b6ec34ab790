import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import IdentityProtocol

/// Signing in and out: `GET /login/github`, `GET /login/github/callback`, `POST /logout`, `GET /v1/session`.
struct SessionController {
    let identity: IdentityClient
    let callers: Callers

    func addRoutes(to router: Router<ServerRequestContext>, api: RouterGroup<ServerRequestContext>) {
        router.get("login/github", use: begin)
        router.get("login/github/callback", use: complete)
        router.post("logout", use: logout)
        api.get("session", use: session)
    }

    /// To GitHub's page, with a cookie that the way back is compared with.
    @Sendable func begin(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(request, allowing: ["return_to"])
        let begun = try await IdentityProblem.translating {
            try await identity.call(
                BeginLogin.self, .init(returnTo: query.text("return_to")), trace: request.traceparent)
        }
        return Response(status: .found, headers: [.location: begun.url])
            .setting(cookies: callers.cookies.set(attempt: begun.attempt, maxAge: begun.maxAge))
    }

    /// Back from GitHub: with a code, or the reason why there is none. Whatever else GitHub adds is passed over.
    @Sendable func complete(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = request.uri.queryParameters
        if query["error"] != nil {
            throw Problem(
                .forbidden, "login-denied", title: "Not signed in",
                detail: "GitHub did not confirm the sign-in; begin again: /login/github")
        }
        guard let code = query["code"], let state = query["state"], let attempt = callers.cookies.attempt(of: request)
        else {
            throw Problem(
                .forbidden, "wrong-state", title: "Not signed in",
                detail: "this sign-in was not begun in this browser; begin again: /login/github")
        }
        let completed = try await IdentityProblem.translating {
            try await identity.call(
                CompleteLogin.self, .init(code: String(code), state: String(state), attempt: attempt),
                trace: request.traceparent)
        }
        return Response(status: .seeOther, headers: [.location: completed.returnTo])
            .setting(
                cookies: callers.cookies.set(session: completed.session.token, until: completed.session.endsAt),
                callers.cookies.clearedAttempt)
    }

    /// Also where nobody is signed in.
    @Sendable func logout(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        if let caller = try await callers.caller(of: request), caller.session.user != nil {
            try await IdentityProblem.translating {
                _ = try await identity.call(EndSession.self, .init(token: caller.token), trace: request.traceparent)
            }
        }
        return Response(status: .noContent).setting(cookies: callers.cookies.clearedSession)
    }

    struct SessionAnswer: ResponseEncodable {
        var github: IdentityRecord.Account?
        var program: String?
        var scopes: [APIScope]?
        /// What pages send in `X-CSRF-Token` with requests that change something.
        var csrfToken: String?
        /// Of the token; it is renewed by itself while the session lasts.
        var expiresAt: Date

        enum CodingKeys: String, CodingKey {
            case github, program, scopes
            case csrfToken = "csrf_token"
            case expiresAt = "expires_at"
        }
    }

    /// Who the caller is.
    @Sendable func session(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        let caller = try await callers.requireCaller(of: request)
        var answer = SessionAnswer(expiresAt: caller.session.expiresAt)
        switch caller.session.principal {
        case .user(let user):
            answer.github = .init(id: user.githubID, login: user.login)
            answer.csrfToken = user.csrfToken
        case .program(let program):
            answer.program = program.name
            answer.scopes = program.scopes
        }
        return try callers.response(answer, to: caller, request, context)
    }
}

extension Callers {
    /// An answer for this caller alone, with the session's new token where it was renewed.
    func response(
        _ answer: some ResponseEncodable, status: HTTPResponse.Status = .ok, to caller: Caller, _ request: Request,
        _ context: ServerRequestContext
    ) throws -> Response {
        var response = try answer.response(from: request, context: context)
        response.status = status
        response.headers[.cacheControl] = "no-store"
        guard let renewed = caller.renewed else { return response }
        return response.setting(cookies: cookies.set(session: renewed.token, until: renewed.endsAt))
    }
}
