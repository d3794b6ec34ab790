import Events
import FoundationEssentials

/// Tokens of the app's installations, each asked for once and renewed before it expires.
///
/// An actor: what it guards is waiting for an answer, which all who need the token wait for together.
actor InstallationTokens {
    /// Before a token's end, of an hour, another is asked for.
    static let margin: TimeInterval = 300
    /// Beyond it all are forgotten.
    static let maximumKept = 10_000

    struct Token: Sendable {
        var text: String
        var expiresAt: Date
    }

    private let now: @Sendable () -> Date
    private let ask: @Sendable (Int64) async throws -> Token
    private var tokens: [Int64: Token] = [:]
    private var asking: [Int64: Task<Token, any Error>] = [:]

    init(now: @escaping @Sendable () -> Date, ask: @escaping @Sendable (Int64) async throws -> Token) {
        self.now = now
        self.ask = ask
    }

    func token(of installation: Int64) async throws -> String {
        if let token = tokens[installation], token.expiresAt > now().addingTimeInterval(Self.margin) {
            return token.text
        }
        // Not a child of the first who asks: the others want the answer though that one leaves.
        let task = asking[installation] ?? Task { [ask] in try await ask(installation) }
        asking[installation] = task
        let outcome = await task.result
        if asking[installation] == task { asking[installation] = nil }
        let token = try outcome.get()
        if tokens.count >= Self.maximumKept { tokens = [:] }
        tokens[installation] = token
        return token.text
    }

    /// GitHub does not take this token any more.
    func forget(_ text: String, of installation: Int64) {
        if tokens[installation]?.text == text { tokens[installation] = nil }
    }
}
