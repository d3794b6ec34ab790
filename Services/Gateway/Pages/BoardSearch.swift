import Events
import FoundationEssentials
import GatewayDomain
import HTTP

/// What somebody looks for on the first page: the API's filters, and a choice of states together.
struct BoardSearch: Sendable, Equatable {
    enum StateChoice: Sendable, Equatable {
        /// Proposed or active.
        case open
        case any
        case one(BountyRecord.State)

        static let all: [StateChoice] = [.open] + BountyRecord.State.allCases.map { .one($0) } + [.any]

        /// In addresses.
        var name: String {
            switch self {
            case .open: "open"
            case .any: "any"
            case .one(let state): state.rawValue
            }
        }

        var label: HTML {
            switch self {
            case .open: "Open"
            case .any: "Any"
            case .one(let state): "\(state.rawValue.prefix(1).uppercased() + state.rawValue.dropFirst())"
            }
        }

        /// That bounties are looked for in, each by itself; nil for all at once.
        fileprivate var states: [BountyRecord.State?] {
            switch self {
            case .open: [.proposed, .active]
            case .any: [nil]
            case .one(let state): [state]
            }
        }
    }

    /// Bounties on one page.
    static let pageSize = 25

    var state = StateChoice.open
    var text: String?
    var denomination: String?
    var repository: String?
    var sponsor: String?
    var cursor: UUID?

    init() {}

    /// - Throws: ``Problem``: 400 that names the parameter.
    init(_ query: Query) throws(Problem) {
        if let name = query.text("state") {
            guard let choice = StateChoice.all.first(where: { $0.name == name }) else {
                let names = StateChoice.all.map(\.name).joined(separator: ", ")
                throw .invalidParameter("state", expectation: "one of \(names)")
            }
            state = choice
        }
        text = query.text("q")
        denomination = query.text("denomination")
        repository = query.text("repository")
        sponsor = query.text("sponsor")
        cursor = try PageCursor.find(in: query)?.id
    }

    static let parameters: Set<String> = ["q", "state", "denomination", "repository", "sponsor", "cursor"]

    /// The address of the page that shows it.
    func location(cursor: String?) -> String {
        var parameters: [(String, String)] = []
        if state != .open { parameters.append(("state", state.name)) }
        let others = [
            ("q", text), ("denomination", denomination), ("repository", repository), ("sponsor", sponsor),
            ("cursor", cursor),
        ]
        for (name, value) in others { if let value { parameters.append((name, value)) } }
        guard !parameters.isEmpty else { return "/" }
        return "/?" + parameters.map { "\($0)=\($1.addingQueryEscapes)" }.joined(separator: "&")
    }

    /// One page of what is there, the newest first. Ids are ordered by time, so that pages of several states are merged by them.
    func page(of snapshot: BountySnapshot) -> (bounties: [BountyRecord], next: UUID?) {
        var found: [BountyRecord] = []
        var isLast = true
        for state in state.states {
            let filter = BountyFilter(
                repository: repository.map(BountyFilter.Label.init), state: state, denomination: denomination,
                sponsor: sponsor.map(BountyFilter.Label.init), text: text)
            let page = snapshot.page(matching: filter, before: cursor, limit: Self.pageSize)
            found += page.bounties
            isLast = isLast && page.next == nil
        }
        found.sort { $0.id > $1.id }
        let shown = Array(found.prefix(Self.pageSize))
        return (shown, isLast && found.count <= Self.pageSize ? nil : shown.last?.id)
    }
}
