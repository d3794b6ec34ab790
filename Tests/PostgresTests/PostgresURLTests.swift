import Postgres
import Testing

@Suite struct PostgresURLTests {
    @Test func partsAreRead() throws {
        let url = try PostgresURL("postgres://al%40ice:p%3A%2Fss@db.example:6543/shop?sslmode=require")
        #expect(url.host == "db.example")
        #expect(url.port == "6543")
        #expect(url.user == "al@ice")
        #expect(url.password == "p:/ss")
        #expect(url.database == "shop")
    }

    @Test(arguments: [
        "", "shop", "postgres://a:sec%ret@h/d", "postgres://h:99999/d", "postgres://h:0/d", "postgres://h:sec/d",
        "http://h/d?x=sec",
        "postgres://h/d?nonsense=sec", "postgres://[::1/d",
    ])
    func malformedOnesAreRefusedWithoutBeingQuoted(text: String) {
        let error = #expect(throws: PostgresError.self) { try PostgresURL(text) }
        #expect(error?.code == .malformedURL)
        #expect(error.map { "\($0)" }?.contains("sec") == false)
    }

    @Test(arguments: [
        "postgres://alice:secret@127.0.0.1:5433/shop", "postgres://u:p%20%25w@h/d?application_name=x&sslmode=disable",
        "postgres://a:b@h1:1,h2:2/d", "host=/tmp user=x dbname='d b' password='s p'", "postgres:///d?password=p",
        "postgres://[::1]:5/d",
    ])
    func theSecretTextIsTheSameURLAgain(text: String) throws {
        let url = try PostgresURL(text)
        #expect(try PostgresURL(url.secretText) == url)
    }

    @Test func printingShowsNoPassword() throws {
        let url = try PostgresURL("postgres://alice:secret@h:5433/shop?sslpassword=secret")
        #expect(url.description == "postgres://alice:***@h:5433/shop?sslpassword=***")
        var dumped = ""
        dump(url, to: &dumped)
        #expect(!"\(url) \(String(reflecting: url)) \(dumped)".contains("secret"))
    }

    @Test func anotherDatabaseAndUserAreDerived() throws {
        let url = try PostgresURL("postgres://admin:secret@h:5433/shop?sslmode=require")
        let derived = url.with(database: "shop_bounty", user: "shop_bounty", password: "other")
        #expect(derived.secretText == "postgres://shop_bounty:other@h:5433/shop_bounty?sslmode=require")
        #expect(url.with(database: "x").user == "admin")
    }
}
