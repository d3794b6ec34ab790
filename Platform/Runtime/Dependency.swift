/// Something a service needs and cannot start by itself: a database, a broker, another service.
///
/// A dependency that goes away never ends the process. It shows in `/readyz` by its `name` and `state`.
package protocol Dependency: Sendable {
    /// Short and stable: `postgresql`, `nats`. Unique within a process together with the service's name.
    var name: String { get }
    /// The state as last observed. Never waits and never does I/O.
    var state: DependencyState { get }
}

/// What is known about a ``Dependency`` now.
package enum DependencyState: Sendable, Equatable {
    /// Not reached yet since the start.
    case connecting
    case up
    /// Lost, or never reached. The reason is for operators, and holds no secret.
    case down(reason: String)
}
