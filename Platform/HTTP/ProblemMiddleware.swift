import FoundationEssentials
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// Makes a page of a problem for a request, with the request's id; nil where it is to be a document.
package typealias ProblemPageMaker =
    @Sendable (_ problem: Problem, _ requestID: String, _ request: Request) -> Response?

/// Turns every error into a problem document, and gives every answer its request id.
package struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    private let typeBase: String
    private let page: ProblemPageMaker?

    /// - Parameters:
    ///   - publicURL: A problem's `type` is `<publicURL>/problems/<code>`.
    ///   - page: Asked first for an answer in place of the document.
    package init(publicURL: String, page: ProblemPageMaker? = nil) {
        self.typeBase = publicURL + "/problems/"
        self.page = page
    }

    package func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let problem = Self.problem(for: error, request: request)
            if problem.status.kind == .serverError {
                context.logger.error(
                    "request failed",
                    metadata: ["error": "\(error)", "path": "\(request.uri.path)", "status": "\(problem.status.code)"])
            }
            response =
                try page?(problem, context.id, request) ?? document(problem, request: request, context: context)
            // RFC 9110, section 9.3.2: a client would take the body for the start of the next answer.
            if request.method == .head { response = response.createHeadResponse() }
        }
        response.headers[.xRequestID] = context.id
        return response
    }

    private static func problem(for error: any Error, request: Request) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let error as HTTPError where error.status == .notFound:
            .notFound("there is nothing at \(request.uri.path)")
        case is NIOTooManyBytesError:
            Problem(
                .contentTooLarge, "content-too-large", title: "Content too large",
                detail: "the body is longer than this path accepts")
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            Problem(
                error.status, "bad-request", title: error.status.reasonPhrase,
                detail: "the request cannot be understood")
        default: .internalError
        }
    }

    private func document(_ problem: Problem, request: Request, context: Context) throws -> Response {
        let body = Document(
            type: typeBase + problem.code, title: problem.title, status: problem.status.code, detail: problem.detail,
            instance: request.uri.path, requestID: context.id, position: problem.position,
            errors: problem.errors.isEmpty ? nil : problem.errors)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes = try encoder.encode(body)
        var headers = problem.headers
        headers[.contentType] = "application/problem+json"
        headers[.contentLength] = String(bytes.count)
        return Response(status: problem.status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private struct Document: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var instance: String
        var requestID: String
        var position: Int?
        var errors: [Problem.FieldError]?

        enum CodingKeys: String, CodingKey {
            case type, title, status, detail, instance, position, errors
            case requestID = "request_id"
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
