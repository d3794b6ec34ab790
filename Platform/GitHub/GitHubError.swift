package import FoundationEssentials

/// Why GitHub did not do what it was asked. Holds no token, and no more of an answer than its documented message.
package struct GitHubError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// Not reached, too slow, or 5xx.
        case unavailable
        /// A rate limit, primary or secondary: nothing may be asked before the time.
        case rateLimited(until: Date)
        /// 401: the app's key or id is wrong, or the app is gone.
        case unauthorized
        /// 403 or 451 that is no rate limit: a permission is missing, the conversation is locked, the app suspended.
        case forbidden
        /// 404 or 410: gone, moved to where the app may not look, or never there.
        case notFound
        /// 422 and other refusals of what was asked.
        case refused
        /// An answer that is not as documented.
        case malformed
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "GitHub: \(message)" }

    /// Whether the same request may succeed later without anybody's doing: no failed attempt.
    package var isTemporary: Bool {
        switch code {
        case .unavailable, .rateLimited: true
        case .unauthorized, .forbidden, .notFound, .refused, .malformed: false
        }
    }

    /// When to ask again, where GitHub said so.
    package var retryAt: Date? {
        if case .rateLimited(let until) = code { until } else { nil }
    }
}
