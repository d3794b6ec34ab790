import Events
import Foundation
import JobProtocol
import Testing
import Wire

struct JobRecordTests {
    private func changed(_ isChanged: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(isChanged, sourceLocation: sourceLocation)
    }

    private func unchanged(_ isChanged: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(!isChanged, sourceLocation: sourceLocation)
    }

    private static func record() -> JobRecord {
        let now = Date.now.roundedToMilliseconds
        return JobRecord(
            id: .version7(), kind: .batch, precision: 34, rounding: "half-even", quantiles: [], createdAt: now,
            expiresAt: now.addingTimeInterval(3_600))
    }

    @Test func aJobIsDoneOnceEveryPartIs() {
        var record = Self.record()
        #expect(record.state == .uploading)
        changed(record.begin(at: .now))
        unchanged(record.begin(at: .now))
        changed(record.finish(part: 1, bytes: 10))
        unchanged(record.finish(part: 1, bytes: 10))
        unchanged(record.complete())
        changed(record.commit(parts: 2))
        unchanged(record.commit(parts: 3))
        #expect(record.state == .running)
        #expect(!record.isComplete)
        unchanged(record.complete())
        changed(record.finish(part: 0, bytes: 5))
        #expect(record.isComplete)
        changed(record.complete())
        #expect(record.state == .done)
        #expect(record.resultBytes == 15)
    }

    @Test(arguments: [JobRecord.State.done, .failed, .cancelled])
    func whatHasEndedStays(_ end: JobRecord.State) {
        var record = Self.record()
        _ = record.commit(parts: 1)
        switch end {
        case .failed: changed(record.fail(.init(code: "x", detail: "y")))
        case .cancelled: changed(record.cancel())
        default:
            changed(record.finish(part: 0, bytes: 1))
            changed(record.complete())
        }
        let ended = record
        unchanged(record.begin(at: .now))
        unchanged(record.finish(part: 0, bytes: 1))
        unchanged(record.complete())
        unchanged(record.cancel())
        unchanged(record.fail(.init(code: "x", detail: "z")))
        #expect(record == ended)
        #expect(record.state == end)
    }

    @Test func resultsThatAreTooLargeFailTheJob() {
        var record = Self.record()
        _ = record.commit(parts: 2)
        changed(record.finish(part: 0, bytes: JobLimits.resultBytes))
        changed(record.finish(part: 1, bytes: 1))
        #expect(record.state == .failed)
        #expect(record.failure?.code == "result-too-large")
    }

    @Test func aRecordIsTheSameAfterItsJSON() throws {
        var record = Self.record()
        _ = record.begin(at: Date.now.roundedToMilliseconds)
        for part in [0, 7, 8, JobLimits.parts - 1] { _ = record.finish(part: part, bytes: 3) }
        let read = try JSONDecoder.wire().decode(JobRecord.self, from: JSONEncoder.wire().encode(record))
        #expect(read == record)
        #expect(read.done.count == 4)
        #expect(read.done.contains(8))
        #expect(!read.done.contains(9))
    }

    @Test func aPartIsTheSameAfterItsBytes() throws {
        let parts = [
            JobPart(
                number: 3, place: .init(after: 100, isUpload: true),
                call: .summarize(try Summarize.Request(form: .part, values: ["1"]))),
            JobPart(
                number: 0, place: .init(after: 0, isUpload: false),
                call: .batch(try Batch.Request(expressions: ["1 + 1"]))),
        ]
        for part in parts { #expect(try JobPart(payload: part.encoded.span.bytes) == part) }
        #expect(throws: PayloadError.self) { try JobPart(payload: [UInt8](repeating: 0xFF, count: 20).span.bytes) }
    }

    @Test(arguments: [
        "jobs", "jobs.x.1", "jobs.01a1fce9-a064-719a-9a44-7160c28a0d30.-1",
        "jobs.01a1fce9-a064-719a-9a44-7160c28a0d30.4096", "jobs.01a1fce9-a064-719a-9a44-7160c28a0d30.x",
    ])
    func aSubjectOfNothingIsNothing(_ subject: String) { #expect(JobNames.Message(subject: subject) == nil) }
}
