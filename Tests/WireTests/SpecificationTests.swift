import Foundation
import Testing
import Wire

/// The document and the golden bytes say the same, and so does the code where the document gives numbers.
@Suite struct SpecificationTests {
    private let document: String

    init() throws {
        document = try String(contentsOf: GoldenBytes.directory.appending(path: "README.md"), encoding: .utf8)
    }

    @Test func everyExampleIsGolden() throws {
        var shown: Set<String> = []
        let fences = document.components(separatedBy: "```hex ").dropFirst()
        for fence in fences {
            let block = try #require(fence.components(separatedBy: "\n```").first)
            let name = String(try #require(block.split(separator: "\n").first))
            #expect(GoldenBytes.bytes(block.dropFirst(name.count).description) == GoldenBytes[name], "\(name)")
            shown.insert(name)
        }
        #expect(shown == Set(GoldenBytes.all.keys), "every golden example is shown")
    }

    @Test(arguments: FrameKind.allCases)
    func everyKindIsThere(kind: FrameKind) {
        #expect(document.contains("| \(kind.rawValue) | \(kind) |"))
    }

    @Test(arguments: StatusCode.allCases)
    func everyStatusIsThere(status: StatusCode) {
        #expect(document.contains("| \(status.rawValue) | `\(status.name)` |"))
    }

    @Test(arguments: RoundingRule.allCases)
    func everyRoundingIsThere(rule: RoundingRule) {
        #expect(document.contains("\(rule.rawValue) `\(rule.name)`"))
    }
}
