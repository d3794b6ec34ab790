import BountyDomain
import Events
import FoundationEssentials
import GitHub
import Postgres

/// A claim that GitHub is asked about.
struct ClaimWork: Codable, Sendable {
    static let kind = "claim"

    var repository: BountyRecord.Repository
    var issue: BountyRecord.Issue
    var installation: Int64?
    var claim: Claim

    init(place: IssuePlace, claim: Claim) {
        repository = place.repository
        issue = place.issue
        installation = place.installation
        self.claim = claim
    }

    var key: IssueKey { IssueKey(repository: repository.id, number: issue.number) }

    func enqueue(traceparent: Traceparent?, in transaction: PostgresTransaction) throws {
        try Work.enqueue(
            kind: Self.kind, key: "\(repository.id)/\(issue.number)/\(claim.kind.rawValue)/\(claim.id)", payload: self,
            traceparent: traceparent?.child(), in: transaction)
    }
}

/// Asks GitHub who an award is for, and who may make it; then takes the steps.
struct ClaimWorkHandler: WorkHandler {
    /// How long GitHub's record of a closing may lag behind the delivery that tells of it.
    static let recordLag = Duration.seconds(60)
    private static let lagPause = Duration.seconds(2)
    private static let suspensionPause = Duration.seconds(60)

    /// Nil without an app.
    let facts: (any GitHubFacts)?
    let database: PostgresClient
    let ledgers: Ledgers

    var kind: String { ClaimWork.kind }

    func handle(_ item: WorkItem) async throws -> WorkOutcome {
        let work = try await whereItIs(try item.decode(ClaimWork.self))
        let answer: Claim.Answer =
            switch work.claim.kind {
            case .closing: try await closing(work, askedAt: item.createdAt)
            case .award: try await award(work)
            case .merge, .cancel, .reopening: .nobody(reason: "unasked")
            }
        return .change { [ledgers, traceparent = item.traceparent] transaction in
            try ledgers.change(work.key, traceparent, in: transaction) { book, terms in
                try book.answer(work.claim.key, answer, terms)
            }
        }
    }

    /// The issue may have been transferred since.
    private func whereItIs(_ work: ClaimWork) async throws -> ClaimWork {
        let moves = try await database.transaction { try MovedIssues(of: [work.key], in: $0) }
        guard let target = moves.targets[work.key] else { return work }
        var moved = work
        (moved.repository, moved.issue) = (target.repository, target.issue)
        return moved
    }

    private func repository(_ work: ClaimWork) async throws -> GitHubRepository? {
        guard let facts else { return nil }
        var installation = work.installation
        if installation == nil { installation = try await facts.installation(of: work.repository.fullName) }
        if let installation { try await requireActive(installation) }
        return installation.map {
            GitHubRepository(id: work.repository.id, fullName: work.repository.fullName, installation: $0)
        }
    }

    private func requireActive(_ installation: Int64) async throws {
        let rows = try await database.query(
            "SELECT 1 AS one FROM github_installations WHERE id = \(installation) AND suspended_at IS NOT NULL")
        guard rows.isEmpty else {
            throw WorkPostponed("the app's installation is suspended", for: Self.suspensionPause)
        }
    }

    // MARK: - What closed the issue

    private func closing(_ work: ClaimWork, askedAt: Date) async throws -> Claim.Answer {
        guard let facts, let repository = try await repository(work) else {
            return .nobody(reason: Refusal.NobodyReason.cannotAsk)
        }
        let found = try await facts.closing(of: GitHubIssue(repository: repository, number: work.issue.number))
        // Whole seconds on both sides, of one clock.
        let known = found?.closedAt ?? .distantPast
        if known < work.claim.at.addingTimeInterval(-1) {
            guard askedAt.addingTimeInterval(TimeInterval(Self.recordLag.components.seconds)) < .now else {
                throw WorkPostponed("GitHub's record of the closing is not there yet", for: Self.lagPause)
            }
            return .nobody(reason: Refusal.NobodyReason.notMerged)
        }
        guard let found, known <= work.claim.at.addingTimeInterval(1), found.reason == "COMPLETED" else {
            // A later closing asks for itself.
            return .nobody(reason: Refusal.NobodyReason.superseded)
        }
        let (number, author): (Int64, GitHubUser?)
        switch found.closer {
        case .pullRequest(let pullRequest, let user): (number, author) = (pullRequest, user)
        case .commit(_, let pullRequest, let user): (number, author) = (pullRequest, user)
        case .other: return .nobody(reason: Refusal.NobodyReason.notMerged)
        }
        guard let author else { return .nobody(reason: Refusal.NobodyReason.authorGone) }
        return .recipients(
            [.init(account: .init(id: author.id, login: author.login), weight: 1)], forAll: true,
            url: work.issue.url.pullRequest(number))
    }

    // MARK: - Who an /award means, and who says it

    private func award(_ work: ClaimWork) async throws -> Claim.Answer {
        let repository = try await repository(work)
        var recipients: [BountyRecord.Award.Recipient] = []
        for named in work.claim.named {
            guard let account = try await account(named.login, repository) else {
                return .nobody(reason: Refusal.NobodyReason.unknownAccount)
            }
            // Two logins of one account, before and after a renaming, are one recipient.
            if let index = recipients.firstIndex(where: { $0.account.id == account.id }) {
                recipients[index].weight += named.weight
            } else {
                recipients.append(.init(account: account, weight: named.weight))
            }
        }
        return .recipients(recipients, forAll: try await mayAwardAll(work, repository), url: nil)
    }

    private func account(_ login: String, _ repository: GitHubRepository?) async throws -> BountyRecord.Account? {
        guard let facts, let repository else { return try await Accounts.find(login, database) }
        return try await facts.user(login: login, installation: repository.installation).map {
            BountyRecord.Account(id: $0.id, login: $0.login)
        }
    }

    /// Where the permission cannot be asked, only the sponsor's award counts.
    private func mayAwardAll(_ work: ClaimWork, _ repository: GitHubRepository?) async throws -> Bool {
        guard let facts, let repository else { return false }
        let actor = GitHubUser(id: work.claim.actor.id, login: work.claim.actor.login)
        do {
            return try await facts.permission(of: actor, in: repository).canWrite
        } catch let error as GitHubError where error.code == .forbidden || error.code == .notFound {
            return false
        }
    }
}

extension String {
    /// The page of a pull request, from that of an issue of the same repository.
    fileprivate func pullRequest(_ number: Int64) -> String? {
        let parts = split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 2, parts[parts.count - 2] == "issues" else { return nil }
        return parts.dropLast(2).joined(separator: "/") + "/pull/\(number)"
    }
}
