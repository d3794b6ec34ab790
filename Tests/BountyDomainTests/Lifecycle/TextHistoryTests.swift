import BountyDomain
import FoundationEssentials
import Testing

struct TextHistoryTests {
    struct Case: CustomTestStringConvertible {
        var testDescription: String
        /// Seconds after the revision that is known.
        var offset: Double
        var body: String
        var previous: String?
        var isDeleted = false
        var arrival: TextHistory.Arrival

        init(
            _ description: String, offset: Double, body: String, previous: String?, isDeleted: Bool = false,
            is arrival: TextHistory.Arrival
        ) {
            self.testDescription = description
            self.offset = offset
            self.body = body
            self.previous = previous
            self.isDeleted = isDeleted
            self.arrival = arrival
        }
    }

    /// Any function of the body stands for its digest.
    static func digest(_ body: String) -> [UInt8] { Array(body.utf8) }

    @Test(arguments: [
        Case("newer", offset: 1, body: "b", previous: "a", is: .new),
        Case("newer, the body before not said", offset: 1, body: "b", previous: nil, is: .new),
        Case("newer, another body before: one in between is missing", offset: 1, body: "c", previous: "b", is: .new),
        Case("newer, same body", offset: 1, body: "a", previous: nil, is: .new),
        Case("newer by a millisecond", offset: 0.001, body: "b", previous: "a", is: .new),
        Case("older", offset: -1, body: "b", previous: "a", is: .stale),
        Case("older, the body before not said", offset: -1, body: "b", previous: nil, is: .stale),
        Case("older, same body", offset: -1, body: "a", previous: nil, is: .stale),
        Case("same second, an edit of what is known", offset: 0, body: "b", previous: "a", is: .new),
        Case("same second, an edit of something else", offset: 0, body: "c", previous: "b", is: .stale),
        Case("same second, the body before not said", offset: 0, body: "b", previous: nil, is: .stale),
        Case("repeated", offset: 0, body: "a", previous: nil, is: .stale),
        Case("repeated edit", offset: 0, body: "a", previous: "z", is: .stale),
        Case("same second, an edit that changed nothing", offset: 0, body: "a", previous: "a", is: .stale),
        Case("after deletion, newer", offset: 1, body: "b", previous: "a", isDeleted: true, is: .afterDeletion),
        Case("after deletion, same", offset: 0, body: "a", previous: nil, isDeleted: true, is: .afterDeletion),
        Case("after deletion, older", offset: -1, body: "b", previous: nil, isDeleted: true, is: .afterDeletion),
    ])
    func aRevisionIs(example: Case) {
        let known = Date(timeIntervalSince1970: 1_795_253_400)
        let history = TextHistory(updatedAt: known, bodyDigest: Self.digest("a"), isDeleted: example.isDeleted)
        let arrival = history.arrival(
            updatedAt: known.addingTimeInterval(example.offset), bodyDigest: Self.digest(example.body),
            previousDigest: example.previous.map(Self.digest))
        #expect(arrival == example.arrival)
    }

    /// All orders but one: where the first is followed by the third, the second is taken for the last.
    @Test(arguments: [["a", "b", "c"], ["c", "a", "b"], ["b", "a", "c"], ["b", "c", "a"], ["c", "b", "a"]])
    func editsOfOneSecondEndWithTheLast(order: [String]) {
        // `a` was created, `b` edited it, `c` edited `b`. A text that was never seen is older than anything.
        let previous = ["b": "a", "c": "b"]
        let second = Date(timeIntervalSince1970: 1_795_253_400)
        var history = TextHistory(updatedAt: Date(timeIntervalSince1970: 0), bodyDigest: [], isDeleted: false)
        for body in order {
            let arrival = history.arrival(
                updatedAt: second, bodyDigest: Self.digest(body), previousDigest: previous[body].map(Self.digest))
            if arrival == .new {
                history = TextHistory(updatedAt: second, bodyDigest: Self.digest(body), isDeleted: false)
            }
        }
        #expect(history.bodyDigest == Self.digest("c"))
    }
}
