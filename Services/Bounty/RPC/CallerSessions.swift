import FoundationEssentials
import IdentityProtocol

/// Whom a call is made for, as the service itself finds from the session token that came along.
struct CallerSessions: Sendable {
    let keyring: SessionKeyring
    let now: @Sendable () -> Date

    /// - Throws: ``ServiceFailure`` 401 for a token that is missing, bad or at its end, and ``KeysUnknown``.
    func session(_ token: String?) throws -> Session {
        guard let token else { throw ServiceFailure.notSignedIn }
        // Without any keys nothing can be said of it, least of all that it is bad. Asked first: they may come at any moment.
        guard keyring.hasKeys else { throw KeysUnknown() }
        do throws(SessionTokenError) {
            return try keyring.verify(token, at: now())
        } catch {
            throw ServiceFailure.sessionEnded
        }
    }

    /// - Throws: Also ``ServiceFailure`` 403 for a program.
    func user(_ token: String?) throws -> Session.User {
        guard let user = try session(token).user else {
            throw ServiceFailure(403, "not-a-person", "wallets belong to people; an API key cannot do this")
        }
        return user
    }

    /// The keys of sessions were not published to this process yet.
    struct KeysUnknown: Error {}
}
