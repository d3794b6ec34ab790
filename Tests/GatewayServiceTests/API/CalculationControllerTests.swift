import Foundation
import HTTP
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix
import Testing
import Wire
import WireClient
import WireTransport

@testable import GatewayService

@Suite struct CalculationControllerTests {
    /// Long before the deadline of a call: whoever asks can come back later.
    @Test func aCalculatorThatIsAwayIs503() async throws {
        try await withAddressOfNobody { nobody in
            let clients = try RPCClients(
                name: "calculator", resolver: FixedAddresses([nobody]), logger: Logger(label: "test"))
            let run = Task { try await clients.run() }
            let router = Router.standard(publicURL: "https://bursar.example")
            CalculationController(calculations: Calculations(clients: clients), maximumUploadBytes: 1 << 20).addRoutes(
                to: router.group("v1"))
            let answer = try await Application(responder: router.buildResponder()).test(.router) {
                try await $0.execute(
                    uri: "/v1/calculations/evaluate", method: .post, headers: [.contentType: "application/json"],
                    body: ByteBuffer(string: #"{"expression": "1"}"#))
            }
            run.cancel()
            _ = await run.result
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == "1")
            #expect(try answer.object["detail"] as? String == "the calculator cannot take the call now")
        }
    }

    @Test(arguments: [
        (RPCError(.invalidArgument, "division by zero", reason: "division-by-zero"), 422, "division-by-zero"),
        (RPCError(.outOfRange, "too many digits", reason: "too-many-digits"), 422, "too-many-digits"),
        (RPCError(.invalidArgument, "cannot be read"), 422, "invalid-calculation"),
        (RPCError(.deadlineExceeded, "too late"), 504, "deadline-exceeded"),
        (RPCError(.unavailable, "going away"), 503, "unavailable"),
        (RPCError(.resourceExhausted, "too many calls"), 503, "unavailable"),
    ])
    func anErrorOfTheCalculatorIsAProblem(error: RPCError, status: Int, code: String) throws {
        let problem = try #require(Calculations.problem(error) as? Problem)
        #expect(problem.status.code == status)
        #expect(problem.code == code)
    }

    @Test func whatIsOurFaultIsNoProblemOfTheirs() {
        #expect(!(Calculations.problem(RPCError(.internal, "a bug")) is Problem))
    }

    /// An address where connections are refused: bound, and not listened on.
    private func withAddressOfNobody(_ operation: (SocketAddress) async throws -> Void) async throws {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let address = try #require(channel.localAddress)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await operation(address)) } catch { outcome = .failure(error) }
        try await channel.close()
        try outcome.get()
    }
}
