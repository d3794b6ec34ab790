import CoreMetrics
import Events
import HTTP
import Hummingbird
import JetStream
import NIOCore
import ServiceRuntime
import Suite
import TestSupport
import Testing

@testable import BountyService

/// The intake behind a listener, before a broker with the suite's streams.
struct IntakeFixture: Sendable {
    let broker: TestNATS
    let client: NATSClient
    let address: HTTPAddress
    let metrics: PrometheusRegistry
    let budget: IntakeBudget

    static func run(
        secrets: [String] = [DeliveryRequest.secret], bufferedBytes: Int = WebhookIntake.maximumBufferedBytes,
        bodyDeadline: Duration = WebhookIntake.bodyDeadline, storeDeadline: Duration = WebhookIntake.storeDeadline,
        provisions: [StreamProvision] = Topology.streams(replicas: 1),
        _ body: @escaping @Sendable (IntakeFixture) async throws -> Void
    ) async throws {
        let metrics = PrometheusRegistry()
        try await withMetricsFactory(metrics) {
            try await TestNATS.withSuite(provisions: provisions) { broker, client in
                let budget = IntakeBudget(bytes: bufferedBytes)
                let router = Router.standard(publicURL: "https://bursar.example")
                WebhookIntake(
                    secrets: WebhookSecrets(secrets), client: client, budget: budget,
                    bodyDeadline: bodyDeadline, storeDeadline: storeDeadline, logger: .quiet
                ).addRoutes(to: router)
                router.refuseOtherMethods()
                try await withListener(router) { address in
                    try await body(
                        IntakeFixture(
                            broker: broker, client: client, address: address, metrics: metrics, budget: budget))
                }
            }
        }
    }

    func send(_ request: DeliveryRequest) async throws -> HTTPAnswer {
        try await withDeadline(.seconds(180)) { try HTTPAnswer(try await exchange(request.parts, with: address)) }
    }

    var storedCount: Int {
        get async throws { try await client.messageCount(of: StreamName.webhooks) }
    }

    /// The deliveries that are stored, in their order. There must be as many.
    func stored(_ count: Int) async throws -> [JetStreamMessage] {
        let consumer = try PullConsumer(
            client: client, stream: StreamName.webhooks, durable: ConsumerName.bountyWebhooks)
        #expect(try await storedCount == count)
        var messages: [JetStreamMessage] = []
        while messages.count < count {
            messages += try await withDeadline(.seconds(30)) { await consumer.next() ?? [] }
        }
        return messages
    }

    func counted(_ outcome: String) -> Int? {
        metrics.value("bursar_webhook_deliveries_total{outcome=\"\(outcome)\"}")
    }
}

extension PrometheusRegistry {
    /// The value of a metric with its labels, as it is rendered.
    func value(_ name: String) -> Int? {
        render().split(separator: "\n").first { $0.hasPrefix("\(name) ") }?.split(separator: " ").last.flatMap {
            Int($0)
        }
    }
}
