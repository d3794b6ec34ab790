import HTTP
import Hummingbird
import IdentityProtocol
import Money

/// What people see: pages made on the server, which can be read without any script.
struct Pages {
    let board: BountyBoard
    /// Asks the services behind us.
    let services: ServiceClient
    let callers: Callers
    let calculations: Calculations
    let denominations: Denominations
    /// GitHub's pages, without a slash at the end.
    let githubURL: String

    func addRoutes(to router: Router<ServerRequestContext>, api: RouterGroup<ServerRequestContext>) {
        let viewers = Viewers(callers: callers)
        BoardPages(
            board: board, bounties: services, viewers: viewers, denominations: denominations,
            links: ForeignLinks(github: githubURL)
        ).addRoutes(to: router, api: api)
        PersonalPages(identity: services, viewers: viewers, denominations: denominations).addRoutes(to: router)
        CalculationPages(calculations: calculations, viewers: viewers).addRoutes(to: router)
        Assets.compiledIn.addRoutes(to: router)
        router.get("robots.txt") { _, _ in
            // Everything that asks for a session, or that only programs read.
            "User-agent: *\nDisallow: /v1/\nDisallow: /login/\nDisallow: /link\nDisallow: /jobs/\n"
        }
    }
}
