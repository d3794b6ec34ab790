import Testing
import WireServer

/// A client that was written from the specification alone.
@Suite struct PythonClientTests {
    @Test func itsBytesAreGolden() async throws {
        let output = try await PythonProcess.run("check.py", "golden", "../golden.txt")
        #expect(output == "ok\n")
    }

    @Test func theServerAnswersIt() async throws {
        try await RunningServer.with { server in
            let output = try await PythonProcess.run("check.py", "server", "127.0.0.1", "\(server.port)")
            #expect(output == "ok\n")
            await server.log.wait { $0.running == 0 }
        }
    }
}
