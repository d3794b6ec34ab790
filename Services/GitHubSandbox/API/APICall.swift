import FoundationEssentials
import HTTPTypes

/// One request of the API, in the sandbox's lock.
struct APICall {
    enum Caller: Equatable {
        case app
        case installation(Int64)

        var name: String {
            switch self {
            case .app: "app"
            case .installation(let id): String(id)
            }
        }
    }

    let caller: Caller
    let parameters: [Substring: String]
    let query: Form
    let body: Data
    let app: GitHubSandbox.App
    /// Of the API, as it was asked.
    let base: String
    /// Of the pages.
    let pages: String
    let now: Date

    func number(_ name: Substring) throws(APIFailure) -> Int64 {
        guard let number = parameters[name].flatMap({ Int64($0) }) else { throw .notFound }
        return number
    }

    func json<Value: Decodable>(_: Value.Type) throws(APIFailure) -> Value {
        guard let value = try? JSONDecoder().decode(Value.self, from: body) else {
            throw APIFailure(.badRequest, "Problems parsing JSON")
        }
        return value
    }
}

/// What the API answers.
struct APIAnswer {
    var status = HTTPResponse.Status.ok
    var headers: HTTPFields = [:]
    var body: Data

    init(_ status: HTTPResponse.Status = .ok, _ value: some Encodable) throws(APIFailure) {
        self.status = status
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(value) else { throw APIFailure(.internalServerError, "not encodable") }
        self.body = body
    }

    init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: String) {
        self.status = status
        self.headers = headers
        self.body = Data(body.utf8)
    }
}

struct APIFailure: Error {
    var status: HTTPResponse.Status
    var message: String
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ message: String, headers: HTTPFields = [:]) {
        self.status = status
        self.message = message
        self.headers = headers
    }

    static let notFound = APIFailure(.notFound, "Not Found")
    static let gone = APIFailure(.gone, "This issue was deleted")
    static let badCredentials = APIFailure(.unauthorized, "Bad credentials")

    static func moved(to url: String) -> APIFailure {
        APIFailure(.movedPermanently, "Moved Permanently", headers: [.location: url])
    }

    var answer: APIAnswer {
        struct Body: Encodable {
            var message: String
            var documentation_url = "https://docs.github.com/rest"
            var status: String
        }
        var answer =
            (try? APIAnswer(status, Body(message: message, status: String(status.code))))
            ?? APIAnswer(status: status, body: "{}")
        answer.headers = headers
        return answer
    }
}
