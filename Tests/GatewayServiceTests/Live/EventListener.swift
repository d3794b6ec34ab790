import Events
import Foundation
import HTTP
import NIOCore
import NIOPosix
import Synchronization
import TestSupport
import Testing

/// A client of `GET /v1/events`, as a browser is one: it collects what it is told.
final class EventListener: Sendable {
    struct Event: Equatable {
        var id: UInt64?
        var type = "message"
        var data = ""
    }

    private struct State {
        var text = ""
        var isClosed = false
        var continuation: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Everything that came, as it came.
    var text: String { state.withLock { $0.text } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// What a browser would dispatch.
    var events: [Event] {
        var events: [Event] = []
        var event = Event()
        var hasData = false
        for line in text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("id: ") { event.id = UInt64(line.dropFirst(4)) }
            if line.hasPrefix("event: ") { event.type = String(line.dropFirst(7)) }
            if line.hasPrefix("data: ") { (event.data, hasData) = (String(line.dropFirst(6)), true) }
            guard line.isEmpty, hasData else { continue }
            events.append(event)
            (event, hasData) = (Event(), false)
        }
        return events
    }

    /// The last id that was told, with an event or without.
    var lastID: UInt64? {
        text.split(separator: "\n").last { $0.hasPrefix("id: ") }.flatMap { UInt64($0.dropFirst(4)) }
    }

    private func add(_ more: String) { state.withLock { $0.text += more } }
    private func close() { state.withLock { $0.isClosed = true } }

    /// Listens while the operation runs.
    static func with<Result: Sendable>(
        _ address: HTTPAddress, _ query: String = "", headers: [String] = [],
        _ operation: @escaping @Sendable (EventListener) async throws -> Result
    ) async throws -> Result {
        let listener = EventListener()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            let lines = ["GET /v1/events\(query) HTTP/1.1", "Host: test"] + headers + ["", ""]
            try await outbound.write(ByteBuffer(string: lines.joined(separator: "\r\n")))
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { listener.close() }
                    for try await part in inbound { listener.add(String(buffer: part)) }
                }
                defer { group.cancelAll() }
                try await poll { listener.text.contains("\r\n\r\n") || listener.isClosed }
                return try await operation(listener)
            }
        }
    }
}
