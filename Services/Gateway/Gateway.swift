import Events
package import HTTP
import Hummingbird
import IdentityProtocol
import JetStream
import Logging
package import ServiceRuntime

/// The gateway: the public API, its reads from memory.
package enum Gateway {
    package static func service(
        _ configuration: GatewayConfiguration,
        onBound: @escaping @Sendable (HTTPAddress) async -> Void = { _ in }
    ) throws -> SuiteService {
        let logger = Logger(label: ServiceName.gateway)
        let nats = NATSClient(configuration: configuration.nats, logger: logger)
        let board = BountyBoard()
        let feed = ProjectionFeed(client: nats, board: board, logger: logger)
        let calculator = try configuration.calculator.client(logger: logger)

        let services = ServiceClient(client: nats)
        let keyring = SessionKeyring(client: services, logger: logger)
        let callers = Callers(identity: services, keyring: keyring, publicURL: configuration.publicURL)

        let router = Router.standard(publicURL: configuration.publicURL, problemPage: ProblemPage.response)
        let api = router.group("v1")
        BountyController(board: board).addRoutes(to: api)
        SigningController(bounties: services, board: board, callers: callers).addRoutes(to: api)
        PayoutController(
            board: board, bounties: services, callers: callers, keys: PublishedPayoutKeys(bounties: services)
        ).addRoutes(to: api)
        DenominationController(denominations: configuration.denominations).addRoutes(to: api)
        let calculations = Calculations(client: calculator)
        CalculationController(calculations: calculations).addRoutes(to: api)
        Pages(
            board: board, services: services, callers: callers, calculations: calculations,
            denominations: configuration.denominations, githubURL: configuration.githubURL
        ).addRoutes(to: router, api: api)
        SessionController(identity: services, callers: callers).addRoutes(to: router, api: api)
        IdentityController(
            identity: services, callers: callers,
            clientAddress: ClientAddress(trustedProxies: configuration.trustedProxies)
        ).addRoutes(to: api)
        router.refuseOtherMethods()
        let listener = HTTPListener(
            name: GatewayConfiguration.port.description.key, host: configuration.host, port: configuration.port,
            router: router, logger: logger, onBound: onBound)
        let discovery = NATSServiceDiscovery(
            client: nats, name: ServiceName.gateway, description: "The public API.")
        return SuiteService(
            health: ServiceHealth(service: ServiceName.gateway, dependencies: [nats, feed, calculator, keyring]) {
                feed.readinessBlocker
            },
            services: [nats, discovery, feed, calculator, keyring, listener])
    }
}
