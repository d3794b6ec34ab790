import Synchronization

/// The health of all services of this process, and whether it is stopping.
package final class ProcessHealth: Sendable {
    private let services: [ServiceHealth]
    private let isStopping = Atomic(false)

    package init(_ services: [ServiceHealth]) {
        self.services = services
    }

    /// From now on not ready, so that no new traffic is sent here while what is in flight ends.
    package func beginStopping() { isStopping.store(true, ordering: .relaxed) }

    package var report: Report {
        let reports = services.map(\.report)
        let stopping = isStopping.load(ordering: .relaxed)
        let isDegraded = reports.contains { $0.dependencies.contains { $0.state != .up } }
        let status: Report.Status =
            if stopping { .stopping } else if !reports.allSatisfy(\.ready) { .notReady } else if isDegraded {
                .degraded
            } else { .ready }
        return Report(status: status, services: reports)
    }

    package struct Report: Sendable, Encodable {
        package enum Status: String, Sendable, Encodable {
            case ready
            /// Does its main job, with the dependencies listed as not up missing.
            case degraded
            case notReady = "not-ready"
            case stopping
        }

        package let status: Status
        package let services: [ServiceHealth.Report]

        /// Whether traffic may be sent here: `/readyz` is 200.
        package var isReady: Bool { status == .ready || status == .degraded }
    }
}
