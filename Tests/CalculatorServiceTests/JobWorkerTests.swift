import CalculatorService
import Events
import Foundation
import JetStream
import JobProtocol
import NIOCore
import ServiceLifecycle
import ServiceRuntime
import TestSupport
import Testing
import Wire

/// What workers make of the parts of a job, in whatever order and however often they come.
struct JobWorkerTests {
    private struct Broker: Sendable {
        let server: TestNATS
        let client: NATSClient
        let jobs: JobStore

        func withWorker(_ body: () async throws -> Void) async throws {
            let configuration = try CalculatorConfiguration(
                Settings(environment: ["CALCULATOR_RPC_PORT": "0", "NATS_URL": server.url]))
            let service = try CalculatorServer.service(configuration)
            let group = ServiceGroup(services: service.services, logger: .quiet)
            let running = Task { try await group.run() }
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
            await group.triggerGracefulShutdown()
            try await running.value
            try outcome.get()
        }

        func create(_ kind: JobRecord.Kind, quantiles: [String] = []) async throws -> UUID {
            let now = Date.now.roundedToMilliseconds
            let record = JobRecord(
                id: .version7(), kind: kind, precision: 34, rounding: "half-even", quantiles: quantiles, createdAt: now,
                expiresAt: now.addingTimeInterval(3_600))
            try await jobs.create(record)
            return record.id
        }

        func publish(_ call: JobPart.Call, _ number: Int, of job: UUID, after offset: Int = 0) async throws {
            let part = JobPart(number: number, place: .init(after: offset, isUpload: true), call: call)
            try await jobs.publish(JobNames.part(number, of: job), ByteBuffer(bytes: part.encoded))
        }

        func commit(_ job: UUID, parts: Int) async throws {
            try await jobs.update(job) { $0.commit(parts: parts) }
            try await jobs.publish(JobNames.finish(job))
        }

        func end(of job: UUID) async throws -> JobRecord {
            try await poll(within: .seconds(60)) { try await jobs.job(job)?.record.state.isEnd == true }
            return try #require(try await jobs.job(job)).record
        }

        /// Until nobody has anything left to do.
        func settle() async throws {
            try await poll(within: .seconds(60)) { try await client.messageCount(of: JobNames.stream) == 0 }
        }

        func summary(of job: UUID) async throws -> Summary? {
            let message = try await jobs.result(JobNames.result(of: job))
            let response = try message.withPayload { bytes throws(PayloadError) in
                try Summarize.Response(payload: bytes.bytes)
            }
            guard case .whole(let summary) = response else { return nil }
            return summary
        }
    }

    private func withBroker(_ body: @escaping @Sendable (Broker) async throws -> Void) async throws {
        try await TestNATS.withSuite { server, client in
            let jobs = try JobStore(client: client, patience: .seconds(10))
            try await body(Broker(server: server, client: client, jobs: jobs))
        }
    }

    @Test func aBatchHasTheResultsOfItsParts() async throws {
        try await withBroker { broker in
            let job = try await broker.create(.batch)
            for number in 0..<3 {
                let request = try Batch.Request(expressions: ["\(number) + 1", "1/0"])
                try await broker.publish(.batch(request), number, of: job)
            }
            try await broker.commit(job, parts: 3)
            try await broker.withWorker {
                let record = try await broker.end(of: job)
                #expect(record.state == .done)
                #expect(record.done.count == 3)
                for number in 0..<3 {
                    let message = try await broker.jobs.result(JobNames.result(number, of: job))
                    let items = try message.withPayload { bytes throws(PayloadError) in
                        try Batch.Response(payload: bytes.bytes).items
                    }
                    #expect(items.count == 2)
                    #expect(try items.first == .evaluation(Evaluation(result: "\(number + 1)")))
                }
                try await broker.settle()
            }
        }
    }

