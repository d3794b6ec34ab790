import FoundationEssentials
import HTTPTypes
package import Hummingbird
package import ServiceRuntime

/// What operators and Kubernetes ask a process, on a port that no ingress exposes.
package struct AdminServer {
    private let health: ProcessHealth
    private let metrics: PrometheusRegistry

    package init(health: ProcessHealth, metrics: PrometheusRegistry) {
        self.health = health
        self.metrics = metrics
    }

    package func addRoutes(to router: Router<ServerRequestContext>) {
        // Alive is whoever answers: a dependency that is away is no reason to restart.
        router.get("/livez") { _, _ in
            Response(status: .ok, headers: [.contentType: "text/plain"], body: .init(byteBuffer: .init(string: "ok\n")))
        }
        router.get("/readyz") { _, _ in
            let report = health.report
            return try Self.json(report, status: report.isReady ? .ok : .serviceUnavailable)
        }
        router.get("/components") { _, _ in
            try Self.json(["components": health.report.services], status: .ok)
        }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusRegistry.contentType],
                body: .init(byteBuffer: .init(string: metrics.render())))
        }
    }

    private static func json(_ value: some Encodable, status: HTTPResponse.Status) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let bytes = try encoder.encode(value)
        return Response(
            status: status, headers: [.contentType: "application/json"], body: .init(byteBuffer: .init(bytes: bytes)))
    }
}
