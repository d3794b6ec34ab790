import HTTP
import HTTPTypes

/// What tells browsers to be careful with our answers, made once.
struct SecurityHeaders: Sendable {
    /// Of pages: everything comes from this origin, nothing is inline, nobody frames it. Wallets may open windows of theirs.
    private let ofPages: HTTPFields
    /// Of everything else: data, not to be taken for anything it is not.
    private let ofData: HTTPFields

    /// Seconds for which browsers come by https only: a year.
    private static let strictTransportAge = 31_536_000

    init(publicURL: String) {
        var common: HTTPFields = [.xContentTypeOptions: "nosniff"]
        if publicURL.hasPrefix("https://") {
            common[.strictTransportSecurity] = "max-age=\(Self.strictTransportAge); includeSubDomains"
        }
        var pages = common
        pages[.contentSecurityPolicy] =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
        pages[.constant("Referrer-Policy")] = "same-origin"
        pages[.constant("Cross-Origin-Opener-Policy")] = "same-origin-allow-popups"
        pages[.constant("Cross-Origin-Resource-Policy")] = "same-origin"
        pages[.constant("Permissions-Policy")] = "camera=(), geolocation=(), microphone=()"
        ofPages = pages
        var data = common
        data[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        ofData = data
    }

    func add(to headers: inout HTTPFields) {
        let isPage = headers.first(.contentType)?.hasPrefix("text/html") == true
        headers.append(contentsOf: isPage ? ofPages : ofData)
    }
}
