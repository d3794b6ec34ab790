import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import GatewayService

struct AssetsTests {
    @Test(arguments: Assets.compiledIn.names) func everyAssetIsServedUnderItsVersionForGood(name: String) async throws {
        let fixture = try PagesFixture()
        let answer = try await fixture.answer(Assets.compiledIn.path(of: name), headers: [:])
        #expect(answer.status == .ok)
        #expect(answer.headers[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(answer.body.readableBytes > 0)
        let type = try #require(answer.headers[.contentType])
        #expect(["text/css; charset=utf-8", "text/javascript; charset=utf-8", "image/svg+xml"].contains(type))
    }

    @Test(arguments: ["/assets/bursar.css", "/assets/0000000000000000/bursar.css", "/favicon.ico"])
    func anAddressThatMayChangeIsAskedAnew(path: String) async throws {
        let fixture = try PagesFixture()
        let answer = try await fixture.answer(path, headers: [:])
        #expect(answer.status == .ok)
        #expect(answer.headers[.cacheControl] == "public, no-cache")
        let etag = try #require(answer.headers[.eTag])
        for known in [etag, "W/\(etag)", "\"x\", \(etag)"] {
            let again = try await fixture.answer(path, headers: [.ifNoneMatch: known])
            #expect(again.status == .notModified)
            #expect(again.body.readableBytes == 0)
            #expect(again.headers[.eTag] == etag)
        }
        #expect(try await fixture.answer(path, headers: [.ifNoneMatch: "\"x\""]).status == .ok)
    }

    @Test func theVersionIsThatOfTheContent() {
        let one = Assets(["a.js": [1], "b.js": [2]])
        #expect(one.version == Assets(["b.js": [2], "a.js": [1]]).version)
        #expect(one.version != Assets(["a.js": [1], "b.js": [3]]).version)
        #expect(one.version != Assets(["a.js": [1], "c.js": [2]]).version)
        #expect(one.path(of: "a.js") == "/assets/\(one.version)/a.js")
    }

    /// Scripts import each other within their version.
    @Test(arguments: Assets.compiledIn.names.filter { $0.hasSuffix(".js") })
    func whatAScriptImportsIsThere(name: String) async throws {
        let answer = try await PagesFixture().answer("/assets/\(name)", headers: [:])
        let lines = String(buffer: answer.body).split(separator: "\n").filter { $0.hasPrefix("import ") }
        for line in lines {
            let module = try #require(line.split(separator: "\"").dropFirst().first)
            #expect(module.hasPrefix("./"))
            #expect(Assets.compiledIn.names.contains(String(module.dropFirst(2))))
        }
    }
}
