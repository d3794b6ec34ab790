import Events
import FoundationEssentials
import Testing

struct UUIDWireTextTests {
    @Test func itIsWhatFoundationWritesInLowerCase() {
        for _ in 0..<1000 {
            let id = UUID()
            #expect(id.wireText == id.uuidString.lowercased())
            #expect(UUID(wireText: id.wireText) == id)
            #expect(UUID(wireText: id.uuidString) == id)
        }
    }

    @Test(arguments: [
        "", "01a1fce9a064719a9a447160c28a0d30", "01a1fce9-a064-719a-9a44-7160c28a0d3",
        "01a1fce9-a064-719a-9a44-7160c28a0d300",
        "01a1fce9-a064-719a-9a44-7160c28a0d3g", "01a1fce9-a064-719a-9a447-160c28a0d30",
        " 1a1fce9-a064-719a-9a44-7160c28a0d30",
        "+1a1fce9-a064-719a-9a44-7160c28a0d30", "{1a1fce9-a064-719a-9a44-7160c28a0d3}",
        "01a1fce9-a064-719a-9a44-7160c28a0d\u{E9}",
    ])
    func nothingElseIsAnID(text: String) {
        #expect(UUID(wireText: text) == nil)
    }

    @Test func aPartOfATextIsRead() {
        let id = UUID()
        #expect(UUID(wireText: "bounty-\(id.wireText)".dropFirst(7)) == id)
    }
}
