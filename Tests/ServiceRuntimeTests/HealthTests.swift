import Foundation
import ServiceRuntime
import Synchronization
import Testing

struct HealthTests {
    final class TestDependency: Dependency {
        let name: String
        private let current: Mutex<DependencyState>

        init(_ name: String, _ state: DependencyState) {
            self.name = name
            self.current = Mutex(state)
        }

        var state: DependencyState { current.withLock { $0 } }
        func become(_ state: DependencyState) { current.withLock { $0 = state } }
    }

    static func service(_ states: [DependencyState], blocker: String? = nil) -> ServiceHealth {
        ServiceHealth(
            service: "bounty", dependencies: states.enumerated().map { TestDependency("d\($0)", $1) },
            blocker: { blocker })
    }

    @Test(
        arguments: [
            ([], nil, .ready, true), ([.up], nil, .ready, true), ([.up, .connecting], nil, .degraded, true),
            ([.down(reason: "refused")], nil, .degraded, true), ([.up], "not caught up", .notReady, false),
            ([.down(reason: "refused")], "no broker", .notReady, false),
        ] as [([DependencyState], String?, ProcessHealth.Report.Status, Bool)])
    func theStatusFollowsFromDependenciesAndBlocker(
        states: [DependencyState], blocker: String?, status: ProcessHealth.Report.Status, isReady: Bool
    ) {
        let health = ProcessHealth([Self.service(states, blocker: blocker)])
        #expect(health.report.status == status)
        #expect(health.report.isReady == isReady)
        health.beginStopping()
        #expect(health.report.status == .stopping)
        #expect(!health.report.isReady)
    }

    @Test(
        arguments: [
            ([nil, nil], .ready), ([nil, "not caught up"], .notReady), (["a", "b"], .notReady), ([], .ready),
        ] as [([String?], ProcessHealth.Report.Status)])
    func aProcessIsReadyWhenEveryServiceIs(blockers: [String?], status: ProcessHealth.Report.Status) {
        let health = ProcessHealth(blockers.map { Self.service([.up], blocker: $0) })
        #expect(health.report.status == status)
        #expect(health.report.services.count == blockers.count)
    }

    @Test func theReportIsThatOfTheMoment() {
        let database = TestDependency("postgresql", .connecting)
        let health = ProcessHealth([ServiceHealth(service: "bounty", dependencies: [database])])
        #expect(health.report.status == .degraded)
        database.become(.up)
        #expect(health.report.status == .ready)
        database.become(.down(reason: "connection refused"))
        #expect(health.report.status == .degraded)
        #expect(health.report.services.first?.dependencies.first?.reason == "connection refused")
    }

    @Test func theReportAsJSONNamesWhatIsWrong() throws {
        let health = ProcessHealth([
            ServiceHealth(
                service: "gateway",
                dependencies: [TestDependency("nats", .down(reason: "refused")), TestDependency("calculator", .up)],
                blocker: { "not caught up" })
        ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(
            String(decoding: try encoder.encode(health.report), as: UTF8.self) == """
                {"services":[{"dependencies":[{"name":"nats","reason":"refused","state":"down"},\
                {"name":"calculator","state":"up"}],"ready":false,"reason":"not caught up","service":"gateway"}],\
                "status":"not-ready"}
                """)
    }
}
