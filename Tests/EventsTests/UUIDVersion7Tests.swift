import Events
import FoundationEssentials
import Testing

struct UUIDVersion7Tests {
    /// The time in the first 48 bits.
    static func milliseconds(_ id: UUID) -> UInt64? {
        UInt64(id.wireText.filter { $0 != "-" }.prefix(12), radix: 16)
    }

    @Test func versionAndVariantAreThoseOfTheSpecification() {
        for _ in 0..<1000 {
            let digits = Array(UUID.version7().wireText)
            #expect(digits[14] == "7")
            #expect("89ab".contains(digits[19]))
        }
    }

    /// RFC 9562, appendix A.6.
    @Test func theTimeIsThatOfTheSpecificationsExample() {
        #expect(UUID.version7(at: Date(timeIntervalSince1970: 1_645_557_742)).wireText.hasPrefix("017f22e2-79b0-7"))
    }

    @Test func idsAreOrderedByTime() {
        let start = Date(timeIntervalSince1970: 1_795_253_400)
        let ids = (0..<1000).map { UUID.version7(at: start.addingTimeInterval(Double($0) * 0.0011)) }
        #expect(ids == ids.sorted())
        #expect(ids.map(\.wireText) == ids.map(\.wireText).sorted())
    }

    @Test func idsOfOneTimeDiffer() {
        let time = Date(timeIntervalSince1970: 1_795_253_400)
        #expect(Set((0..<10_000).map { _ in UUID.version7(at: time) }).count == 10_000)
    }

    @Test(
        arguments: [
            (0, 0), (0.001, 1), (-0.5, 0), (-1e9, 0), (1_795_253_400.25, 1_795_253_400_250),
            (281_474_976_710, 281_474_976_710_000),
        ] as [(Double, UInt64)])
    func theTimeIsInMillisecondsSince1970(seconds: Double, milliseconds: UInt64) {
        #expect(Self.milliseconds(.version7(at: Date(timeIntervalSince1970: seconds))) == milliseconds)
    }

    @Test(
        arguments: [
            (-.infinity, 0), (.nan, 0), (-1e300, 0), (1e300, 0xFFFF_FFFF_FFFF), (.infinity, 0xFFFF_FFFF_FFFF),
            (281_474_976_711, 0xFFFF_FFFF_FFFF),
        ] as [(Double, UInt64)])
    func aTimeOutsideOfTheRangeIsItsEnd(seconds: Double, milliseconds: UInt64) {
        let id = UUID.version7(at: Date(timeIntervalSince1970: seconds))
        #expect(Self.milliseconds(id) == milliseconds)
        #expect(Array(id.wireText)[14] == "7")
    }

    @Test func wireTextIsLowerCase() throws {
        let id = try #require(UUID(uuidString: "01A1FC57-1BFC-73A9-9936-38AD8E7B8EF0"))
        #expect(id.wireText == "01a1fc57-1bfc-73a9-9936-38ad8e7b8ef0")
    }
}
