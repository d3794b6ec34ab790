import BountyDomain
import Events
import FoundationEssentials
import GitHub
import Logging
import Metrics
import Postgres
import ServiceLifecycle
import ServiceRuntime

/// Brings GitHub to show what the database says: one status comment for each issue, and reactions.
///
/// What is wanted is in the database, so nothing is lost by a restart, and many changes of an issue make one edit. Of all
/// replicas one writes for an installation at a time, by a lease, with a pause between two writes; GitHub's limits pause the
/// installation for all of them. Without an app, what would be written is logged and kept to be shown.
final class GitHubWriter: Service {
    struct Settings: Sendable {
        /// Between two writes to one installation: GitHub asks for a second.
        var interval = Duration.seconds(1)
        /// How late a change of another process may be found.
        var pollInterval = Duration.seconds(1)
        /// After a crash nothing is written for this long. Renewed while a write lasts.
        var lease = Duration.seconds(10)
        /// The longest that writing one thing may take: an issue may have thousands of comments to look through.
        var writeLimit = Duration.seconds(90)
        /// Failed attempts after which a write is given up, until something changes again.
        var maximumAttempts = 5
        var retryBackoff = Backoff(base: .seconds(5), maximum: .seconds(900))
        /// Installations written to at once.
        var concurrency = 8
    }

    /// The key of issues of which no installation is known.
    static let noInstallation: Int64 = 0

    private let store: WriterStore
    private let client: GitHubClient?
    private let settings: Settings
    private let logger: Logger
    private let signal = WakeSignal()

    init(
        database: PostgresClient, client: GitHubClient?, comments: StatusComments, settings: Settings = Settings(),
        logger: Logger
    ) {
        self.client = client
        self.settings = settings
        self.logger = logger
        // With the process's number, for who looks at the table.
        let holder = "\(ProcessInfo.processInfo.processIdentifier)-\(UUID().wireText)"
        store = WriterStore(database: database, holder: holder, lease: settings.lease, comments: comments)
    }

