import Events
import FoundationEssentials
import Testing

@testable import IdentityProtocol

struct SessionTokenTests {
    static let now = Date(timeIntervalSince1970: 1_795_260_000)

    static func key(_ digit: Character) throws -> SessionSigningKey {
        try #require(SessionSigningKey(seed: String(repeating: digit, count: 64)))
    }

    static func session(_ principal: Session.Principal = .user(.init(githubID: 1, login: "a", csrfSecret: "s")))
        -> Session
    {
        Session(id: .version7(at: now), principal: principal, issuedAt: now, expiresAt: now.addingTimeInterval(600))
    }

    static func refusal(
        _ token: String, _ keys: [SessionSigningKey], at time: Date = now, allowsExpired: Bool = false
    ) -> SessionTokenError? {
        do throws(SessionTokenError) {
            _ = try SessionVerifier(keys.map(\.publicKey)).verify(token, at: time, allowsExpired: allowsExpired)
            return nil
        } catch { return error }
    }

    @Test(arguments: [
        Session.Principal.user(.init(githubID: 583_231, login: "octocat", csrfSecret: "secret")),
        .program(.init(name: "treasury", scopes: [.payouts, .read])), .program(.init(name: "ü \"x\"", scopes: [])),
    ])
    func whatIsSignedIsReadBack(principal: Session.Principal) throws {
        let keys = [try Self.key("1"), try Self.key("2")]
        let session = Self.session(principal)
        for key in keys {
            let token = try SessionToken.sign(session, with: key)
            #expect(try SessionVerifier(keys.map(\.publicKey)).verify(token, at: Self.now) == session)
        }
    }

    @Test func everyCharacterCounts() throws {
        let key = try Self.key("1")
        let token = Array(try SessionToken.sign(Self.session(), with: key))
        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == "A" ? "B" : "A"
            #expect(Self.refusal(String(changed), [key]) != nil, "character \(index)")
        }
        for token in [
            "", ".", "...", "bs1.a.b.c", String(token.dropLast()), String(token) + "A", String(token) + "=",
            " " + String(token), String(token) + ".", String(repeating: "A", count: 2_000),
        ] { #expect(Self.refusal(token, [key]) != nil) }
    }

    @Test func aTokenIsGoodForItsTime() throws {
        let key = try Self.key("1")
        let token = try SessionToken.sign(Self.session(), with: key)
        func refusal(_ seconds: TimeInterval, allowsExpired: Bool = false) -> SessionTokenError? {
            Self.refusal(token, [key], at: Self.now.addingTimeInterval(seconds), allowsExpired: allowsExpired)
        }
        #expect(refusal(-31) == .notYetValid)
        #expect(refusal(-30) == nil)
        #expect(refusal(599.9) == nil)
        #expect(refusal(600) == .expired)
        #expect(refusal(600, allowsExpired: true) == nil)
    }

    @Test func anotherKeysTokenIsUnknownAndAForgedOneIsBad() throws {
        let one = try Self.key("1")
        let other = try Self.key("2")
        let token = try SessionToken.sign(Self.session(), with: other)
        #expect(Self.refusal(token, [one]) == .unknownKey)
        // Signed by another, and claiming to be by this one.
        let parts = token.split(separator: ".")
        let forged = "\(parts[0]).\(one.id.text).\(parts[2]).\(parts[3])"
        #expect(Self.refusal(forged, [one, other]) == .badSignature)
        // A published key whose id is not its own counts for nothing.
        var published = other.publicKey
        published.id = one.id.text
        #expect(SessionVerifier([published]).isEmpty)
    }

    @Test(arguments: ["", "11", String(repeating: "1", count: 63), String(repeating: "g", count: 64)])
    func aSeedIs64HexadecimalDigits(text: String) { #expect(SessionSigningKey(seed: text) == nil) }

    @Test func theCSRFTokenIsTheSessionsOwn() {
        let user = Session.User(githubID: 1, login: "a", csrfSecret: "one")
        let other = Session.User(githubID: 1, login: "a", csrfSecret: "two")
        #expect(user.isCSRFToken(user.csrfToken))
        for token in ["", "x", other.csrfToken, user.csrfToken + "A", String(user.csrfToken.dropLast()), "one"] {
            #expect(!user.isCSRFToken(token))
        }
    }

    @Test func derivedKeysDifferByUseAndByKey() throws {
        let keys = [
            try Self.key("1").derivedKey(for: "a"), try Self.key("1").derivedKey(for: "b"),
            try Self.key("2").derivedKey(for: "a"),
        ]
        #expect(keys[0] != keys[1])
        #expect(keys[0] != keys[2])
    }
}
