import CoreMetrics
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import ServiceRuntime
import Testing

struct AdminServerTests {
    struct TestDependency: Dependency {
        let name: String
        let state: DependencyState
    }

    static func response(
        _ uri: String, method: HTTPRequest.Method = .get, dependency: DependencyState = .up, blocker: String? = nil,
        isStopping: Bool = false, metrics: PrometheusRegistry = PrometheusRegistry()
    ) async throws -> TestResponse {
        let health = ProcessHealth([
            ServiceHealth(
                service: "bounty", dependencies: [TestDependency(name: "nats", state: dependency)], blocker: { blocker }
            )
        ])
        if isStopping { health.beginStopping() }
        let router = Router<ServerRequestContext>.standard(publicURL: "http://127.0.0.1:8080")
        AdminServer(health: health, metrics: metrics).addRoutes(to: router)
        router.refuseOtherMethods()
        return try await Application(router: router).test(.router) { try await $0.execute(uri: uri, method: method) }
    }

    static func object(_ response: TestResponse) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView)) as? [String: Any])
    }

    @Test(
        arguments: [
            (.up, nil, false), (.connecting, nil, false), (.down(reason: "refused"), nil, false),
            (.up, "not caught up", false), (.down(reason: "refused"), "not caught up", true),
        ] as [(DependencyState, String?, Bool)])
    func whoeverAnswersIsAlive(dependency: DependencyState, blocker: String?, isStopping: Bool) async throws {
        let response = try await Self.response(
            "/livez", dependency: dependency, blocker: blocker, isStopping: isStopping)
        #expect(response.status == .ok)
        #expect(String(buffer: response.body) == "ok\n")
    }

    @Test(
        arguments: [
            (.up, nil, false, 200, "ready"), (.connecting, nil, false, 200, "degraded"),
            (.down(reason: "refused"), nil, false, 200, "degraded"), (.up, "not caught up", false, 503, "not-ready"),
            (.up, nil, true, 503, "stopping"),
        ] as [(DependencyState, String?, Bool, Int, String)])
    func readinessIsTheStatus(
        dependency: DependencyState, blocker: String?, isStopping: Bool, code: Int, status: String
    ) async throws {
        let response = try await Self.response(
            "/readyz", dependency: dependency, blocker: blocker, isStopping: isStopping)
        #expect(response.status.code == code)
        #expect(response.headers[.contentType] == "application/json")
        #expect(try Self.object(response)["status"] as? String == status)
    }

    @Test func readinessNamesWhatIsMissing() async throws {
        let text = String(buffer: try await Self.response("/readyz", dependency: .down(reason: "refused")).body)
        #expect(text.contains("\"nats\"") && text.contains("\"down\"") && text.contains("\"refused\""))
    }

    @Test func componentsAreListed() async throws {
        let response = try await Self.response("/components", blocker: "not caught up")
        #expect(response.status == .ok)
        let components = try #require(try Self.object(response)["components"] as? [[String: Any]])
        #expect(components.map { $0["service"] as? String } == ["bounty"])
    }

    @Test func metricsAreRendered() async throws {
        let metrics = PrometheusRegistry()
        metrics.makeCounter(label: "deliveries_total", dimensions: []).increment(by: 3)
        let response = try await Self.response("/metrics", metrics: metrics)
        #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(String(buffer: response.body) == "# TYPE deliveries_total counter\ndeliveries_total 3\n")
    }

    @Test(arguments: ["/livez", "/readyz", "/metrics", "/components"])
    func onlyReadingIsAllowed(uri: String) async throws {
        let response = try await Self.response(uri, method: .post)
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "GET, HEAD")
        #expect(try await Self.response(uri, method: .head).status == .ok)
    }
}
