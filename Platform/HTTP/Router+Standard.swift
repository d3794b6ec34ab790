package import Hummingbird

extension Router<ServerRequestContext> {
    /// A router as all our servers have it: HEAD where there is GET, every error a problem document.
    ///
    /// - Parameters:
    ///   - publicURL: Where clients reach the gateway; the base of problem types.
    ///   - problemPage: Makes pages of problems, where there are pages.
    package static func standard(publicURL: String, problemPage: ProblemPageMaker? = nil) -> Router {
        let router = Router(context: ServerRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware(publicURL: publicURL, page: problemPage))
        return router
    }
}
