import Events
import FoundationEssentials
import IdentityProtocol
import Postgres

/// Signing in, and the sessions that come of it.
struct Sessions: Sendable {
    /// Of a token. A session that was ended is still taken for this long by who does not ask us.
    static let tokenLifetime = Duration.seconds(600)
    /// Of an account; beyond it the oldest ends.
    static let maximumOfAccount = 20

    let database: PostgresClient
    let keys: [SessionSigningKey]
    let github: GitHubOAuth?
    let lifetime: Duration
    let now: @Sendable () -> Date

    func begin(_ request: BeginLogin.Request) throws -> BeginLogin.Response {
        let github = try requireGitHub()
        let attempt = LoginAttempt(returnTo: request.returnTo.flatMap(ReturnPath.init) ?? .home, at: now())
        return BeginLogin.Response(
            url: github.authorizationURL(state: attempt.state, challenge: attempt.challenge),
            attempt: try attempt.sealed(with: keys[0]), maxAge: Int(LoginAttempt.lifetime.components.seconds))
    }

    func complete(_ request: CompleteLogin.Request) async throws -> CompleteLogin.Response {
        let github = try requireGitHub()
        guard let attempt = LoginAttempt.opened(request.attempt, keys: keys), attempt.isState(request.state) else {
            throw IdentityFailure(403, "wrong-state", "this sign-in was not begun in this browser; begin again")
        }
        guard now() < attempt.expiresAt else {
            throw IdentityFailure(403, "login-expired", "the sign-in took too long; begin again")
        }
        guard (1...256).contains(request.code.utf8.count) else {
            throw IdentityFailure(403, "login-refused", "GitHub does not take the code; sign in again")
        }
        let account = try await github.account(code: request.code, verifier: attempt.verifier)
        return CompleteLogin.Response(session: try await open(account), returnTo: attempt.returnTo.text)
    }

    /// A session of an account that GitHub vouches for.
    func open(_ account: GitHubAccount) async throws -> IssuedSession {
        let now = now().roundedToMilliseconds
        let endsAt = now.addingTimeInterval(Double(lifetime.components.seconds))
        let id = UUID.version7(at: now)
        let secret = LoginAttempt.random()
        try await database.transaction { transaction in
            try transaction.execute(
                """
                INSERT INTO accounts (github_id, login, created_at, signed_in_at)
                VALUES (\(account.id), \(account.login), \(now), \(now))
                ON CONFLICT (github_id) DO UPDATE SET login = excluded.login, signed_in_at = excluded.signed_in_at
                """)
            try transaction.execute(
                """
                INSERT INTO sessions (id, github_id, csrf_secret, created_at, ends_at)
                VALUES (\(id), \(account.id), \(secret), \(now), \(endsAt))
                """)
            try transaction.execute(
                """
                DELETE FROM sessions WHERE id IN (
                    SELECT id FROM sessions WHERE github_id = \(account.id)
                    ORDER BY created_at DESC, id DESC OFFSET \(Self.maximumOfAccount))
                """)
        }
        let user = Session.User(githubID: account.id, login: account.login, csrfSecret: secret)
        return try issue(id: id, user, at: now, endsAt: endsAt)
    }

    func renew(_ request: RenewSession.Request) async throws -> IssuedSession {
        let session = try verified(request.token)
        let now = now().roundedToMilliseconds
        let rows = try await database.query(
            """
            SELECT s.github_id, s.csrf_secret, s.ends_at, a.login FROM sessions s JOIN accounts a USING (github_id)
            WHERE s.id = \(session.id) AND s.ends_at > \(now) AND a.login IS NOT NULL
            """)
        guard let row = rows.first else { throw IdentityFailure.sessionEnded }
        let user = Session.User(
            githubID: try row.get("github_id"), login: try row.get("login"), csrfSecret: try row.get("csrf_secret"))
        return try issue(id: session.id, user, at: now, endsAt: try row.get("ends_at"))
    }

    /// Ending what has ended is no error.
    func end(_ request: EndSession.Request) async throws -> Nothing {
        let session = try verified(request.token)
        try await database.execute("DELETE FROM sessions WHERE id = \(session.id)")
        return Nothing()
    }

    /// Who acts by this token, for a call that only a person may make.
    func user(_ token: String?) throws -> Session.User {
        guard let token else { throw IdentityFailure.notSignedIn }
        guard let session = try? SessionVerifier(keys.map(\.publicKey)).verify(token, at: now()) else {
            throw IdentityFailure.sessionEnded
        }
        guard let user = session.user else {
            throw IdentityFailure(403, "not-a-person", "wallets belong to people; an API key cannot do this")
        }
        return user
    }

    func published() -> PublishedKeys.Response { PublishedKeys.Response(keys: keys.map(\.publicKey)) }

    private func verified(_ token: String) throws -> Session {
        let verifier = SessionVerifier(keys.map(\.publicKey))
        guard let session = try? verifier.verify(token, at: now(), allowsExpired: true), session.user != nil else {
            throw IdentityFailure.sessionEnded
        }
        return session
    }

    private func issue(id: UUID, _ user: Session.User, at now: Date, endsAt: Date) throws -> IssuedSession {
        let expiresAt = min(now.addingTimeInterval(Double(Self.tokenLifetime.components.seconds)), endsAt)
        let session = Session(id: id, principal: .user(user), issuedAt: now, expiresAt: expiresAt)
        return IssuedSession(token: try SessionToken.sign(session, with: keys[0]), endsAt: endsAt)
    }

    private func requireGitHub() throws -> GitHubOAuth {
        guard let github else {
            throw IdentityFailure(
                501, "login-not-configured", "signing in needs a GitHub application: github.client.id and its secret")
        }
        return github
    }
}
