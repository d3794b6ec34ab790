import Events
import FoundationEssentials
import HTTPTypes
import Hummingbird
import JetStream
import JobProtocol
import NIOCore
import Wire

/// The JSON of a job, with its result where there is one: of a batch, part by part, so that no more than a part is in
/// memory.
struct JobDocument: Sendable {
    let record: JobRecord
    let jobs: JobStore
    let hasResult: Bool

    func response(_ status: HTTPResponse.Status = .ok) async throws -> Response {
        var head = try Self.encode(JobAnswer(record))
        guard hasResult, record.state == .done else { return Self.response(status, .init(byteBuffer: head)) }
        // Without its closing brace, for more members.
        head.moveWriterIndex(to: head.writerIndex - 1)
        head.writeString(",\"result\":")
        switch record.kind {
        case .summarize:
            head.writeImmutableBuffer(try await summary())
            head.writeString("}")
            return Self.response(status, .init(byteBuffer: head))
        case .batch:
            head.writeString("{\"results\":[")
            // The first part now: where it is missing there is still an answer to say so.
            let first = try await items(of: 0)
            let start = head
            return Self.response(
                status,
                .init { writer in
                    try await writer.write(start)
                    try await writer.write(first)
                    for number in 1..<max(1, record.parts ?? 0) {
                        var more = ByteBuffer(string: ",")
                        more.writeImmutableBuffer(try await items(of: number))
                        try await writer.write(more)
                    }
                    try await writer.write(ByteBuffer(string: "]}}"))
                    try await writer.finish(nil)
                })
        }
    }

    /// The results of a part as JSON, without the brackets around them.
    private func items(of number: Int) async throws -> ByteBuffer {
        let message = try await jobs.result(JobNames.result(number, of: record.id))
        let response = try message.withPayload { bytes throws(PayloadError) in try Batch.Response(payload: bytes.bytes)
        }
        var json = try Self.encode(response.items.map(BatchAnswer.Item.init))
        json.moveReaderIndex(forwardBy: 1)
        json.moveWriterIndex(to: json.writerIndex - 1)
        return json
    }

    private func summary() async throws -> ByteBuffer {
        let message = try await jobs.result(JobNames.result(of: record.id))
        let response = try message.withPayload { bytes throws(PayloadError) in
            try Summarize.Response(payload: bytes.bytes)
        }
        guard case .whole(let summary) = response else { throw PayloadError.invalid("kind of summary") }
        return try Self.encode(SummaryAnswer(summary))
    }

    static func encode(_ value: some Encodable) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONEncoder.wire().encode(value))
    }

    private static func response(_ status: HTTPResponse.Status, _ body: ResponseBody) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"], body: body)
    }
}
