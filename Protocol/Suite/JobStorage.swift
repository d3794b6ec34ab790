package import ServiceRuntime

/// How much of jobs is kept, and for how long.
package struct JobStorage: Sendable {
    package static let maximumBytes = Setting<Int>.integer(
        "jobs.maximum.bytes", "Bytes of all waiting parts of jobs, and the same again of results.",
        in: (1 << 20)...(1 << 40), default: 1 << 30)
    package static let retentionHours = Setting<Int>.integer(
        "jobs.retention.hours", "Hours that a job and its results are kept.", in: 1...720, default: 24)

    package static let settings = [maximumBytes.description, retentionHours.description]

    /// Seconds that the broker keeps everything beyond ``retention``: clocks differ.
    static let margin: Int64 = 3_600

    /// Of waiting parts, and the same again of results.
    package var bytes: Int64 = 1 << 30
    /// From the making of a job.
    package var retention = Duration.seconds(24 * 3_600)

    package init() {}

    package init(_ settings: Settings) throws(ConfigurationError) {
        bytes = Int64(try settings.require(Self.maximumBytes))
        retention = .seconds(try settings.require(Self.retentionHours) * 3_600)
    }
}
