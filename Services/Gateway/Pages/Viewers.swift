import Events
import HTTP
import Hummingbird
import IdentityProtocol

/// Who looks at a page. Pages that anybody may see are shown to people whose session cannot be checked too, as to nobody.
struct Viewers: Sendable {
    let callers: Callers

    struct Viewer: Sendable {
        /// Nil for nobody in particular.
        let caller: Callers.Caller?

        var account: BountyRecord.Account? {
            caller?.session.user.map { .init(id: $0.githubID, login: $0.login) }
        }
    }

    func viewer(of request: Request) async -> Viewer { Viewer(caller: try? await callers.caller(of: request)) }

    /// The answer of a page, with the session's new token where it was renewed.
    func response(_ page: PageLayout, to viewer: Viewer) -> Response {
        var page = page
        page.viewer = viewer.account?.login
        let response = page.response()
        guard let renewed = viewer.caller?.renewed else { return response }
        return response.setting(cookies: callers.cookies.set(session: renewed.token, until: renewed.endsAt))
    }
}