    /// Something may be due soon.
    func wake() { signal.set() }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var backoff = Backoff(base: .milliseconds(100), maximum: .seconds(5))
            while !Task.isCancelled {
                do {
                    let isBusy = try await self.pass()
                    backoff.reset()
                    // What was just asked for settles first.
                    await self.signal.wait(upTo: isBusy ? self.shortWait : self.settings.pollInterval)
                    try? await Task.sleep(for: isBusy ? .zero : self.shortWait)
                } catch {
                    // The database is away, which its client tells of.
                    try? await Task.sleep(for: backoff.next())
                }
            }
        }
        // Also where this task was cancelled: the next replica need not wait for the lease's end.
        await Task { try? await store.giveBackLeases() }.value
    }

    private var shortWait: Duration { min(IssueWrites.settling, max(settings.interval, .milliseconds(10))) }

    /// Writes one thing for each installation that something is due for. Returns whether there was any.
    @discardableResult
    func pass() async throws -> Bool {
        let due = try await store.dueInstallations()
        try await withThrowingDiscardingTaskGroup { group in
            for part in stride(from: 0, to: due.count, by: settings.concurrency) {
                let installations = due[part..<min(part + settings.concurrency, due.count)]
                for installation in installations {
                    group.addTask { try await self.write(for: installation) }
                }
            }
        }
        return !due.isEmpty
    }

    private func write(for installation: Int64) async throws {
        let interval = client == nil ? Duration.zero : settings.interval
        while case .write(let next) = try await store.take(installation, interval: interval) {
            switch next {
            case .issue(let issue): try await write(issue, for: installation)
            case .reaction(let reaction): try await write(reaction, for: installation)
            }
            guard interval == .zero, !Task.isCancelled else { return }
        }
    }

    /// Keeps the lease while the body runs, and cancels it where the lease is lost.
    private func leased<Value: Sendable>(
        _ installation: Int64, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withDeadline(settings.writeLimit) { [settings, store] in
            try await withThrowingTaskGroup(of: Value?.self) { group in
                group.addTask { try await body() }
                group.addTask {
                    repeat { try await Task.sleep(for: settings.lease / 3) } while try await store.renew(installation)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let value = first else { throw LeaseLost() }
                return value
            }
        }
    }

    // MARK: - One comment

    private func write(_ issue: WriterStore.Issue, for installation: Int64) async throws {
        guard let client else {
            logger.notice(
                "without a GitHub App, this would be written",
                metadata: [
                    "issue": "\(issue.fullName)#\(issue.number)", "comment": "\(issue.body ?? "nothing")",
                ])
            count("comment", "no_app")
            return try await store.written(issue)
        }
        do {
            guard let known = issue.installation else {
                return try await resolve(issue.fullName, issue.repository, client)
            }
            let outcome = try await leased(installation) { try await self.put(issue, known, client) }
            try await store.written(issue)
            count("comment", outcome)
            logger.info(
                "the status comment is written",
                metadata: ["issue": "\(issue.fullName)#\(issue.number)", "outcome": "\(outcome)"])
        } catch let error as PostgresError {
            throw error
        } catch {
            let plan = try await plan(after: error, attempts: issue.attempts, installation)
            count("comment", plan.outcome)
            logger.warning(
                "a status comment is not written",
                metadata: ["issue": "\(issue.fullName)#\(issue.number)", "error": "\(error)"])
            try await store.failed(issue, "\(error)", after: plan.delay, isAttempt: plan.isAttempt)
        }
    }

    /// Edits the comment that is known; else looks for it; else makes it. Returns what was done, for metrics.
    private func put(
        _ issue: WriterStore.Issue, _ installation: Int64, _ client: GitHubClient
    ) async throws -> String {
        guard let body = issue.body else { return "nothing" }
        let repository = GitHubRepository(
            id: issue.repository, fullName: issue.fullName, installation: installation)
        if let comment = issue.comment {
            if issue.lastBody == body { return "unchanged" }
            do {
                try await client.editComment(comment, to: body, in: repository)
                return "edited"
            } catch let error as GitHubError where error.code == .notFound {
                // Somebody deleted it.
                try await store.note(comment: nil, of: issue)
            }
        }
        let place = GitHubIssue(repository: repository, number: issue.number)
        let marker = StatusMarker(repository: issue.repository, number: issue.number)
        let app = try await client.app().id
        let found = try await client.firstComment(of: place) { $0.app == app && marker.marks($0.body) }
        if let found {
            try await store.note(comment: found.id, of: issue)
            if found.body != body { try await client.editComment(found.id, to: body, in: repository) }
            return "found"
        }
        // Nobody else may have become the writer since it was looked for.
        guard try await store.mayCreate(commentOf: issue, for: installation) else { throw LeaseLost() }
        let made = try await client.createComment(body, on: place)
        try await store.note(comment: made.id, of: issue)
        return "created"
    }

    /// Finds out the installation, which not every delivery names. Nothing is written yet: that needs the lease of the
    /// installation that was found.
    private func resolve(_ fullName: String, _ repository: Int64, _ client: GitHubClient) async throws {
        guard let found = try await client.installation(of: fullName) else {
            throw GitHubError(.notFound, "the app is not installed in \(fullName)")
        }
        try await store.note(installation: found, repository: repository)
        wake()
    }

    // MARK: - One reaction

    private func write(_ reaction: WriterStore.Reaction, for installation: Int64) async throws {
        guard let client else {
            logger.notice(
                "without a GitHub App, this reaction would be put",
                metadata: [
                    "issue": "\(reaction.fullName)#\(reaction.number)", "reaction": "\(reaction.reaction.rawValue)",
                ])
            count("reaction", "no_app")
            return try await store.done(reaction)
        }
        do {
            guard let known = reaction.installation else {
                return try await resolve(reaction.fullName, reaction.repository, client)
            }
            try await leased(installation) {
                let repository = GitHubRepository(
                    id: reaction.repository, fullName: reaction.fullName, installation: known)
                let target: GitHubReactionTarget =
                    switch reaction.kind {
                    case .issueComment: .comment(id: reaction.source)
                    case .issue, .pullRequest: .issue(number: reaction.number)
                    }
                try await client.react(reaction.reaction, to: target, in: repository)
            }
            try await store.done(reaction)
            count("reaction", "put")
        } catch let error as PostgresError {
            throw error
        } catch {
            let plan = try await plan(after: error, attempts: reaction.attempts, installation)
            count("reaction", plan.outcome)
            try await store.failed(reaction, "\(error)", after: plan.delay, isAttempt: plan.isAttempt)
        }
    }

    // MARK: - Failures

    private struct LeaseLost: Error, CustomStringConvertible {
        let description = "another replica became the writer"
    }

    private struct Plan {
        var delay: Duration
        var isAttempt: Bool
        /// For metrics.
        var outcome: String
    }

    private func plan(after error: any Error, attempts: Int, _ installation: Int64) async throws -> Plan {
        var backoff = settings.retryBackoff
        for _ in 0..<attempts { _ = backoff.next() }
        guard let error = error as? GitHubError, !error.isTemporary else {
            if let until = (error as? GitHubError)?.retryAt {
                try await store.pause(installation, until: until)
                return Plan(delay: .zero, isAttempt: false, outcome: "limited")
            }
            return Plan(delay: backoff.next(), isAttempt: false, outcome: "unavailable")
        }
        // GitHub will not do it, whoever asks when: a few more times, as permissions are given and locks are lifted.
        let isLast = attempts + 1 >= settings.maximumAttempts
        return Plan(
            delay: isLast ? WriterStore.never : backoff.next(), isAttempt: true,
            outcome: isLast ? "given_up" : "refused")
    }

    private func count(_ kind: String, _ outcome: String) {
        Counter(label: "bursar_github_writes_total", dimensions: [("kind", kind), ("outcome", outcome)]).increment()
    }
}
