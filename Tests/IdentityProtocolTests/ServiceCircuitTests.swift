import Testing

@testable import IdentityProtocol

struct ServiceCircuitTests {
    private let start = ContinuousClock.now

    private func fail(_ circuit: ServiceCircuit, times: Int, at time: ContinuousClock.Instant) {
        for _ in 0..<times where circuit.begin(now: time) { circuit.end(.silent, now: time) }
    }

    @Test func someSilentCallsInARowOpenItAndOneTriesAfterThePause() {
        let circuit = ServiceCircuit()
        fail(circuit, times: ServiceCircuit.failures, at: start)
        #expect(!circuit.begin(now: start))
        let later = start + ServiceCircuit.pause
        #expect(circuit.begin(now: later))
        #expect(!circuit.begin(now: later))
        circuit.end(.answered, now: later)
        #expect(circuit.begin(now: later))
        #expect(circuit.begin(now: later))
    }

    @Test func aTryThatFailsKeepsItOpen() {
        let circuit = ServiceCircuit()
        fail(circuit, times: ServiceCircuit.failures, at: start)
        let later = start + ServiceCircuit.pause
        fail(circuit, times: 1, at: later)
        #expect(!circuit.begin(now: later))
        #expect(circuit.begin(now: later + ServiceCircuit.pause))
    }

    @Test func anAnswerInBetweenKeepsItClosed() {
        let circuit = ServiceCircuit()
        for _ in 1...10 {
            fail(circuit, times: ServiceCircuit.failures - 1, at: start)
            #expect(circuit.begin(now: start))
            circuit.end(.answered, now: start)
        }
        #expect(circuit.begin(now: start))
    }

    @Test func onlySoManyWaitAtATime() {
        let circuit = ServiceCircuit()
        for _ in 0..<ServiceCircuit.maximumCalls { #expect(circuit.begin(now: start)) }
        #expect(!circuit.begin(now: start))
        circuit.end(.unknown, now: start)
        #expect(circuit.begin(now: start))
    }
}
