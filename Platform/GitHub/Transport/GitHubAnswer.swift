import Events
import FoundationEssentials
import NIOHTTP1

/// A successful answer.
struct GitHubAnswer: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var body: Data

    /// - Throws: ``GitHubError/Code/malformed``.
    func json<Value: Decodable>(_: Value.Type) throws -> Value {
        do {
            return try JSONDecoder.wire().decode(Value.self, from: body)
        } catch {
            throw GitHubError(.malformed, "an answer is not of the documented shape: \(error)")
        }
    }

    /// The address with `rel="next"` of the `Link` header (RFC 8288).
    var nextPage: String? {
        for link in headers[canonicalForm: "Link"] {
            let parts = link.split(separator: ";").map { $0.drop { $0 == " " } }
            guard let address = parts.first, address.hasPrefix("<"), address.hasSuffix(">"),
                parts.dropFirst().contains(where: { $0 == "rel=\"next\"" })
            else { continue }
            return String(address.dropFirst().dropLast())
        }
        return nil
    }
}

/// What an answer means for the request that it answers.
enum AnswerVerdict: Equatable {
    case success
    /// 304: what is kept is still right.
    case notModified
    case redirect(String)
    /// The token is no longer taken.
    case unauthorized
    /// Wait until then. Nil: GitHub did not say; at least a minute, longer each time.
    case limited(until: Date?)
    case serverError
    case failure(GitHubError)

    /// Source: docs.github.com, "Rate limits for the REST API", "Exceeding the rate limit"; "Troubleshooting the REST API".
    init(status: Int, headers: HTTPHeaders, body: Data, now: Date) {
        switch status {
        case 200..<300: self = .success
        case 304: self = .notModified
        case 301, 302, 307, 308: self = headers.first(name: "Location").map { .redirect($0) } ?? .serverError
        case 401: self = .unauthorized
        case 403, 429:
            if let seconds = headers.first(name: "Retry-After").flatMap({ Int($0) }), seconds >= 0 {
                self = .limited(until: now.addingTimeInterval(TimeInterval(min(seconds, Self.longestWait))))
            } else if headers.first(name: "X-RateLimit-Remaining") == "0" {
                self = .limited(until: Self.reset(headers, now))
            } else if status == 429 || Self.speaksOfLimits(body) {
                self = .limited(until: nil)
            } else {
                self = .failure(GitHubError(.forbidden, Self.message(status, body)))
            }
        case 451: self = .failure(GitHubError(.forbidden, Self.message(status, body)))
        case 404, 410: self = .failure(GitHubError(.notFound, Self.message(status, body)))
        case 500...: self = .serverError
        default: self = .failure(GitHubError(.refused, Self.message(status, body)))
        }
    }

    /// Seconds; no limit of GitHub's lasts longer, and a clock that is wrong must not stop us for ever.
    static let longestWait = 3_600

    static func reset(_ headers: HTTPHeaders, _ now: Date) -> Date? {
        guard let seconds = headers.first(name: "X-RateLimit-Reset").flatMap({ Int64($0) }) else { return nil }
        let wait = Date(timeIntervalSince1970: TimeInterval(seconds)).timeIntervalSince(now)
        // A second more, as the header has whole ones.
        return now.addingTimeInterval(min(max(wait, 0) + 1, TimeInterval(longestWait)))
    }

    private struct Problem: Decodable {
        var message: String?
        var documentation_url: String?
    }

    /// A secondary limit may come without headers; the link to its documentation tells it from a missing permission.
    private static func speaksOfLimits(_ body: Data) -> Bool {
        (try? JSONDecoder().decode(Problem.self, from: body))?.documentation_url?.contains("rate-limit") ?? false
    }

    private static func message(_ status: Int, _ body: Data) -> String {
        let message = (try? JSONDecoder().decode(Problem.self, from: body))?.message
        return message.map { "\(status) \($0.prefix(200))" } ?? "\(status)"
    }
}
