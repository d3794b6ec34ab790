package import Hummingbird

extension Router<ServerRequestContext> {
    /// A router as all our servers have it: HEAD where there is GET, every error a problem document.
    ///
    /// - Parameters:
    ///   - publicURL: Where clients reach the gateway; the base of problem types.
    ///   - problemPage: Makes pages of problems, where there are pages.
    package static func standard(publicURL: String, problemPage: ProblemPageMaker? = nil) -> Router {
        standard(ProblemAnswers(publicURL: publicURL, page: problemPage))
    }

    package static func standard(_ answers: ProblemAnswers) -> Router {
        let router = Router(context: ServerRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: ProblemMiddleware(answers))
        return router
    }

    /// - Parameter edge: What every request passes first, and every answer last, in place of ``ProblemMiddleware``.
    package static func standard(edge: some RouterMiddleware<ServerRequestContext>) -> Router {
        let router = Router(context: ServerRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: edge)
        return router
    }
}
