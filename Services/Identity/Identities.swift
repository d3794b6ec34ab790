import Events
package import FoundationEssentials
import IdentityDomain
import IdentityProtocol
import JetStream
import Logging
import NIOCore
import Postgres
import ServiceLifecycle
package import ServiceRuntime

/// The identity service: who somebody is, and which wallets are theirs. It answers over NATS alone.
package enum Identities {
    /// - Parameter now: The clock that challenges, sessions and cooling-off periods go by.
    package static func service(
        _ configuration: IdentityConfiguration, now: @escaping @Sendable () -> Date = { .now }
    ) throws -> SuiteService {
        let logger = Logger(label: ServiceName.identity)
        let nats = NATSClient(configuration: configuration.nats, logger: logger)
        let database = PostgresClient(configuration.database, logger: logger)
        let relay = OutboxRelay(database, logger: logger) { message in
            try await nats.store(NATSOutgoingMessage(outbox: message))
        }
        let github = configuration.github.map {
            GitHubOAuth($0, publicURL: configuration.publicURL, logger: logger)
        }
        let parts = Parts(
            configuration, database: database, github: github, committed: { relay.wake() }, now: now)
        let upkeep = Upkeep(database: database, linking: parts.linking, logger: logger, now: now)
        let responders = try parts.responders(client: nats, logger: logger)
        let discovery = NATSServiceDiscovery(
            client: nats, name: ServiceName.identity, description: "Who somebody is, and which wallets are theirs.",
            responders: responders)
        let signIn: [any Service] = github.map { [$0] } ?? []
        return SuiteService(
            health: ServiceHealth(service: ServiceName.identity, dependencies: [nats, database, relay]) {
                guard nats.state == .up else { return "nobody can ask without NATS" }
                guard database.state == .up else { return "nothing can be answered without PostgreSQL" }
                return nil
            },
            services: [nats, database, relay] + signIn + [upkeep] + responders + [discovery])
    }

    /// The use cases, and the methods that they are reached by.
    struct Parts: Sendable {
        let sessions: Sessions
        let keys: APIKeys
        let challenges: Challenges
        let linking: Linking
        let signatures: BountySignatures
        let resolution: Resolution

        init(
            _ configuration: IdentityConfiguration, database: PostgresClient, github: GitHubOAuth?,
            committed: @escaping @Sendable () -> Void, now: @escaping @Sendable () -> Date
        ) {
            let url = configuration.publicURL
            let domain = url.firstRange(of: "://").map { String(url[$0.upperBound...]) } ?? url
            let chains = configuration.cosmosChains
            sessions = Sessions(
                database: database, keys: configuration.sessionKeys, github: github,
                lifetime: configuration.sessionLifetime, now: now)
            keys = APIKeys(database: database, now: now)
            challenges = Challenges(database: database, publicURL: url, cosmosChains: chains, now: now)
            linking = Linking(
                database: database, domain: domain, cosmosChains: chains, coolingOff: configuration.coolingOff,
                committed: committed, now: now)
            signatures = BountySignatures(database: database, domain: domain, cosmosChains: chains, now: now)
            resolution = Resolution(database: database)
        }

        func responders(client: NATSClient, logger: Logger) throws -> [NATSResponder] {
            func serve<Method: IdentityMethod>(
                _ method: Method.Type,
                _ handle: @escaping @Sendable (MethodResponder<Method>.Call) async throws -> Method.Response
            ) throws -> NATSResponder {
                try MethodResponder(
                    method, client: client, logger: logger,
                    isUnavailable: { ($0 as? PostgresError)?.isUnavailable == true },
                    handle
                ).responder
            }

            return [
                try serve(PublishedKeys.self) { _ in sessions.published() },
                try serve(BeginLogin.self) { try sessions.begin($0.request) },
                try serve(CompleteLogin.self) { try await sessions.complete($0.request) },
                try serve(RenewSession.self) { try await sessions.renew($0.request) },
                try serve(EndSession.self) { try await sessions.end($0.request) },
                try serve(ExchangeAPIKey.self) { try await keys.exchange($0.request, signer: sessions.keys[0]) },
                try serve(CreateLinkChallenge.self) {
                    try await challenges.createForLink($0.request, user: try sessions.user($0.token))
                },
                try serve(LinkWallet.self) {
                    try await linking.link(
                        $0.request, user: try sessions.user($0.token), traceparent: $0.traceparent)
                },
                try serve(UnlinkWallet.self) {
                    try await linking.unlink(
                        $0.request, user: try sessions.user($0.token), traceparent: $0.traceparent)
                },
                try serve(CreateBountyChallenge.self) {
                    try await challenges.createForBounty($0.request, user: try sessions.user($0.token))
                },
                try serve(AcceptBountySignature.self) {
                    try await signatures.accept($0.request, user: try sessions.user($0.token))
                },
                try serve(ResolveAccounts.self) { try await resolution.resolve($0.request) },
                try serve(ShowIdentity.self) { call in
                    let viewer = call.token.flatMap { try? sessions.user($0) }?.githubID
                    return try await resolution.show(call.request, viewer: viewer)
                },
            ]
        }
    }
}

extension NATSOutgoingMessage {
    /// With the message's id as `Nats-Msg-Id`, by which the stream drops a publication that is repeated soon.
    init(outbox message: OutboxMessage) {
        var headers = NATSHeaders(message.headers.map { (name: $0.key, value: $0.value) })
        headers.replaceOrAdd(HeaderName.messageID, message.messageID)
        self.init(subject: message.subject, headers: headers, payload: message.payload)
    }
}
