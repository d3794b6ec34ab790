import HTTPTypes
package import Hummingbird
import NIOCore

extension Router {
    /// Answers 405 with `Allow` where the path exists and the method does not, whatever method it is. To be called after
    /// all routes are added.
    package func refuseOtherMethods() {
        let methods = Dictionary(grouping: routes, by: \.path.description)
        let paths = Router(context: Context.self)
        for (_, routes) in methods {
            let allowed = Set(routes.map(\.method))
            // HEAD is made of GET by the router's own option.
            let answered = allowed.contains(.get) ? allowed.union([.head]) : allowed
            paths.get(routes[0].path) { _, _ -> Response in throw KnownPath(methods: Array(answered)) }
        }
        // Added last, it runs only for what no route answers.
        add(middleware: OtherMethods(paths: paths.buildResponder()))
    }
}

/// How a path that exists makes itself known.
private struct KnownPath: Error {
    let methods: [HTTPRequest.Method]
}

private struct OtherMethods<Context: RequestContext>: RouterMiddleware {
    let paths: RouterResponder<Context>

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: request.uri.string)
        do {
            _ = try await paths.respond(to: Request(head: head, body: .init(buffer: ByteBuffer())), context: context)
        } catch let path as KnownPath {
            throw Problem.methodNotAllowed(request.method, allowed: path.methods)
        }
        return try await next(request, context)
    }
}

extension Router {
    /// What it answers, as `GET /v1/bounties/{id}`.
    package var routeNames: [String] { routes.map { "\($0.method.rawValue) \($0.path.description)" } }
}
