import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// The contract of the API: `GET /openapi.json`, `GET /docs`, and what problems mean:
/// `GET /problems`, `GET /problems/{code}`.
struct ContractController {
    /// How long anybody may keep them: five minutes.
    private static let cacheControl = "public, max-age=300"

    func addRoutes(to router: Router<ServerRequestContext>) {
        let json = Self.document(OpenAPIDocument.json, "application/json")
        let docs = Self.document(OpenAPIDocument.html, "text/html; charset=utf-8")
        router.get("openapi.json") { _, _ in json }
        router.get("docs") { _, _ in docs }
        router.get("problems") { _, _ in ProblemList(problems: ProblemCatalogue.entries.map(ProblemMeaning.init)) }
        router.get("problems/{code}", use: problem)
    }

    private static func document(_ text: String, _ contentType: String) -> Response {
        let body = ByteBuffer(string: text)
        return Response(
            status: .ok,
            headers: [
                .contentType: contentType, .cacheControl: cacheControl, .contentLength: String(body.readableBytes),
            ], body: .init(byteBuffer: body))
    }

    struct ProblemMeaning: ResponseEncodable {
        var code: String
        var title: String
        var statuses: [Int]
        var meaning: String

        init(_ entry: ProblemCatalogue.Entry) {
            code = entry.code
            title = entry.title
            statuses = entry.statuses
            meaning = entry.meaning
        }
    }

    struct ProblemList: ResponseEncodable {
        var problems: [ProblemMeaning]
    }

    /// A page for who follows a link in a browser, JSON for everybody else.
    @Sendable func problem(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        guard let entry = context.parameters.get("code").flatMap(ProblemCatalogue.entry) else {
            throw Problem.notFound("there is no problem of this name; /problems lists them")
        }
        var response: Response
        if request.headers[.accept]?.hasPrefix("text/html") == true {
            response = Self.document(Self.page(entry), "text/html; charset=utf-8")
        } else {
            response = try ProblemMeaning(entry).response(from: request, context: context)
            response.headers[.cacheControl] = Self.cacheControl
        }
        response.headers[.vary] = "Accept"
        return response
    }

    private static func page(_ entry: ProblemCatalogue.Entry) -> String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        return """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>\(escaped(entry.title)) · Bursar</title><link rel="stylesheet" href="/assets/bursar.css"></head>
            <body><main class="docs"><h1>\(escaped(entry.title))</h1>
            <p>\(escaped(entry.meaning))</p>
            <p>Status \(entry.statuses.map(String.init).joined(separator: ", ")), problem <code>\(escaped(entry.code))</code>.</p>
            <p><a href="/docs">Documentation</a></p></main></body>
            </html>

            """
    }
}
