import Events
package import FoundationEssentials

/// All that is known of a job but its texts and results: the value of its key in the bucket `jobs`.
///
/// A pure value: whoever changes it writes it back only over the revision that was read. What has ended stays as it is.
package struct JobRecord: Sendable, Equatable, Codable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case batch, summarize
    }

    package enum State: String, Sendable, Codable {
        /// Its parts are still coming: nobody has been told of it.
        case uploading
        case queued, running
        case done, failed, cancelled

        package var isEnd: Bool { self == .done || self == .failed || self == .cancelled }
    }

    package struct Failure: Sendable, Equatable, Codable {
        package var code: String
        package var detail: String

        package init(code: String, detail: String) {
            self.code = code
            self.detail = detail
        }
    }

    package let id: UUID
    package let kind: Kind
    /// Significant digits, and the rule's name.
    package let precision: Int
    package let rounding: String
    package let quantiles: [String]
    package let createdAt: Date
    /// When it and its results are forgotten, whatever became of it.
    package let expiresAt: Date
    package private(set) var state = State.uploading
    /// When the first part was begun.
    package private(set) var startedAt: Date?
    /// Nil while they are still coming.
    package private(set) var parts: Int?
    package private(set) var done = PartSet()
    package private(set) var resultBytes = 0
    package private(set) var failure: Failure?

    enum CodingKeys: String, CodingKey {
        case id, kind, precision, rounding, quantiles, state, parts, done, failure
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case startedAt = "started_at"
        case resultBytes = "result_bytes"
    }

    package init(
        id: UUID, kind: Kind, precision: Int, rounding: String, quantiles: [String], createdAt: Date, expiresAt: Date
    ) {
        self.id = id
        self.kind = kind
        self.precision = precision
        self.rounding = rounding
        self.quantiles = quantiles
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Every part is there, and every part is done.
    package var isComplete: Bool { parts.map { done.count >= $0 } ?? false }

    // MARK: Changes. Each says whether it changed anything.

    package mutating func commit(parts count: Int) -> Bool {
        guard state == .uploading else { return false }
        parts = count
        state = startedAt == nil ? .queued : .running
        return true
    }

    /// Somebody works on a part.
    package mutating func begin(at time: Date) -> Bool {
        guard !state.isEnd, startedAt == nil else { return false }
        startedAt = time
        if state == .queued { state = .running }
        return true
    }

    /// - Parameter bytes: Of its result.
    package mutating func finish(part: Int, bytes: Int) -> Bool {
        guard !state.isEnd, done.insert(part) else { return false }
        resultBytes += bytes
        if resultBytes > JobLimits.resultBytes {
            return fail(
                Failure(code: "result-too-large", detail: "the results are longer than \(JobLimits.resultBytes) bytes"))
        }
        return true
    }

    /// All results are where they are read from.
    package mutating func complete() -> Bool {
        guard state == .queued || state == .running, isComplete else { return false }
        state = .done
        return true
    }

    package mutating func fail(_ failure: Failure) -> Bool {
        guard !state.isEnd else { return false }
        state = .failed
        self.failure = failure
        return true
    }

    package mutating func cancel() -> Bool {
        guard !state.isEnd else { return false }
        state = .cancelled
        return true
    }
}
