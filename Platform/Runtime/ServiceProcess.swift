package import Logging
package import ServiceLifecycle
package import UnixSignals

/// Runs services until SIGTERM or SIGINT, then stops them in reverse order.
///
/// On the signal the process is first marked as stopping (`/readyz` is 503), then each service, from the last to the first,
/// ends its work in flight.
package struct ServiceProcess: Sendable {
    /// For the whole stop. Kubernetes kills after 30 seconds by default; what is still running is cancelled before.
    package static let gracePeriod = Duration.seconds(25)

    private let services: [any Service]
    private let health: ProcessHealth
    private let logger: Logger

    /// - Parameter services: In the order of dependence: what others need comes first.
    package init(_ services: [any Service], health: ProcessHealth, logger: Logger) {
        self.services = services
        self.health = health
        self.logger = logger
    }

    package func run(signals: [UnixSignal] = [.sigterm, .sigint]) async throws {
        let group = ServiceGroup(
            configuration: {
                var configuration = ServiceGroupConfiguration(
                    services: (services + [StopMark(health: health)]).map {
                        .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup)
                    },
                    gracefulShutdownSignals: signals, logger: logger)
                configuration.maximumGracefulShutdownDuration = Self.gracePeriod
                return configuration
            }())
        try await group.run()
    }

    /// The last service of the group, so the first to learn of the stop.
    private struct StopMark: Service {
        let health: ProcessHealth

        func run() async throws {
            try? await gracefulShutdown()
            health.beginStopping()
        }
    }
}
