import FoundationEssentials
import NIOHTTP1

/// One request to GitHub's API.
struct GitHubRequest: Sendable {
    /// Whom GitHub takes us for, and whose limits count.
    enum Caller: Hashable, Sendable {
        case app
        case installation(Int64)
    }

    enum Target: Sendable {
        /// Below the API's URL, with its query.
        case path(String)
        case graphQL
        /// Where GitHub sent us: a page that follows, or a redirection.
        case url(String)
    }

    var method: HTTPMethod
    var target: Target
    var body: Data?
    var caller: Caller
    /// For metrics: few, and without ids.
    var name: String
    /// Whether doing it twice is as good as once.
    var isRepeatable = true

    static func get(_ path: String, as caller: Caller, name: String) -> GitHubRequest {
        GitHubRequest(method: .GET, target: .path(path), caller: caller, name: name)
    }

    static func post(_ path: String, body: Data, as caller: Caller, name: String) -> GitHubRequest {
        GitHubRequest(method: .POST, target: .path(path), body: body, caller: caller, name: name)
    }

    static func graphQL(_ body: Data, as caller: Caller, name: String) -> GitHubRequest {
        GitHubRequest(method: .POST, target: .graphQL, body: body, caller: caller, name: name)
    }

    /// The same of the caller's, at an address that GitHub gave.
    func following(_ url: String) -> GitHubRequest {
        var next = self
        next.target = .url(url)
        return next
    }
}

/// `owner/name` by GitHub's own rules, so that it can stand in a path as it is.
struct RepositoryPath {
    let owner: String
    let name: String

    var text: String { "\(owner)/\(name)" }

    init(_ fullName: String) throws(GitHubError) {
        let parts = fullName.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let owner = PathSegment(parts[0]), let name = PathSegment(parts[1]) else {
            throw GitHubError(.refused, "\"\(fullName.prefix(200))\" is not the name of a repository")
        }
        self.owner = owner.text
        self.name = name.text
    }
}

/// Letters, digits, `-`, `_` and `.`: what logins and names of repositories are made of.
struct PathSegment {
    let text: String

    init?(_ text: String) {
        guard (1...100).contains(text.utf8.count), text != ".", text != "..",
            text.utf8.allSatisfy({ byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            })
        else { return nil }
        self.text = text
    }
}
