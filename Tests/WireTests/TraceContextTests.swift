import Testing
import Wire

@Suite struct TraceContextTests {
    @Test(arguments: [
        "", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
    ])
    func whatIsNoTraceparentIsNoTrace(text: String) { #expect(TraceContext(traceparent: text) == nil) }

    @Test func zeroIDsOnTheWireAreNoTrace() {
        #expect(TraceContext([UInt8](repeating: 0, count: TraceContext.size).span.bytes) == nil)
    }

    @Test func smallNumbersKeepTheirZeros() {
        let text = "00-00000000000000010000000000000002-0000000000000003-00"
        #expect(TraceContext(traceparent: text)?.traceparent == text)
    }
}
