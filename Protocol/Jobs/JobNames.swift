import Events
package import FoundationEssentials

/// Streams, subjects and keys of jobs.
package enum JobNames {
    package static let stream = "JOBS"
    package static let subjects = "jobs.>"
    /// The calculator's, on the stream.
    package static let consumer = "calculator"

    /// Records, by job.
    package static let records = "jobs"
    /// Which job an idempotency key stands for.
    package static let keys = "job-keys"
    /// Results, by job and part.
    package static let results = "job-results"

    private static let finish = "finish"
    private static let whole = "whole"

    package static func part(_ number: Int, of job: UUID) -> String { "jobs.\(job.wireText).\(number)" }
    /// Asks somebody to see whether the job is complete.
    package static func finish(_ job: UUID) -> String { "jobs.\(job.wireText).\(finish)" }

    /// What a message of the stream is about.
    package enum Message: Equatable {
        case part(UUID, Int)
        case finish(UUID)

        package init?(subject: String) {
            let tokens = subject.split(separator: ".")
            guard tokens.count == 3, let job = UUID(wireText: tokens[1]) else { return nil }
            if tokens[2] == JobNames.finish {
                self = .finish(job)
            } else if let number = Int(tokens[2]), 0..<JobLimits.parts ~= number {
                self = .part(job, number)
            } else {
                return nil
            }
        }
    }

    /// The result of a part: the calculator's answer.
    package static func result(_ number: Int, of job: UUID) -> String { "\(job.wireText).\(number)" }
    /// The result of all, where it is not just that of the parts.
    package static func result(of job: UUID) -> String { "\(job.wireText).\(whole)" }
}
