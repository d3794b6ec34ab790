import Events
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import IdentityProtocol
import Logging
import Money

/// `/link`: the wallets of who is signed in.
struct PersonalPages {
    /// Characters of a path to go back to; that of signing in has the same limit.
    private static let maximumPathLength = 512

    let identity: IdentityClient
    let viewers: Viewers
    let denominations: Denominations

    func addRoutes(to router: Router<ServerRequestContext>) {
        router.get("link", use: link)
    }

    @Sendable func link(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(request, reading: ["return_to", "family"])
        let viewer = await viewers.viewer(of: request)
        let view = LinkView(
            viewer: viewer.account, wallets: await wallets(of: viewer, request, context),
            returnTo: query.text("return_to").flatMap(Self.ownPath),
            family: try query.choice("family", of: WalletFamily.self),
            location: request.uri.string, denominations: denominations)
        var response = viewers.response(
            PageLayout(
                title: "Wallets", location: request.uri.string, script: "link.js", isPrivate: true, main: view.html),
            to: viewer)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func wallets(
        of viewer: Viewers.Viewer, _ request: Request, _ context: ServerRequestContext
    ) async -> LinkView.Wallets {
        guard let caller = viewer.caller, let account = viewer.account else { return .known([]) }
        do {
            let record = try await identity.call(
                ShowIdentity.self, .init(account: String(account.id)), session: caller.token,
                trace: request.traceparent)
            return .known(record.links)
        } catch let failure as ServiceFailure where failure.status == 404 {
            return .known([])
        } catch {
            context.logger.warning("the wallets of an account cannot be read", metadata: ["error": "\(error)"])
            return .unavailable
        }
    }

    /// Nil unless it is a slash and then printable ASCII: browsers take `//host` and `/\host` for another site.
    static func ownPath(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= maximumPathLength,
            bytes.count == 1 || bytes[1] != UInt8(ascii: "/"),
            bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return text
    }
}
