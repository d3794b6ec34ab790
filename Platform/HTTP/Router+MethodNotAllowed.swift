import HTTPTypes
package import Hummingbird

extension Router {
    /// Answers 405 with `Allow` where the path exists and the method does not. To be called after all routes are added.
    package func refuseOtherMethods() {
        let known: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        let allowedByPath = Dictionary(grouping: routes, by: \.path.description).mapValues { $0.map(\.method) }
        let paths = Dictionary(routes.map { ($0.path.description, $0.path) }) { first, _ in first }
        for (description, path) in paths {
            let allowed = allowedByPath[description] ?? []
            // HEAD is made of GET by the router's own option.
            let answered = allowed.contains(.get) ? allowed + [.head] : allowed
            for method in known where !answered.contains(method) {
                on(path, method: method) { _, _ -> Response in
                    throw Problem.methodNotAllowed(method, allowed: answered)
                }
            }
        }
    }
}
