import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Somebody signed in at the gateway through the sandbox, as a browser does it.
struct SandboxVisitor {
    struct Answer {
        var status: HTTPResponseStatus
        var headers: HTTPHeaders
        var body: Data
    }

    private static let deadline = TimeAmount.seconds(30)
    private static let maximumAnswerBytes = 1 << 20

    private let client: HTTPClient
    private let gateway: String
    private var cookies: [String: String] = [:]
    private var csrfToken = ""

    /// Runs the body as somebody who is signed in.
    static func with<Result: Sendable>(
        _ login: String, gateway: String, _ body: (SandboxVisitor) async throws -> Result
    ) async throws -> Result {
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
        let outcome: Swift.Result<Result, any Error>
        do {
            var visitor = SandboxVisitor(client: client, gateway: gateway)
            try await visitor.signIn(as: login)
            outcome = .success(try await body(visitor))
        } catch { outcome = .failure(error) }
        try await client.shutdown()
        return try outcome.get()
    }

    private init(client: HTTPClient, gateway: String) {
        self.client = client
        self.gateway = gateway
    }

    private mutating func signIn(as login: String) async throws {
        let page = try await follow(gateway + "/login/github?return_to=/")
        let back = try await follow(page + "&sandbox_login=\(login)")
        guard back.hasPrefix(gateway) else { throw SandboxClient.Refused(description: "\(login) cannot sign in") }
        _ = try await follow(back)
        struct Session: Decodable { var csrf_token: String }
        csrfToken = try JSONDecoder().decode(
            Session.self, from: try await exchange(HTTPClientRequest(url: gateway + "/v1/session")).body
        ).csrf_token
    }

    private mutating func follow(_ url: String) async throws -> String {
        let answer = try await exchange(HTTPClientRequest(url: url))
        for line in answer.headers["set-cookie"] {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        guard let location = answer.headers.first(name: "location") else {
            throw SandboxClient.Refused(
                description: "signing in ended with \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return location
    }

    /// - Throws: ``SandboxClient/Refused`` with the detail of the problem.
    func post(_ path: String, _ body: [String: String]) async throws -> Data {
        struct Problem: Decodable { var detail: String }
        var request = HTTPClientRequest(url: gateway + path)
        request.method = .POST
        request.headers = [
            "Origin": gateway, "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": csrfToken,
            "Content-Type": "application/json",
        ]
        request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
        let answer = try await exchange(request)
        guard (200..<300).contains(answer.status.code) else {
            let detail = (try? JSONDecoder().decode(Problem.self, from: answer.body))?.detail
            throw SandboxClient.Refused(description: detail ?? "\(answer.status)")
        }
        return answer.body
    }

    func get(_ path: String) async throws -> Data {
        let answer = try await exchange(HTTPClientRequest(url: gateway + path))
        guard answer.status == .ok else { throw SandboxClient.Refused(description: "\(answer.status)") }
        return answer.body
    }

    private func exchange(_ original: HTTPClientRequest) async throws -> Answer {
        var request = original
        if request.url.hasPrefix(gateway), !cookies.isEmpty {
            request.headers.add(
                name: "Cookie", value: cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))
        }
        let response = try await client.execute(request, timeout: Self.deadline)
        let body = try await response.body.collect(upTo: Self.maximumAnswerBytes)
        return Answer(status: response.status, headers: response.headers, body: Data(body.readableBytesView))
    }
}
