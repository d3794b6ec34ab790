/// What one service says of itself on the admin port.
package struct ServiceHealth: Sendable {
    package let service: String
    package let dependencies: [any Dependency]
    private let blocker: @Sendable () -> String?

    /// - Parameter blocker: Why the service cannot do its main job now, or nil where it can. Never waits.
    package init(
        service: String, dependencies: [any Dependency], blocker: @escaping @Sendable () -> String? = { nil }
    ) {
        self.service = service
        self.dependencies = dependencies
        self.blocker = blocker
    }

    package var report: Report {
        let reason = blocker()
        return Report(
            service: service, ready: reason == nil, reason: reason,
            dependencies: dependencies.map { DependencyReport($0) })
    }

    package struct Report: Sendable, Encodable, Equatable {
        package let service: String
        package let ready: Bool
        package let reason: String?
        package let dependencies: [DependencyReport]
    }

    package struct DependencyReport: Sendable, Encodable, Equatable {
        package enum State: String, Sendable, Encodable { case connecting, up, down }

        package let name: String
        package let state: State
        package let reason: String?

        init(_ dependency: any Dependency) {
            name = dependency.name
            switch dependency.state {
            case .connecting: (state, reason) = (.connecting, nil)
            case .up: (state, reason) = (.up, nil)
            case .down(let why): (state, reason) = (.down, why)
            }
        }
    }
}
