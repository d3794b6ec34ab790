import Events
import Testing

struct TraceparentTests {
    static let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test(arguments: [
        text, "00-00000000000000000000000000000001-0000000000000001-00",
        "00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0a",
    ])
    func aValidOneIsReadAndWritten(text: String) throws {
        #expect(try #require(Traceparent(text)).description == text)
    }

    @Test func itsPartsAreNamed() throws {
        let trace = try #require(Traceparent(Self.text))
        #expect(trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(trace.parentID == "00f067aa0ba902b7")
        #expect(trace.flags == 1)
    }

    @Test(
        arguments: [
            ("empty", ""), ("no parts", "00"), ("three parts", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7"),
            ("five parts", "\(text)-00"), ("trailing dash", "\(text)-"), ("leading space", " \(text)"),
            ("trailing line end", "\(text)\n"),
            ("version ff", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            ("version 01", "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            ("version of one digit", "0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            ("trace id of zeros", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"),
            ("parent id of zeros", "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"),
            ("short trace id", "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01"),
            ("long trace id", "00-4bf92f3577b34da6a3ce929d0e0e47361-00f067aa0ba902b7-01"),
            ("short parent id", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b-01"),
            ("long parent id", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b71-01"),
            ("upper case", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"),
            ("no hexadecimal digit", "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01"),
            ("other digits", "00-\u{0664}bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01"),
            ("one flag digit", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1"),
            ("three flag digits", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-001"),
            ("signed flags", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-+1"),
            ("upper-case flags", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0A"),
        ] as [(String, String)])
    func anInvalidOneIsNone(fault: String, text: String) {
        #expect(Traceparent(text) == nil, "\(fault)")
    }

    @Test func aChildKeepsTheTraceAndItsFlags() throws {
        let trace = try #require(Traceparent(Self.text))
        let child = trace.child()
        #expect(child.traceID == trace.traceID)
        #expect(child.flags == trace.flags)
        #expect(child.parentID != trace.parentID)
        #expect(Traceparent(child.description) == child)
    }

    @Test func randomOnesAreValidAndDiffer() {
        let traces = (0..<1000).map { _ in Traceparent.random() }
        #expect(traces.allSatisfy { Traceparent($0.description) == $0 && $0.flags == 0 })
        #expect(Set(traces.map(\.traceID)).count == traces.count)
        #expect(Set(traces.map(\.parentID)).count == traces.count)
    }
}
