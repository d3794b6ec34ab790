import Hummingbird
import Logging
import NIOCore

/// Hummingbird and nothing else, the ceiling of what stands on it: answers every GET and POST with the same JSON text.
///
///     http-constant <port> <bytes of the answer>
@main
enum HTTPConstantBenchmark {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard arguments.count == 2 else { return print("http-constant <port> <bytes>") }
        let text = ByteBuffer(string: "\"" + String(repeating: "x", count: max(0, arguments[1] - 2)) + "\"")
        let router = Router()
        let answer: @Sendable (Request, BasicRequestContext) async throws -> Response = { request, _ in
            for try await _ in request.body {}
            return Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"], body: .init(byteBuffer: text))
        }
        router.get("**", use: answer)
        router.post("**", use: answer)
        var logger = Logger(label: "http-constant")
        logger.logLevel = .error
        try await Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: arguments[0]), backlog: 4096),
            logger: logger
        ).runService()
    }
}
