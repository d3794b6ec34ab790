import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

/// As far as it matters here: keeps cookies, follows nothing by itself, and says where a request comes from.
final class Browser {
    let gateway: String
    private(set) var cookies: [String: String] = [:]
    /// All that servers said of cookies.
    private(set) var setCookies: [String] = []
    private var csrfToken: String?

    init(gateway: String) { self.gateway = gateway }

    /// - Parameter path: Of the gateway, or a whole URL, where no cookie goes along.
    func get(_ path: String) async throws -> RunningSuite.Answer {
        var request = HTTPClientRequest(url: path.hasPrefix("/") ? gateway + path : path)
        if path.hasPrefix("/") { addCookies(to: &request) }
        return try await exchange(request)
    }

    /// A request that changes something, as a page of ours makes it, unless a test changes that.
    func send(
        _ method: HTTPMethod, _ path: String, _ body: [String: String]? = nil,
        change: (inout HTTPHeaders) -> Void = { _ in }
    ) async throws -> RunningSuite.Answer {
        var request = HTTPClientRequest(url: gateway + path)
        request.method = method
        request.headers = ["Origin": gateway, "Sec-Fetch-Site": "same-origin"]
        if let csrfToken { request.headers.add(name: "X-CSRF-Token", value: csrfToken) }
        addCookies(to: &request)
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(body)))
        }
        change(&request.headers)
        return try await exchange(request)
    }

    /// The way through GitHub and back.
    /// - Returns: Where that ended.
    @discardableResult
    func signIn(as login: String, returnTo: String = "/") async throws -> String {
        let begun = try await get("/login/github?return_to=\(returnTo)")
        #expect(begun.status == 302)
        let page = try #require(begun.headers.first(name: "location"))
        let agreed = try await get(page + "&sandbox_login=\(login)")
        let back = try #require(agreed.headers.first(name: "location"))
        #expect(back.hasPrefix(gateway + "/login/github/callback?"))
        let done = try await get(String(back.dropFirst(gateway.count)))
        #expect(done.status == 303, "\(done.body)")
        csrfToken = try await get("/v1/session").json()["csrf_token"] as? String
        return try #require(done.headers.first(name: "location"))
    }

    private func addCookies(to request: inout HTTPClientRequest) {
        guard !cookies.isEmpty else { return }
        let text = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        request.headers.add(name: "Cookie", value: text)
    }

    private func exchange(_ request: HTTPClientRequest) async throws -> RunningSuite.Answer {
        let response = try await Self.client.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 1024 * 1024)
        for line in response.headers["set-cookie"] {
            setCookies.append(line)
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
        }
        return RunningSuite.Answer(
            status: Int(response.status.code), headers: response.headers, body: String(buffer: body))
    }

    /// For the life of the process.
    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))

    /// A port that nothing listens on, out of the range that the system takes ports from by itself.
    static func freePort() async throws -> Int {
        while true {
            let port = Int.random(in: 10_000..<20_000)
            let bound = try? await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: port).get()
            guard let bound else { continue }
            try await bound.close()
            return port
        }
    }
}
