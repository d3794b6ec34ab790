import HTTP
import HTTPTypes
import Hummingbird

/// Problems as pages, for browsers on pages. What programs ask for, and everything of the API, stays a problem document.
enum ProblemPage {
    @Sendable static func response(_ problem: Problem, requestID: String, request: Request) -> Response? {
        guard !request.uri.path.hasPrefix("/v1/"), wantsHTML(request) else { return nil }
        let view = ProblemView(problem: problem, requestID: requestID, location: request.uri.string)
        let page = PageLayout(
            title: problem.title, location: request.uri.string, knowsViewer: false, isPrivate: true, main: view.html)
        var response = page.response(status: problem.status)
        response.headers[.cacheControl] = "no-store"
        for field in problem.headers { response.headers[field.name] = field.value }
        return response
    }

    /// Browsers name it when they open a page, and in nothing else they fetch.
    private static func wantsHTML(_ request: Request) -> Bool {
        request.headers[values: .accept].contains { value in
            value.split(separator: ",").contains { item in
                let type = item.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
                return type == "text/html" || type == "application/xhtml+xml"
            }
        }
    }
}