    /// Parts before the number of parts is known, twice, and after the job has ended.
    @Test(arguments: [[], ["0.5"]])
    func partsCountOnce(_ quantiles: [String]) async throws {
        try await withBroker { broker in
            try await broker.withWorker {
                let job = try await broker.create(.summarize, quantiles: quantiles)
                func publishAll() async throws {
                    for number in 0..<4 {
                        let request = try Summarize.Request(
                            form: quantiles.isEmpty ? .part : .partWithValues,
                            values: ["\(number)", "\(number + 4)"])
                        try await broker.publish(.summarize(request), number, of: job, after: number * 2)
                    }
                }
                try await publishAll()
                try await publishAll()
                try await poll(within: .seconds(60)) { try await broker.jobs.job(job)?.record.done.count == 4 }
                #expect(try await broker.jobs.job(job)?.record.state == .uploading)
                try await broker.commit(job, parts: 4)
                let record = try await broker.end(of: job)
                #expect(record.state == .done)
                try await publishAll()
                try await broker.settle()
                let summary = try #require(try await broker.summary(of: job))
                #expect(summary.count == 8)
                #expect(summary.sum == "28")
                #expect(summary.quantiles.map(\.value) == (quantiles.isEmpty ? [] : ["3.5"]))
            }
        }
    }

    @Test func whatCannotBeComputedFailsTheJobAndNamesTheValue() async throws {
        try await withBroker { broker in
            try await broker.withWorker {
                let job = try await broker.create(.summarize)
                let request = try Summarize.Request(form: .part, values: ["1", "two"])
                try await broker.publish(.summarize(request), 0, of: job, after: 100)
                try await broker.commit(job, parts: 1)
                let record = try await broker.end(of: job)
                #expect(record.state == .failed)
                #expect(record.failure?.code == "invalid-number")
                #expect(record.failure?.detail.hasPrefix("value 102: ") == true, "\(record.failure?.detail ?? "")")
                try await broker.settle()
            }
        }
    }

    /// Each of these would take a minute or more.
    private static let heavy = Array(repeating: "exp(ln(2) * ln(3)) + sqrt(exp(7))", count: 10_000)

    @Test(.timeLimit(.minutes(2))) func cancellingStopsTheWork() async throws {
        try await withBroker { broker in
            try await broker.withWorker {
                let job = try await broker.create(.batch)
                let rounding = try Rounding(precision: 10_000, rule: .halfEven)
                let request = try Batch.Request(expressions: Self.heavy, rounding: rounding)
                for number in 0..<2 { try await broker.publish(.batch(request), number, of: job) }
                try await broker.commit(job, parts: 2)
                try await poll(within: .seconds(60)) { try await broker.jobs.job(job)?.record.state == .running }
                try await broker.jobs.update(job) { $0.cancel() }
                // Both the part that was computed and the one that had not been begun.
                try await broker.settle()
                #expect(try await broker.jobs.job(job)?.record.state == .cancelled)
            }
        }
    }

    /// Stopping gives back what is being computed, at once and not after its ack wait.
    @Test(.timeLimit(.minutes(2))) func stoppingGivesTheWorkBack() async throws {
        try await withBroker { broker in
            let job = try await broker.create(.batch)
            let rounding = try Rounding(precision: 10_000, rule: .halfEven)
            try await broker.publish(
                .batch(try Batch.Request(expressions: Self.heavy, rounding: rounding)), 0, of: job)
            try await broker.commit(job, parts: 1)
            try await broker.withWorker {
                try await poll(within: .seconds(60)) { try await broker.jobs.job(job)?.record.state == .running }
            }
            let progress = try await broker.client.progress(of: JobNames.consumer, in: JobNames.stream)
            #expect(progress.num_ack_pending <= 1)
            #expect(try await broker.client.messageCount(of: JobNames.stream) >= 1)
            #expect(try await broker.jobs.job(job)?.record.state == .running)
        }
    }

    @Test func aPartThatIsHandedOutTooOftenFailsTheJob() async throws {
        try await withBroker { broker in
            let job = try await broker.create(.batch)
            try await broker.publish(.batch(try Batch.Request(expressions: ["1"])), 0, of: job)
            try await broker.commit(job, parts: 1)
            let consumer = try PullConsumer(client: broker.client, stream: JobNames.stream, durable: JobNames.consumer)
            var finish: JetStreamMessage?
            var naks: UInt64 = 0
            while naks < JobLimits.deliveries {
                for message in await consumer.next(FetchLimits(messages: 1)) ?? [] {
                    if message.subject == JobNames.finish(job) {
                        finish = message
                    } else {
                        try await message.nak()
                        naks += 1
                    }
                }
            }
            try await finish?.ack()
            try await broker.withWorker {
                let record = try await broker.end(of: job)
                #expect(record.state == .failed)
                #expect(record.failure?.code == "part-failed")
                try await broker.settle()
            }
        }
    }
}
