/// What jobs may be, wherever they are made and worked on.
package enum JobLimits {
    /// Parts of one job: more would make its record, which every part writes anew, more than a kilobyte.
    package static let parts = 4_096
    /// Times that a part is handed out before it counts as one that ends whoever works on it.
    package static let deliveries: UInt64 = 20
    /// Bytes of the results of one job.
    package static let resultBytes = 256 << 20
    /// After which a part is given to somebody else, when nobody says that it is being worked on.
    package static let ackWait = Duration.seconds(10)
    /// How often that is said, and looked whether the job still wants it.
    package static let heartbeat = Duration.seconds(2)
    /// For computing one part.
    package static let partTime = Duration.seconds(600)
    /// Parts of all jobs that may wait.
    package static let waitingParts: Int64 = 100_000
    /// Jobs that are kept, those that ended among them.
    package static let jobs: Int64 = 10_000
}
