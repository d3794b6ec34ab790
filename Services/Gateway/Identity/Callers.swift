import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import IdentityProtocol
import JetStream
import Synchronization

/// Finds out who makes a request: by the session cookie of a browser, or the API key of a program.
final class Callers: Sendable {
    /// Of an API key's tokens that are kept: more keys than that ask anew.
    private static let maximumKeptTokens = 1_000
    /// Seconds before its end at which a token is renewed.
    private static let renewalMargin: TimeInterval = 300
    /// Seconds before its end at which a program's token is no longer used.
    private static let exchangeMargin: TimeInterval = 30

    struct Caller: Sendable {
        var session: Session
        /// To be handed on to other services.
        var token: String
        /// To be set with the answer, where the token was renewed.
        var renewed: IssuedSession?

        func user() throws -> Session.User {
            guard let user = session.user else {
                throw Problem(
                    .forbidden, "not-a-person", title: "Not a person",
                    detail: "wallets belong to people; an API key cannot do this")
            }
            return user
        }
    }

    private let identity: IdentityClient
    private let keyring: SessionKeyring
    private let origin: String
    private let origins: OriginPolicy
    let cookies: BrowserCookies
    private let now: @Sendable () -> Date
    /// By key. Held in memory only.
    private let exchanged = Mutex<[String: (token: String, session: Session)]>([:])
    /// Sessions by tokens that were verified once, for limits. Held in memory only.
    private let verified = Mutex<[String: UUID]>([:])

    init(
        identity: IdentityClient, keyring: SessionKeyring, publicURL: String,
        origins: OriginPolicy = .init(origins: []),
        now: @escaping @Sendable () -> Date = { .now }
    ) {
        self.identity = identity
        self.keyring = keyring
        origin = publicURL
        self.origins = origins
        cookies = BrowserCookies(publicURL: publicURL)
        self.now = now
    }

    /// Nil for a request of nobody in particular.
    /// - Throws: ``Problem``: 401 for credentials that are not, or no longer, good, and 403 for a request of a cookie that changes
    ///   something and does not show that a page of ours made it.
    func caller(of request: Request) async throws -> Caller? {
        if let authorization = request.headers[.authorization] { return try await program(authorization, request) }
        guard let token = cookies.session(of: request), !token.isEmpty else { return nil }
        guard let caller = try await person(token, request.traceparent) else { return nil }
        if Self.changes(request.method) { try checkOrigin(of: request, caller.session) }
        return caller
    }

    func requireCaller(of request: Request) async throws -> Caller {
        guard let caller = try await caller(of: request) else { throw Self.notSignedIn }
        return caller
    }

    static let notSignedIn = Problem(
        .unauthorized, "not-signed-in", title: "Not signed in", detail: "sign in with GitHub first: /login/github",
        headers: [.wwwAuthenticate: "Bearer"])

    // MARK: - Limits

    /// The session that a request certainly is of, as far as that is known without asking anybody.
    func knownSession(of request: Request) -> UUID? {
        if let authorization = request.headers[.authorization] {
            return Self.key(in: authorization).flatMap { key in exchanged.withLock { $0[key]?.session.id } }
        }
        guard let token = cookies.session(of: request), !token.isEmpty else { return nil }
        if let known = verified.withLock({ $0[token] }) { return known }
        guard let session = try? keyring.verify(token, at: now(), allowsExpired: true) else { return nil }
        verified.withLock { verified in
            if verified.count >= Self.maximumKeptTokens { verified = [:] }
            verified[token] = session.id
        }
        return session.id
    }

    /// Asks the identity service about a key; nil where it is none, or nobody answers.
    func learnSession(of request: Request) async -> UUID? {
        guard let authorization = request.headers[.authorization] else { return nil }
        return try? await program(authorization, request).session.id
    }

    // MARK: - People

    /// Nil where the session has ended.
    private func person(_ token: String, _ trace: Traceparent?) async throws -> Caller? {
        // Without any keys nothing can be said of it, least of all that it is bad. Asked first: they may come at any moment.
        guard keyring.hasKeys else { throw Problem.unavailable("sessions cannot be checked now", retryAfter: 1) }
        let session: Session
        do throws(SessionTokenError) {
            session = try keyring.verify(token, at: now(), allowsExpired: true)
        } catch {
            return nil
        }
        guard session.user != nil else { return nil }
        let remaining = session.expiresAt.timeIntervalSince(now())
        if remaining > Self.renewalMargin { return Caller(session: session, token: token) }
        do {
            let renewed = try await identity.call(RenewSession.self, .init(token: token), trace: trace)
            let session = try keyring.verify(renewed.token, at: now())
            return Caller(session: session, token: renewed.token, renewed: renewed)
        } catch let failure as IdentityFailure where failure.status == 401 {
            return nil
        } catch {
            // It is good for some minutes more, whoever is away.
            if remaining > 0 { return Caller(session: session, token: token) }
            throw IdentityProblem.problem(for: error)
        }
    }

    private static func changes(_ method: HTTPRequest.Method) -> Bool { ![.get, .head, .options].contains(method) }

    /// Pages of other sites can make a browser send our cookie along, and can neither read the token nor forge these headers.
    private func checkOrigin(of request: Request, _ session: Session) throws {
        func refused(_ code: String, _ detail: String) -> Problem {
            Problem(.forbidden, code, title: "Not from a page of ours", detail: detail)
        }
        let isTrusted = request.headers[.origin].map(origins.trusts) ?? false
        if let origin = request.headers[.origin], origin != self.origin, !isTrusted {
            throw refused("wrong-origin", "the request comes from a page of another site")
        }
        if let site = request.headers[.secFetchSite], !["same-origin", "none"].contains(site), !isTrusted {
            throw refused("wrong-origin", "the request comes from a page of another site")
        }
        guard let token = request.headers[.constant("X-CSRF-Token")], session.user?.isCSRFToken(token) == true else {
            throw refused("wrong-csrf-token", "the header X-CSRF-Token must be csrf_token of GET /v1/session")
        }
    }

    // MARK: - Programs

    private func program(_ authorization: String, _ request: Request) async throws -> Caller {
        guard let key = Self.key(in: authorization) else { throw Self.badKey }
        let known = exchanged.withLock { $0[key] }
        if let known, known.session.expiresAt.timeIntervalSince(now()) > Self.exchangeMargin {
            return Caller(session: known.session, token: known.token)
        }
        do {
            let token = try await identity.call(ExchangeAPIKey.self, .init(key: key), trace: request.traceparent).token
            let session = try keyring.verify(token, at: now())
            exchanged.withLock { exchanged in
                if exchanged.count >= Self.maximumKeptTokens { exchanged = [:] }
                exchanged[key] = (token, session)
            }
            return Caller(session: session, token: token)
        } catch let failure as IdentityFailure where failure.status == 401 {
            _ = exchanged.withLock { $0.removeValue(forKey: key) }
            throw Self.badKey
        } catch is SessionTokenError {
            throw Problem.unavailable("sessions cannot be checked now", retryAfter: 1)
        } catch {
            throw IdentityProblem.problem(for: error)
        }
    }

    private static func key(in authorization: String) -> String? {
        let words = authorization.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return String(words[1])
    }

    private static let badKey = Problem(
        .unauthorized, "unknown-key", title: "Unknown key",
        detail: "Authorization must be Bearer and an API key that is neither revoked nor expired",
        headers: [.wwwAuthenticate: "Bearer"])
}

extension HTTPField.Name {
    static let secFetchSite = constant("Sec-Fetch-Site")
}
