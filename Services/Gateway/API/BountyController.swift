import Events
import FoundationEssentials
import GatewayDomain
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceRuntime

/// `GET /v1/bounties`, `GET /v1/bounties/{id}` and `GET /v1/repositories/{owner}/{name}/issues/{number}/bounties`: reads from
/// memory, of JSON that is there already. With `Bursar-Version`, of a write's answer, they wait until they show it.
struct BountyController {
    static let defaultLimit = 50
    /// Bounties on one page: about 100 KB of JSON.
    static let maximumLimit = 100
    /// Characters of a search: as many as a title of GitHub's may have, about.
    static let maximumTextLength = 200

    let board: BountyBoard

    func addRoutes(to group: RouterGroup<ServerRequestContext>) {
        group.get("bounties", use: list)
        group.get("bounties/{id}", use: one)
        group.get("repositories/{owner}/{name}/issues/{number}/bounties", use: listOfIssue)
    }

    @Sendable func list(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(
            request,
            allowing: ["repository", "issue", "state", "denomination", "sponsor", "q", "cursor", "limit"])
        let filter = BountyFilter(
            repository: query.text("repository").map(BountyFilter.Label.init),
            issue: try query.integer("issue", in: 1...Int.max).map(Int64.init),
            state: try query.choice("state", of: BountyRecord.State.self),
            denomination: query.text("denomination"),
            sponsor: query.text("sponsor").map(BountyFilter.Label.init),
            text: try Self.searchText(in: query))
        return try await page(matching: filter, query, request)
    }

    @Sendable func listOfIssue(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        let query = try Query(request, allowing: ["cursor", "limit"])
        guard let repository = context.repositoryName,
            let number = context.parameters.get("number").flatMap({ Int(digits: $0) })
        else { throw Problem.notFound("an issue is named by its repository's owner and name and its number") }
        let filter = BountyFilter(repository: .name(repository.lowercased()), issue: Int64(number))
        return try await page(matching: filter, query, request)
    }

    private func page(matching filter: BountyFilter, _ query: Query, _ request: Request) async throws -> Response {
        let limit = try query.integer("limit", in: 1...Self.maximumLimit) ?? Self.defaultLimit
        let cursor = try PageCursor.find(in: query)?.id
        let page = try await board.snapshot(for: request).page(matching: filter, before: cursor, limit: limit)
        return Response.conditional(request, tag: page.tag) { page.json }
    }

    private static func searchText(in query: Query) throws(Problem) -> String? {
        guard let text = query.text("q") else { return nil }
        guard text.unicodeScalars.count <= maximumTextLength else {
            throw .invalidParameter("q", expectation: "of \(maximumTextLength) characters at most")
        }
        return text
    }

    @Sendable func one(_ request: Request, _ context: ServerRequestContext) async throws -> Response {
        _ = try Query(request, allowing: [])
        if request.headers[.bursarVersion] != nil { _ = try await board.snapshot(for: request) }
        guard let id = context.parameters.get("id").flatMap({ UUID(wireText: $0) }), let entry = board.entry(id)
        else { throw Problem.notFound("there is no bounty with this id") }
        return Response.conditional(request, tag: entry.tag) { ByteBuffer(bytes: entry.json) }
    }
}

extension ServerRequestContext {
    /// `owner/name` of the path.
    var repositoryName: String? {
        guard let owner = parameters.get("owner"), let name = parameters.get("name") else { return nil }
        return "\(owner)/\(name)"
    }
}

extension BountyEntry {
    /// A version has one text, but for what was erased of it.
    var tag: EntityTag { isRedacted ? EntityTag(of: json) : EntityTag("v\(version)") }
}

extension BountySnapshot.Page {
    /// Of what is on it, in which versions.
    var tag: EntityTag {
        var hash = ContentHash()
        hash.add(UInt64(entries.count) << 1 | (next == nil ? 0 : 1))
        for entry in entries {
            withUnsafeBytes(of: entry.id.uuid) { bytes in
                hash.add(bytes.loadUnaligned(as: UInt64.self))
                hash.add(bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            }
            hash.add(UInt64(entry.version))
            if entry.isRedacted { for byte in entry.json { hash.add(UInt64(byte)) } }
        }
        return hash.tag
    }

    /// `{"bounties": […], "next_cursor": "…" or null}`
    var json: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(entries.reduce(64) { $0 + $1.json.count + 1 })
        buffer.writeString(#"{"bounties":["#)
        for (index, entry) in entries.enumerated() {
            if index > 0 { buffer.writeInteger(UInt8(ascii: ",")) }
            buffer.writeBytes(entry.json)
        }
        buffer.writeString(#"],"next_cursor":"#)
        // The member is always there: null on the last page.
        buffer.writeString(next.map { "\"\(PageCursor(id: $0).text)\"}" } ?? "null}")
        return buffer
    }
}

extension BountyRecord: ResponseEncodable {}
