import HTTP
import HTTPTypes
import Hummingbird

/// Whether a client takes what the API answers with (RFC 9110, section 12.5.1). Each path has one media type; errors are
/// problem documents whatever `Accept` says.
enum OfferedMedia {
    private static let json = "application/json"

    /// - Throws: ``Problem``, 406.
    static func check(_ request: Request, path: String) throws(Problem) {
        guard let accept = request.headers[.accept], path.hasPrefix("/v1/") else { return }
        let offered = offered(path)
        guard !allows(accept, offered) else { return }
        throw .notAcceptable(offered: offered)
    }

    private static func offered(_ path: String) -> String {
        if path.hasSuffix("/events") { return "text/event-stream" }
        if path.hasSuffix("/badge.svg") { return "image/svg+xml" }
        return json
    }

    /// The most specific range that covers the type decides; a quality of 0 is a no.
    static func allows(_ accept: String, _ type: String) -> Bool {
        if accept == "*/*" || accept == type { return true }
        let kind = type.prefix { $0 != "/" }
        var best = (specificity: -1, isAllowed: false)
        for entry in accept.split(separator: ",") {
            let parts = entry.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard let range = parts.first else { continue }
            let specificity: Int
            switch range {
            case type: specificity = 2
            case "\(kind)/*": specificity = 1
            case "*/*": specificity = 0
            default: continue
            }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if specificity > best.specificity { best = (specificity, quality > 0) }
        }
        return best.isAllowed
    }
}
