package import ServiceLifecycle

/// One service of the suite, made and not yet running.
package struct SuiteService: Sendable {
    package let health: ServiceHealth
    /// In the order of dependence: what others need comes first.
    package let services: [any Service]

    package init(health: ServiceHealth, services: [any Service]) {
        self.health = health
        self.services = services
    }
}
