package import Hummingbird

extension Router<ServerRequestContext> {
    /// A router as all our servers have it: HEAD where there is GET, every error a problem document.
    ///
    /// - Parameter publicURL: Where clients reach the gateway; the base of problem types.
    package static func standard(publicURL: String) -> Router {
        let router = Router(context: ServerRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware(publicURL: publicURL))
        return router
    }
}
