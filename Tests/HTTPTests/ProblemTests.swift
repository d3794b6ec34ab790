import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

struct ProblemTests {
    struct Document: Decodable, Equatable {
        struct FieldError: Decodable, Equatable {
            var pointer: String
            var detail: String
        }

        var type: String
        var title: String
        var status: Int
        var detail: String
        var instance: String
        var request_id: String
        var errors: [FieldError]?
    }

    struct Secret: Error, CustomStringConvertible {
        var description: String { "hunter2" }
    }

    static func router() -> Router<ServerRequestContext> {
        let router = Router<ServerRequestContext>.standard(publicURL: "https://bursar.example")
        router.get("/fine") { _, _ in "fine" }
        router.get("/secret") { _, _ -> String in throw Secret() }
        router.get("/teapot") { _, _ -> String in
            throw HTTPError(.init(code: 418, reasonPhrase: "Teapot"), message: "hunter2")
        }
        router.get("/upstream") { _, _ -> String in throw HTTPError(.badGateway, message: "hunter2") }
        router.get("/busy") { _, _ -> String in throw Problem.unavailable("the broker is away", retryAfter: 7) }
        router.get("/fields") { _, _ -> String in
            throw Problem(
                .unprocessableContent, "invalid-expression", title: "Invalid expression", detail: "unexpected ')'",
                errors: [.init(pointer: "/expression", detail: "unexpected ')'")])
        }
        router.post("/small") { request, _ in
            String((try await request.body.collect(upTo: 10)).readableBytes)
        }
        router.get("/items/{id}") { _, context in try context.parameters.require("id") }
        router.put("/items/{id}") { _, _ in "put" }
        router.group("group").post("/only") { _, _ in "posted" }
        router.refuseOtherMethods()
        return router
    }

    /// The answer to one request, its document and its request id.
    static func problem(
        _ method: HTTPRequest.Method, _ uri: String, body: String? = nil
    ) async throws -> (response: TestResponse, document: Document) {
        try await Application(router: router()).test(.router) { client in
            let response = try await client.execute(uri: uri, method: method, body: body.map { ByteBuffer(string: $0) })
            let document = try JSONDecoder().decode(Document.self, from: Data(response.body.readableBytesView))
            #expect(response.headers[.contentType] == "application/problem+json")
            #expect(response.headers[.xRequestID] == document.request_id)
            #expect(!document.request_id.isEmpty)
            #expect(document.status == response.status.code)
            return (response, document)
        }
    }

    static func response(_ method: HTTPRequest.Method, _ uri: String) async throws -> TestResponse {
        try await Application(router: router()).test(.router) { try await $0.execute(uri: uri, method: method) }
    }

    @Test func aProblemIsADocument() async throws {
        let (response, document) = try await Self.problem(.get, "/fields?a=b")
        #expect(response.status == .unprocessableContent)
        #expect(
            document
                == Document(
                    type: "https://bursar.example/problems/invalid-expression", title: "Invalid expression",
                    status: 422,
                    detail: "unexpected ')'", instance: "/fields", request_id: document.request_id,
                    errors: [.init(pointer: "/expression", detail: "unexpected ')'")]))
        #expect(response.headers[.contentLength] == String(response.body.readableBytes))
    }

    @Test func aProblemMayHaveHeaders() async throws {
        let (response, document) = try await Self.problem(.get, "/busy")
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.retryAfter] == "7")
        #expect(document.errors == nil)
    }

    @Test(arguments: ["/nothing", "/fine/more", "/items", "/%22%3Cscript%3E", "/group"])
    func whatIsNotThereIs404(uri: String) async throws {
        let (response, document) = try await Self.problem(.get, uri)
        #expect(response.status == .notFound)
        #expect(document.type == "https://bursar.example/problems/not-found")
        #expect(document.instance == uri)
    }

    @Test(
        arguments: [
            (.post, "/fine", "GET, HEAD"), (.delete, "/fine", "GET, HEAD"), (.options, "/fine", "GET, HEAD"),
            (.get, "/group/only", "POST"), (.head, "/group/only", "POST"), (.patch, "/items/7", "GET, HEAD, PUT"),
            (.post, "/items/7", "GET, HEAD, PUT"), (.trace, "/fine", "GET, HEAD"), (.connect, "/fine?a=b", "GET, HEAD"),

        ] as [(HTTPRequest.Method, String, String)])
    func anotherMethodIs405AndSaysWhichAreAllowed(method: HTTPRequest.Method, uri: String, allow: String) async throws {
        let response = try await Self.response(method, uri)
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == allow)
    }

    @Test(arguments: ["PROPFIND", "QUERY", "ANYTHING", "get"])
    func aMethodThatNobodyKnowsIs405(method: String) async throws {
        let response = try await Self.response(try #require(.init(method)), "/items/7?a=b")
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "GET, HEAD, PUT")
    }

    @Test(arguments: [HTTPRequest.Method.post, .trace, .options])
    func anotherMethodWhereNothingIsStays404(method: HTTPRequest.Method) async throws {
        #expect(try await Self.problem(method, "/nothing").response.status == .notFound)
        #expect(try await Self.problem(method, "/items").response.status == .notFound)
    }

    @Test func allowedMethodsAreAnswered() async throws {
        #expect(String(buffer: try await Self.response(.get, "/items/7").body) == "7")
        #expect(String(buffer: try await Self.response(.put, "/items/7").body) == "put")
        #expect(String(buffer: try await Self.response(.post, "/group/only").body) == "posted")
    }

    @Test func headIsAnsweredWhereGetIs() async throws {
        for uri in ["/fine", "/items/7"] {
            let head = try await Self.response(.head, uri)
            let get = try await Self.response(.get, uri)
            #expect(head.status == .ok)
            #expect(head.body.readableBytes == 0)
            #expect(head.headers[.contentLength] == get.headers[.contentLength])
            #expect(head.headers[.contentType] == get.headers[.contentType])
        }
    }

    @Test(arguments: ["/secret", "/upstream"])
    func theCauseOfAnInternalErrorIsNotSent(uri: String) async throws {
        let (response, document) = try await Self.problem(.get, uri)
        #expect(response.status == .internalServerError)
        #expect(document.type == "https://bursar.example/problems/internal-error")
        #expect(!String(buffer: response.body).contains("hunter2"))
        #expect(!String(buffer: response.body).contains("Secret"))
    }

    @Test func theFrameworksOwnErrorsKeepTheirStatus() async throws {
        let (response, document) = try await Self.problem(.get, "/teapot")
        #expect(response.status.code == 418)
        #expect(document.type == "https://bursar.example/problems/bad-request")
        #expect(!String(buffer: response.body).contains("hunter2"))
    }

    @Test func aBodyPastItsLimitIs413() async throws {
        #expect(
            try await Self.problem(.post, "/small", body: String(repeating: "a", count: 11)).document.type
                == "https://bursar.example/problems/content-too-large")
    }

    @Test func everyAnswerHasARequestIDOfItsOwn() async throws {
        let responses = [try await Self.response(.get, "/fine"), try await Self.response(.get, "/fine")]
        let ids = responses.compactMap { $0.headers[.xRequestID] }
        #expect(Set(ids).count == 2)
        #expect(responses.allSatisfy { $0.status == .ok })
    }
}
