import BountyProtocol
import Events
import FoundationEssentials
import IdentityProtocol
import JetStream
import Logging
import Postgres

/// What the bounty service answers over NATS.
struct BountyMethods: Sendable {
    let signing: Signing
    let payouts: Payouts
    let histories: Histories
    let database: PostgresClient

    func responders(client: NATSClient, logger: Logger) throws -> [NATSResponder] {
        func serve<Method: BountyMethod>(
            _ method: Method.Type,
            _ handle: @escaping @Sendable (MethodResponder<Method>.Call) async throws -> Method.Response
        ) throws -> NATSResponder {
            try MethodResponder(
                method, client: client, logger: logger, isUnavailable: Self.isUnavailable, handle
            ).responder
        }

        return [
            try serve(CreateSigningChallenge.self) {
                try await signing.challenge($0.request, token: $0.token, trace: $0.traceparent)
            },
            try serve(SignBounty.self) {
                try await signing.sign($0.request, token: $0.token, trace: $0.traceparent)
            },
            try serve(AcknowledgePayout.self) {
                try await payouts.acknowledge($0.request, token: $0.token, trace: $0.traceparent)
            },
            try serve(PayoutKeys.self) { _ in try await payouts.keys() },
            try serve(BountyHistory.self) { try await histories.read($0.request) },
            try serve(PreviewComment.self) { call in
                guard let id = UUID(wireText: call.request.bounty),
                    let bounty = try await BountyStore.find(id, database)
                else { throw ServiceFailure(404, "not-found", "there is no bounty with this id") }
                return PreviewComment.Response(
                    markdown: try await IssueWrites.preview(
                        repository: bounty.repository.id, number: bounty.issue.number, client: database))
            },
        ]
    }

    /// Whether the caller may try again: the database, the broker or the identity service is away.
    private static func isUnavailable(_ error: any Error) -> Bool {
        switch error {
        case let error as PostgresError: error.isUnavailable
        case let error as NATSError: error.isUnavailable
        case is CallerSessions.KeysUnknown: true
        default: false
        }
    }
}

extension NATSError {
    /// Nobody is there who could answer, or nobody has time: wait and try again, and count no failed attempt.
    var isUnavailable: Bool {
        switch self {
        case .disconnected, .closed, .timeout, .cancelled, .overloaded, .noResponders: true
        case .service(let code, _): code == NATSServiceError.overloadedCode || code == 504
        default: false
        }
    }
}
