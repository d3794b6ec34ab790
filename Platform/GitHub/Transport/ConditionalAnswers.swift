import FoundationEssentials
import NIOHTTP1

/// Answers kept with their `ETag`: asking whether one still holds does not count against the limit. A pure value.
struct ConditionalAnswers {
    struct Key: Hashable {
        var caller: GitHubRequest.Caller
        var url: String
    }
    struct Kept {
        var tag: String
        var answer: GitHubAnswer
    }

    private let maximumCount: Int
    private let maximumBytes: Int
    private var kept: [Key: Kept] = [:]
    /// The oldest first.
    private var order: [Key] = []

    init(maximumCount: Int, maximumBytes: Int) {
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    func find(_ key: Key) -> Kept? { kept[key] }

    mutating func keep(_ answer: GitHubAnswer, for key: Key) {
        guard let tag = answer.headers.first(name: "ETag"), answer.body.count <= maximumBytes else { return }
        if kept.updateValue(Kept(tag: tag, answer: answer), forKey: key) == nil { order.append(key) }
        if order.count > maximumCount { kept[order.removeFirst()] = nil }
    }
}
