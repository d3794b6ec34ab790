import BountyDomain
import Events
import GitHub
import Logging
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// What of the service talks to GitHub.
struct GitHubSide {
    /// Nil where no app is configured: nothing can be asked, and what would be written is logged.
    let client: GitHubClient?
    let writer: GitHubWriter
    let comments: StatusComments
    let services: [any Service]
    let dependencies: [any Dependency]

    /// - Parameter signing: The link by which a proposed bounty is signed.
    init(
        _ configuration: BountyConfiguration, database: PostgresClient, logger: Logger,
        signing: @escaping @Sendable (BountyRecord) -> String
    ) {
        client = configuration.github.map { GitHubClient($0, logger: logger) }
        comments = StatusComments(
            links: .init(github: configuration.githubURL, gateway: configuration.publicURL, signing: signing))
        var settings = GitHubWriter.Settings()
        settings.interval = configuration.writeInterval
        writer = GitHubWriter(
            database: database, client: client, comments: comments, settings: settings, logger: logger)
        guard let client else {
            services = [writer]
            dependencies = []
            return
        }
        var redelivery = RedeliveryReconciler.Settings()
        redelivery.interval = configuration.redeliveryInterval
        let reconciler = RedeliveryReconciler(
            database: database, client: client, events: DeliveryContent.events, settings: redelivery, logger: logger)
        services = [client, writer, reconciler]
        dependencies = [client]
    }
}
