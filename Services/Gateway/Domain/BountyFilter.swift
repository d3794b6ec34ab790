package import Events

/// What a list is narrowed to; every part that is given must hold. Text is compared without case.
package struct BountyFilter: Sendable, Equatable {
    /// `owner/name`, or the repository's GitHub id.
    package var repository: Label?
    /// Number of the issue or pull request in its repository.
    package var issue: Int64?
    package var state: BountyRecord.State?
    package var denomination: String?
    /// Login, or GitHub id.
    package var sponsor: Label?
    /// Words that the repository's name, the issue's title and the sponsor's login together must have, the last one or its beginning;
    /// without case and diacritics. A text without letters and digits is found nowhere.
    package var text: String?

    package init(
        repository: Label? = nil, issue: Int64? = nil, state: BountyRecord.State? = nil, denomination: String? = nil,
        sponsor: Label? = nil, text: String? = nil
    ) {
        self.repository = repository
        self.issue = issue
        self.state = state
        self.denomination = denomination?.lowercased()
        self.sponsor = sponsor
        self.text = text
    }

    /// A name that may change, or the id that does not.
    package enum Label: Sendable, Hashable {
        case id(Int64)
        case name(String)

        package init(_ text: String) {
            self = Int64(text).flatMap { String($0) == text ? .id($0) : nil } ?? .name(text.lowercased())
        }

        package func matches(id: Int64, name: String) -> Bool {
            switch self {
            // GitHub allows logins and names made of digits alone.
            case .id(let wanted): wanted == id || String(wanted) == name
            case .name(let wanted): wanted == name.lowercased()
            }
        }
    }

    /// A bounty needs one key of each of them, and what ``condition`` asks for.
    var keys: [[BountyKey]] {
        var keys: [[BountyKey]] = []
        if let state { keys.append([.state(state)]) }
        if let denomination { keys.append([.denomination(denomination)]) }
        if let issue { keys.append([.issueNumber(issue)]) }
        switch repository {
        case .id(let id): keys.append([.repository(id), .repositoryName(String(id))])
        case .name(let name): keys.append([.repositoryName(name)])
        case nil: break
        }
        switch sponsor {
        case .id(let id): keys.append([.sponsor(id), .sponsorName(String(id))])
        case .name(let name): keys.append([.sponsorName(name)])
        case nil: break
        }
        guard let text else { return keys }
        let words = SearchWords.of(text)
        keys += words.dropLast().map { [.word($0)] }
        return keys + [words.last.map { [.beginning(of: $0)] } ?? []]
    }

    /// What the keys leave open: the rest of a last word that is longer than the beginnings that are keys.
    var condition: ((BountyEntry) -> Bool)? {
        guard let last = text.flatMap({ SearchWords.of($0).last }),
            last.unicodeScalars.count > BountyKey.longestBeginning
        else { return nil }
        return { $0.words.contains { $0.hasPrefix(last) } }
    }
}
