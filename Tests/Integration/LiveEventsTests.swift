import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import TestSupport
import Testing

/// `GET /v1/events` of the executable, which dies under its clients.
struct LiveEventsTests {
    /// The ids that a client was told, over all of its connections.
    private final class Told: Sendable {
        private let state = Mutex<(ids: [UInt64], rest: String)>(([], ""))

        var ids: [UInt64] { state.withLock { $0.ids } }

        func add(_ text: String) {
            state.withLock { state in
                state.rest += text
                while let end = state.rest.firstRange(of: "\n\n") {
                    let block = state.rest[..<end.lowerBound]
                    if block.contains("\ndata: "), let line = block.split(separator: "\n").first,
                        let id = UInt64(line.dropFirst(4))
                    {
                        state.ids.append(id)
                    }
                    state.rest.removeSubrange(..<end.upperBound)
                }
            }
        }

        /// What was cut off comes again.
        func startAgain() { state.withLock { $0.rest = "" } }
    }

    /// Listens until the connection ends or the task is cancelled, from where the client is.
    private static func listen(_ gateway: String, _ told: Told) async throws {
        told.startAgain()
        var request = HTTPClientRequest(url: gateway + "/v1/events")
        request.headers.add(name: "Last-Event-ID", value: String(told.ids.last ?? 0))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        #expect(response.status == .ok)
        for try await part in response.body { told.add(String(buffer: part)) }
    }

    private static func propose(_ numbers: ClosedRange<Int64>, _ suite: RunningSuite) async throws {
        for number in numbers {
            let payload = CommentPayload(commentID: 6_000_000_000 + number)
            try await expectEqual(suite.send(.init(body: payload.body)).status, 202)
        }
    }

    @Test(.timeLimit(.minutes(5))) func whoComesBackAfterEveryCrashMissesNothingAndIsToldNothingTwice() async throws {
        let told = Told()
        try await SuiteDirectory.with { directory in
            for round in 1...3 as ClosedRange<Int64> {
                try await RunningSuite.with(directory) { suite in
                    let gateway = suite.gateway
                    let listening = Task { try? await Self.listen(gateway, told) }
                    try await Self.propose((round * 10 - 9)...(round * 10), suite)
                    // In the last round everything comes; before, the process dies whatever is on its way.
                    let wanted = round == 3 ? 30 : Int(round) * 10 - 5
                    try await poll(within: .seconds(120)) { told.ids.count >= wanted }
                    if round < 3 { await suite.kill() }
                    listening.cancel()
                    await listening.value
                }
            }
        }
        #expect(told.ids == Array(1...30))
    }
}
