import HTTP
import HTTPTypes
import Hummingbird
import Testing

struct QueryTests {
    enum State: String, CaseIterable { case proposed, active }

    static func query(_ uri: String) throws(Problem) -> Query {
        try Query(
            Request(
                head: .init(method: .get, scheme: nil, authority: nil, path: uri), body: .init(buffer: .init())),
            allowing: ["q", "limit", "state"])
    }

    static func problem(_ uri: String, _ read: (Query) throws -> Void = { _ in }) -> Problem? {
        #expect(throws: Problem.self) { try read(try query(uri)) }
    }

    @Test func parametersAreRead() throws {
        let query = try Self.query("/?q=a%20b&limit=7&state=active")
        #expect(query.text("q") == "a b")
        #expect(try query.integer("limit", in: 1...10) == 7)
        #expect(try query.choice("state", of: State.self) == .active)
    }

    @Test(arguments: ["/", "/?", "/?q=&limit=&state=", "/?q&limit&state"])
    func anEmptyParameterIsNotGiven(uri: String) throws {
        let query = try Self.query(uri)
        #expect(query.text("q") == nil)
        #expect(try query.integer("limit", in: 1...10) == nil)
        #expect(try query.choice("state", of: State.self) == nil)
    }

    @Test(arguments: [
        ("/?q=%E2%82%AC", "\u{20AC}"), ("/?q=a%26b%3Dc", "a&b=c"), ("/?q=%25", "%"), ("/?q=a=b", "a=b"),
        ("/?q=a+b%2Bc", "a b+c"),
        ("/?%71=a", "a"),
    ])
    func textIsDecoded(uri: String, text: String) throws {
        #expect(try Self.query(uri).text("q") == text)
    }

    @Test(arguments: ["/?other=1", "/?Q=a", "/?q=a&other=", "/?=a", "/?q%20=a"])
    func anUnknownParameterIsRefused(uri: String) {
        let problem = Self.problem(uri)
        #expect(problem?.status == .badRequest)
        #expect(problem?.detail.hasSuffix("must be one of limit, q, state") == true)
    }

    @Test(arguments: ["/?q=%", "/?q=%4", "/?q=%zz", "/?q=%+1", "/?q=a%FFb"])
    func textThatCannotBeDecodedIsRefused(uri: String) {
        #expect(Self.problem(uri)?.errors == [.init(pointer: "?q", detail: "must be percent-encoded UTF-8")])
    }

    @Test func whereNoneIsKnownTheErrorSaysSo() {
        let problem = #expect(throws: Problem.self) {
            try Query(
                Request(
                    head: .init(method: .get, scheme: nil, authority: nil, path: "/?a=1"), body: .init(buffer: .init())),
                allowing: [])
        }
        #expect(problem?.detail == "the query parameter a must be left out: none is known here")
    }

    @Test(arguments: ["/?q=a&q=b", "/?q=a&q=a", "/?q=&q=a", "/?limit=1&q=a&limit=2"])
    func aRepeatedParameterIsRefused(uri: String) {
        #expect(Self.problem(uri)?.detail.hasSuffix("must be given at most once") == true)
    }

    @Test(arguments: ["0", "11", "-1", "ten", "1.0", "99999999999999999999", "%201", "%2B1", "+1", "1+"])
    func aNumberHasBounds(text: String) {
        let problem = Self.problem("/?limit=\(text)") { _ = try $0.integer("limit", in: 1...10) }
        #expect(problem?.errors == [.init(pointer: "?limit", detail: "must be a whole number from 1 to 10")])
        #expect(problem?.code == "invalid-parameter")
    }

    @Test(arguments: ["Active", "paid", "active,proposed"])
    func aChoiceIsOneOfItsNames(text: String) {
        let problem = Self.problem("/?state=\(text)") { _ = try $0.choice("state", of: State.self) }
        #expect(problem?.errors == [.init(pointer: "?state", detail: "must be one of proposed, active")])
    }
}
