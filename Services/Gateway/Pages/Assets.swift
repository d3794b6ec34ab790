import Crypto
import Encodings
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore

/// Styles, scripts and pictures of the pages, as they are compiled in.
///
/// Pages name them under `/assets/<version>/`, where the version is a digest of all of them: such an address never changes what it
/// means, and is kept for a year. Scripts import each other by relative paths, and so within one version.
struct Assets: Sendable {
    struct Asset: Sendable {
        let contentType: String
        let body: ByteBuffer
        let etag: String
    }

    static let compiledIn = Assets([
        "bursar.css": PackageResources.bursar_css, "icon.svg": PackageResources.icon_svg,
        "api.js": PackageResources.api_js, "board.js": PackageResources.board_js,
        "calculator.js": PackageResources.calculator_js, "job.js": PackageResources.job_js,
        "link.js": PackageResources.link_js, "live.js": PackageResources.live_js, "page.js": PackageResources.page_js,
        "sign.js": PackageResources.sign_js,
        "signature.js": PackageResources.signature_js,
        "ui.js": PackageResources.ui_js, "wallets.js": PackageResources.wallets_js,
    ])

    private static let contentTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    ]
    /// Bytes of a digest that are used: enough to tell versions apart.
    private static let digestLength = 8

    let version: String
    private let assets: [String: Asset]

    init(_ files: [String: [UInt8]]) {
        var all = SHA256()
        var assets: [String: Asset] = [:]
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            all.update(data: Array(name.utf8) + [0])
            all.update(data: bytes)
            let contentType = Self.contentTypes[name.split(separator: ".").last.map(String.init) ?? ""]
            guard let contentType else { preconditionFailure("\(name) is of no known type") }
            assets[name] = Asset(
                contentType: contentType, body: ByteBuffer(bytes: bytes),
                etag: "\"\(Self.text(of: SHA256.hash(data: bytes)))\"")
        }
        version = Self.text(of: all.finalize())
        self.assets = assets
    }

    private static func text(of digest: SHA256.Digest) -> String {
        Hexadecimal.encode(digest.prefix(digestLength))
    }

    var names: [String] { assets.keys.sorted() }

    /// Where a page finds it.
    func path(of name: String) -> String {
        precondition(assets[name] != nil, "there is no asset \(name)")
        return "/assets/\(version)/\(name)"
    }

    // MARK: - Answers

    func addRoutes(to router: Router<ServerRequestContext>) {
        // The router wants one name for the parameter at this place, whatever follows it.
        router.get("assets/{version}") { request, context in
            try answer(to: request, context.parameters.get("version"), isVersioned: false)
        }
        // A version of another replica's, while a new one is rolled out, gets what is here, and asks again the next time.
        router.get("assets/{version}/{name}") { request, context in
            try answer(
                to: request, context.parameters.get("name"),
                isVersioned: context.parameters.get("version") == version)
        }
        // Browsers ask for it whatever a page says.
        router.get("favicon.ico") { request, _ in try answer(to: request, "icon.svg", isVersioned: false) }
    }

    private func answer(to request: Request, _ name: String?, isVersioned: Bool) throws -> Response {
        guard let asset = name.flatMap({ assets[$0] }) else {
            throw Problem.notFound("there is nothing at \(request.uri.path)")
        }
        var headers: HTTPFields = [
            .eTag: asset.etag,
            .cacheControl: isVersioned ? "public, max-age=31536000, immutable" : "public, no-cache",
        ]
        let known = request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
        if known.contains(where: { $0.filter { $0 != " " }.replacing("W/", with: "") == asset.etag }) {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = asset.contentType
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: asset.body))
    }
}
