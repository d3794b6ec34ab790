import Events
package import HTTP
import Hummingbird
import IdentityProtocol
import JetStream
import Logging
package import ServiceRuntime

/// The gateway: the public API, its reads from memory.
package enum Gateway {
    /// - Parameter onRoutes: Called once with all that it answers, as `GET /v1/bounties/{id}`.
    package static func service(
        _ configuration: GatewayConfiguration,
        onBound: @escaping @Sendable (HTTPAddress) async -> Void = { _ in },
        onRoutes: ([String]) -> Void = { _ in }
    ) throws -> SuiteService {
        // Clients of events hold a connection each.
        FileDescriptorLimit.raise()
        let logger = Logger(label: ServiceName.gateway)
        let nats = NATSClient(configuration: configuration.nats, logger: logger)
        let board = BountyBoard()
        let hub = EventHub(maximumClients: configuration.eventClients)
        let feed = ProjectionFeed(client: nats, board: board, hub: hub, logger: logger)
        let calculator = try configuration.calculator.clients(logger: logger)

        let services = ServiceClient(client: nats)
        let keyring = SessionKeyring(client: services, logger: logger)
        let callers = Callers(
            identity: services, keyring: keyring, publicURL: configuration.publicURL,
            origins: OriginPolicy(origins: configuration.protection.origins))

        let answers = ProblemAnswers(publicURL: configuration.publicURL, page: ProblemPage.response)
        let router = Router.standard(
            edge: Edge(
                configuration.protection, callers: callers, publicURL: configuration.publicURL, answers: answers))
        let api = router.group("v1")
        BountyController(board: board).addRoutes(to: api)
        BoardController(board: board).addRoutes(to: api)
        EventController(hub: hub, history: EventHistory(client: nats, board: board)).addRoutes(to: api)
        SigningController(bounties: services, board: board, callers: callers).addRoutes(to: api)
        PayoutController(
            board: board, bounties: services, callers: callers, keys: PublishedPayoutKeys(bounties: services)
        ).addRoutes(to: api)
        DenominationController(denominations: configuration.denominations).addRoutes(to: api)
        let calculations = Calculations(clients: calculator)
        CalculationController(calculations: calculations, maximumUploadBytes: configuration.summarizeMaximumBytes)
            .addRoutes(to: api)
        try JobController(
            client: nats, maximumUploadBytes: configuration.jobsMaximumBytes, retention: configuration.jobRetention,
            logger: logger
        ).addRoutes(to: api)
        Pages(
            board: board, services: services, callers: callers, calculations: calculations,
            denominations: configuration.denominations, githubURL: configuration.githubURL
        ).addRoutes(to: router, api: api)
        SessionController(identity: services, callers: callers).addRoutes(to: router, api: api)
        IdentityController(
            board: board, identity: services, callers: callers,
            clientAddress: ClientAddress(trustedProxies: configuration.protection.trustedProxies)
        ).addRoutes(to: api)
        ContractController().addRoutes(to: router)
        onRoutes(router.routeNames)
        router.refuseOtherMethods()
        let listener = HTTPListener(
            name: GatewayConfiguration.port.description.key, host: configuration.host, port: configuration.port,
            router: router, answers: answers, logger: logger, onBound: onBound)
        let discovery = NATSServiceDiscovery(
            client: nats, name: ServiceName.gateway, description: "The public API.")
        return SuiteService(
            health: ServiceHealth(service: ServiceName.gateway, dependencies: [nats, feed, calculator, keyring]) {
                feed.readinessBlocker
            },
            services: [nats, discovery, feed, calculator, keyring, listener, hub])
    }
}
