import Events
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

struct BountyControllerTests {
    // MARK: - One

    /// API.md, "Bounty".
    @Test func aBountyIsAsDocumented() async throws {
        var bounty = BountyRecord.sample(7, version: 2, state: .active)
        bounty.wallet = "solana:chain:address"
        bounty.shares = [
            .init(
                recipient: .init(id: 2, login: "alice"), amount: "250.5", units: "250500000", state: .ordered,
                payout: .numbered(9))
        ]
        let answer = try await APIFixture([bounty]).answer("/v1/bounties/\(bounty.id.wireText)")
        #expect(answer.status == .ok)
        #expect(
            String(buffer: answer.body) == """
                {"amount":"250.5","asset":"solana:chain/token:mint","created_at":"2026-11-21T09:30:00.000Z","decimals":6,\
                "denomination":"USDC","expires_at":"2026-11-22T09:30:00.000Z",\
                "id":"01000000-0000-7000-8000-000000000007",\
                "issue":{"id":30,"is_pull_request":false,"number":3,"title":"Brakes are missing",\
                "url":"https://github.com/acme/x/issues/3"},"repository":{"full_name":"acme/Rocket-Skates","id":10},\
                "shares":[{"amount":"250.5","payout":"01000000-0000-7000-8000-000000000009",\
                "recipient":{"id":2,"login":"alice"},"state":"ordered","units":"250500000"}],\
                "source":{"id":30,"kind":"issue","url":"https://github.com/acme/x/issues/3"},\
                "sponsor":{"id":20,"login":"Wile-E"},"state":"active","units":"250500000",\
                "updated_at":"2026-11-21T09:30:02.000Z","version":2,"wallet":"solana:chain:address"}
                """)
    }

    @Test func anIDIsReadInEitherCase() async throws {
        let fixture = APIFixture([.sample(0xAB)])
        for id in [UUID.numbered(0xAB).uuidString, UUID.numbered(0xAB).wireText] {
            #expect(try await fixture.object("/v1/bounties/\(id)")["id"] as? String == UUID.numbered(0xAB).wireText)
        }
    }

    @Test(arguments: [
        UUID.numbered(8).wireText, "7", "not-an-id", "01000000-0000-7000-8000-00000000000", "%00", "null",
        "01000000-0000-7000-8000-000000000007x", "%7B01000000-0000-7000-8000-000000000007%7D",
    ])
    func whereThereIsNoneTheAnswerIs404(id: String) async throws {
        let answer = try await APIFixture([.sample(7)]).answer("/v1/bounties/\(id)")
        #expect(answer.status == .notFound)
        #expect(try answer.object["type"] as? String == "https://bursar.example/problems/not-found")
    }

    // MARK: - Lists

    @Test func anEmptyListIsAList() async throws {
        let answer = try await APIFixture().answer("/v1/bounties")
        #expect(answer.status == .ok)
        #expect(String(buffer: answer.body) == #"{"bounties":[],"next_cursor":null}"#)
    }

    @Test func theNewestComesFirst() async throws {
        #expect(try await APIFixture([2, 5, 1, 4, 3].map { .sample($0) }).page("").numbers == [5, 4, 3, 2, 1])
    }

    @Test func aBountyInAListIsTheBountyAlone() async throws {
        let fixture = APIFixture([.sample(1)])
        let list = String(buffer: try await fixture.answer("/v1/bounties").body)
        let one = String(buffer: try await fixture.answer("/v1/bounties/\(UUID.numbered(1).wireText)").body)
        #expect(list == #"{"bounties":[\#(one)],"next_cursor":null}"#)
    }

    @Test func aPageHas50UnlessItIsSaidOtherwise() async throws {
        let fixture = APIFixture((1...120).map { .sample($0) })
        #expect(try await fixture.page("").numbers == (71...120).reversed())
        #expect(try await fixture.page("limit=100").numbers == (21...120).reversed())
        #expect(try await fixture.page("limit=1").numbers == [120])
        #expect(try await fixture.page("limit=").numbers.count == 50)
    }

    @Test(arguments: [1, 7, 50, 99, 100])
    func pagesTogetherAreEverythingOnce(limit: Int) async throws {
        let fixture = APIFixture((1...250).map { .sample($0) })
        var numbers: [Int] = []
        var cursor: String?
        repeat {
            let page = try await fixture.page("limit=\(limit)" + (cursor.map { "&cursor=\($0)" } ?? ""))
            #expect(page.numbers.count <= limit)
            numbers += page.numbers
            cursor = page.next
        } while cursor != nil
        #expect(numbers == (1...250).reversed())
    }

    @Test func theLastPageHasNoCursorEvenIfItIsFull() async throws {
        let fixture = APIFixture((1...4).map { .sample($0) })
        let first = try await fixture.page("limit=2")
        let last = try await fixture.page("limit=2&cursor=\(try #require(first.next))")
        #expect(last.numbers == [2, 1])
        #expect(last.next == nil)
    }

    @Test func newBountiesDoNotShiftThePagesOfWhoIsReading() async throws {
        let fixture = APIFixture((1...40).map { .sample($0 * 10) })
        var numbers: [Int] = []
        var cursor: String?
        var next = 401
        repeat {
            let page = try await fixture.page("limit=3" + (cursor.map { "&cursor=\($0)" } ?? ""))
            numbers += page.numbers
            cursor = page.next
            // New ones at the top, and changes of those that were read and of those that were not.
            fixture.add([
                .sample(next), .sample(400, version: next, state: .cancelled),
                .sample(10, version: next, state: .cancelled),
            ])
            next += 1
        } while cursor != nil
        #expect(numbers == (1...40).map { $0 * 10 }.reversed())
    }

    @Test func aCursorGoesOnWhereItsBountyWasWithAnotherFilter() async throws {
        let fixture = APIFixture((1...6).map { .sample($0, denomination: $0 % 2 == 0 ? "ETH" : "USDC") })
        let first = try await fixture.page("limit=1&denomination=ETH")
        #expect(first.numbers == [6])
        #expect(try await fixture.page("cursor=\(try #require(first.next))").numbers == [5, 4, 3, 2, 1])
    }

    @Test func readersSeeWholeSnapshotsWhileEventsArrive() async throws {
        let fixture = APIFixture((1...50).map { .sample($0) })
        let isDone = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    while !isDone.isSet {
                        let page = try await fixture.page("limit=100")
                        #expect(page.numbers == page.numbers.sorted(by: >))
                        #expect(page.numbers.count >= 50)
                    }
                }
            }
            for number in 51...90 {
                fixture.add([.sample(number)])
                await Task.yield()
            }
            isDone.set()
            try await group.waitForAll()
        }
        #expect(try await fixture.page("limit=100").numbers == (1...90).reversed())
    }

    // MARK: - Filters

    static let several = [
        BountyRecord.sample(1),
        .sample(2, state: .cancelled, denomination: "ETH"),
        .sample(3, repository: .init(id: 11, fullName: "acme/anvil"), title: "Drop it & run"),
        .sample(4, sponsor: .init(id: 21, login: "road-runner")),
        .sample(5, denomination: "UATOM", title: "\u{C4}pfel 100% faul"),
    ]

    @Test(
        arguments: [
            ("repository=acme/anvil", [3]), ("repository=ACME%2Frocket-skates", [5, 4, 2, 1]), ("repository=11", [3]),
            ("repository=anvil", []), ("state=cancelled", [2]), ("state=active", []), ("denomination=eth", [2]),
            ("denomination=uatom", [5]), ("denomination=DOGE", []), ("sponsor=Road-Runner", [4]), ("sponsor=21", [4]),
            ("sponsor=2", []), ("q=drop+it", [3]), ("q=drop%20it", [3]), ("q=IT+%26", [3]), ("q=%C3%A4PFEL", [5]),
            ("q=100%25", [5]), ("q=runner", [4]), ("q=rocket", [5, 4, 2, 1]), ("q=nothing", []),
            ("q=", [5, 4, 3, 2, 1]),
            ("state=proposed&sponsor=wile-e&repository=10&denomination=usdc&q=brakes", [1]),
            ("state=proposed&sponsor=wile-e&limit=2", [5, 3]),
        ] as [(String, [Int])])
    func aListIsNarrowedBy(query: String, numbers: [Int]) async throws {
        #expect(try await APIFixture(Self.several).page(query).numbers == numbers)
    }

    @Test(arguments: BountyRecord.State.allCases)
    func everyStateIsAFilter(state: BountyRecord.State) async throws {
        let all = BountyRecord.State.allCases.enumerated().map { BountyRecord.sample($0.offset, state: $0.element) }
        let expected = try #require(BountyRecord.State.allCases.firstIndex(of: state))
        #expect(try await APIFixture(all).page("state=\(state.rawValue)").numbers == [expected])
    }

    @Test func aFilterGoesWithEveryPage() async throws {
        let fixture = APIFixture((1...20).map { .sample($0, denomination: $0 % 3 == 0 ? "ETH" : "USDC") })
        let first = try await fixture.page("denomination=eth&limit=4")
        let second = try await fixture.page("denomination=eth&limit=4&cursor=\(try #require(first.next))")
        #expect(first.numbers + second.numbers == [18, 15, 12, 9, 6, 3])
        #expect(second.next == nil)
    }

    // MARK: - What is refused

    @Test(
        arguments: [
            ("sort=newest", "sort"), ("State=active", "State"), ("=1", ""), ("limit=5&x", "x"),
            ("state=active&state=active", "state"), ("limit=1&limit=2", "limit"), ("cursor=&cursor=", "cursor"),
            ("limit=0", "limit"), ("limit=101", "limit"), ("limit=-1", "limit"), ("limit=%2B5", "limit"),
            ("limit=1.0", "limit"), ("limit=ten", "limit"), ("limit=99999999999999999999", "limit"),
            ("state=Active", "state"), ("state=open", "state"), ("cursor=x", "cursor"),
            ("cursor=AQAAAAAAcACAAAAAAAAAA", "cursor"), ("cursor=AQAAAAAAcACAAAAAAAAAAAA", "cursor"),
            ("cursor=AQAAAAAAcACAAAAAAAA%3D%3D", "cursor"), ("cursor=AQAAAAAAcACAAAAAAAAA%2B!", "cursor"),
            ("cursor=01000000-0000-7000-8000-000000000007", "cursor"), ("q=%FF", "q"), ("q=%2", "q"),
        ])
    func aBadParameterIsNamed(query: String, name: String) async throws {
        let answer = try await APIFixture(Self.several).answer("/v1/bounties?\(query)")
        #expect(answer.status == .badRequest)
        #expect(answer.headers[.contentType] == "application/problem+json")
        let problem = try answer.object
        #expect(problem["type"] as? String == "https://bursar.example/problems/invalid-parameter")
        let errors = try #require(problem["errors"] as? [[String: String]])
        #expect(errors.map { $0["pointer"] } == ["?\(name)"])
        #expect(errors.first?["detail"]?.hasPrefix("must be ") == true)
    }

    /// RFC 9457, and API.md, "Problem".
    @Test func aProblemIsAsDocumented() async throws {
        let answer = try await APIFixture().answer("/v1/bounties?limit=0")
        let problem = try answer.object
        #expect(Set(problem.keys) == ["type", "title", "status", "detail", "instance", "request_id", "errors"])
        #expect(problem["status"] as? Int == 400)
        #expect(problem["title"] as? String == "Invalid query parameter")
        #expect(problem["instance"] as? String == "/v1/bounties")
        #expect(problem["detail"] as? String == "the query parameter limit must be a whole number from 1 to 100")
        #expect(problem["request_id"] as? String == answer.headers[try #require(.init("X-Request-Id"))])
    }

    // MARK: - Methods

    @Test(arguments: ["/v1/bounties", "/v1/bounties?limit=1", "/v1/bounties/01000000-0000-7000-8000-000000000001"])
    func headIsGetWithoutABody(uri: String) async throws {
        let fixture = APIFixture([.sample(1)])
        let head = try await fixture.answer(uri, method: .head)
        let get = try await fixture.answer(uri)
        #expect(head.status == .ok)
        #expect(head.body.readableBytes == 0)
        #expect(head.headers[.contentLength] == String(get.body.readableBytes))
        #expect(head.headers[.contentType] == get.headers[.contentType])
    }

    @Test func headOfWhatIsNotThereIs404WithoutABody() async throws {
        let answer = try await APIFixture().answer("/v1/bounties/\(UUID.numbered(1).wireText)", method: .head)
        #expect(answer.status == .notFound)
        #expect(answer.body.readableBytes == 0)
    }

    @Test(
        arguments: ["/v1/bounties", "/v1/bounties/01000000-0000-7000-8000-000000000001", "/v1/denominations"],
        [HTTPRequest.Method.post, .put, .patch, .delete, .options, .trace])
    func onlyReadingIsAllowed(uri: String, method: HTTPRequest.Method) async throws {
        let answer = try await APIFixture([.sample(1)]).answer(uri, method: method)
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == "GET, HEAD")
        #expect(try answer.object["type"] as? String == "https://bursar.example/problems/method-not-allowed")
    }

    @Test(arguments: ["/", "/v1", "/v2/bounties", "/v1/bounties/a/b", "/v1/Bounties", "/bounties"])
    func otherPathsAre404(uri: String) async throws {
        #expect(try await APIFixture([.sample(1)]).answer(uri).status == .notFound)
    }
}
