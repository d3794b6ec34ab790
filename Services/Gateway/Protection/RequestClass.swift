import HTTPTypes

/// What a request is to the limits: each class has a rate of its own.
enum RequestClass: String, CaseIterable, Sendable {
    /// `GET` and `HEAD`: answered from memory.
    case reads
    /// `POST /v1/calculations/…`: costs the calculator's time.
    case calculations
    /// Everything else that changes something: ends in a database.
    case writes
    /// `/login/…`, and keys that are not known yet: ends at GitHub, or in guessing.
    case login
    /// Streams of events: one request lasts.
    case live

    init(_ method: HTTPRequest.Method, path: String) {
        if path.hasPrefix("/login/") {
            self = .login
        } else if method == .get || method == .head || method == .options {
            self = path.hasSuffix("/events") ? .live : .reads
        } else {
            self = path.hasPrefix("/v1/calculations/") ? .calculations : .writes
        }
    }

    /// Where it stands in a table of all classes.
    var index: Int {
        switch self {
        case .reads: 0
        case .calculations: 1
        case .writes: 2
        case .login: 3
        case .live: 4
        }
    }
}
