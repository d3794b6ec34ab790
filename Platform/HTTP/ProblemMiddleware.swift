import HTTPTypes
package import Hummingbird

/// Turns every error into a problem document, and gives every answer its request id.
package struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    private let answers: ProblemAnswers

    package init(_ answers: ProblemAnswers) { self.answers = answers }

    package func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.adoptIDs(of: request)
        do {
            var response = try await next(request, context)
            response.headers[.xRequestID] = context.id
            return response
        } catch {
            return answers.response(to: error, request, context)
        }
    }
}

extension HTTPField.Name {
    package static let xRequestID = constant("X-Request-Id")

    /// A name written in the code, checked by its first use.
    package static func constant(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no valid header name") }
        return name
    }
}
