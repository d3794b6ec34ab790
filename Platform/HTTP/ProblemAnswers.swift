import FoundationEssentials
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Makes a page of a problem for a request, with the request's id; nil where it is to be a document.
package typealias ProblemPageMaker =
    @Sendable (_ problem: Problem, _ requestID: String, _ request: Request) -> Response?

/// Makes answers of errors: problem documents (RFC 9457), and pages for browsers where somebody renders them.
package struct ProblemAnswers: Sendable {
    static let contentType = "application/problem+json"

    private let typeBase: String
    private let page: ProblemPageMaker?

    /// - Parameters:
    ///   - publicURL: A problem's `type` is `<publicURL>/problems/<code>`.
    ///   - page: Asked first for an answer in place of the document.
    package init(publicURL: String, page: ProblemPageMaker? = nil) {
        typeBase = publicURL + "/problems/"
        self.page = page
    }

    /// The answer to a request that failed. Causes that are ours are logged, and not sent.
    package func response(to error: any Error, _ request: Request, _ context: some RequestContext) -> Response {
        let problem = Problem(error, of: request)
        if problem.status.kind == .serverError {
            context.logger.error(
                "request failed",
                metadata: ["error": "\(error)", "path": "\(request.uri.path)", "status": "\(problem.status.code)"])
        }
        var response = page?(problem, context.id, request) ?? documentResponse(problem, request, requestID: context.id)
        response.headers[.xRequestID] = context.id
        // RFC 9110, section 9.3.2: a client would take the body for the start of the next answer.
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func documentResponse(_ problem: Problem, _ request: Request, requestID: String) -> Response {
        let body = document(problem, instance: request.uri.path, requestID: requestID)
        var headers = problem.headers
        headers[.contentType] = Self.contentType
        headers[.contentLength] = String(body.readableBytes)
        return Response(status: problem.status, headers: headers, body: .init(byteBuffer: body))
    }

    func document(_ problem: Problem, instance: String?, requestID: String) -> ByteBuffer {
        let body = Document(
            type: typeBase + problem.code, title: problem.title, status: problem.status.code, detail: problem.detail,
            instance: instance, requestID: requestID, position: problem.position,
            errors: problem.errors.isEmpty ? nil : problem.errors)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and whole numbers only: nothing that could not be encoded.
        return (try? encoder.encode(body)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer(string: "{}")
    }

    private struct Document: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var instance: String?
        var requestID: String
        var position: Int?
        var errors: [Problem.FieldError]?

        enum CodingKeys: String, CodingKey {
            case type, title, status, detail, instance, position, errors
            case requestID = "request_id"
        }
    }
}

extension Problem {
    /// What any error is to the caller.
    package init(_ error: any Error, of request: Request) {
        switch error {
        case let problem as Problem: self = problem
        case let error as HTTPError where error.status == .notFound:
            self = .notFound("there is nothing at \(request.uri.path)")
        case is NIOTooManyBytesError:
            self = Problem(
                .contentTooLarge, "content-too-large", title: "Content too large",
                detail: "the body is longer than this path accepts")
        case HTTPExchangeError.brokenOff: self = .malformedRequest("the body broke off")
        case is HTTPParserError: self = .malformedRequest("the body is not framed as HTTP/1.1 asks for")
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            self = Problem(
                error.status, "bad-request", title: error.status.reasonPhrase,
                detail: "the request cannot be understood")
        default: self = .internalError
        }
    }
}
