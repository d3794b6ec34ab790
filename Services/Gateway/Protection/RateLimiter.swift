import Synchronization

/// The limits of all clients, in memory: for each client and class one number, in tables that never grow beyond their bound.
///
/// Replicas count for themselves: behind a balancer a client has the quota at each of them.
final class RateLimiter: Sendable {
    /// Tables, so that requests rarely wait for each other: more than there are cores.
    static let shardCount = 32
    /// Entries of one table: 250,000 clients in all, some 8 MB.
    static let shardCapacity = 8_192
    /// How long a full table is not searched again for clients that are even: a second, in nanoseconds.
    private static let sweepInterval: UInt64 = 1_000_000_000

    private struct Table {
        var even: [UInt64: UInt64] = [:]
        /// Of all clients for whom there is no place: they share one quota.
        var overflow: UInt64 = 0
        var nextSweep: UInt64 = 0
    }

    private final class Shard: Sendable {
        let table = Mutex(Table())
    }

    private let limits: [RateLimit?]
    private let shards = (0..<shardCount).map { _ in Shard() }

    /// - Parameter quotas: Requests a minute of each class; a class that is missing or 0 has no limit.
    init(quotas: [RequestClass: Int]) {
        limits = RequestClass.allCases.map { kind in
            quotas[kind].flatMap { $0 > 0 ? RateLimit(quota: $0) : nil }
        }
    }

    func limit(of kind: RequestClass) -> RateLimit? { limits[kind.index] }

    /// Nil where the class has no limit.
    func admit(_ client: ClientKey, _ kind: RequestClass, now: UInt64) -> RateLimit.Decision? {
        guard let limit = limits[kind.index] else { return nil }
        let key = client.key(of: kind)
        return shards[Int(truncatingIfNeeded: key % UInt64(Self.shardCount))].table.withLock { table in
            if var even = table.even[key] {
                defer { table.even[key] = even }
                return limit.admit(&even, now: now)
            }
            if table.even.count >= Self.shardCapacity, table.nextSweep <= now {
                table.nextSweep = now + Self.sweepInterval
                table.even = table.even.filter { $0.value > now }
            }
            guard table.even.count < Self.shardCapacity else { return limit.admit(&table.overflow, now: now) }
            var even: UInt64 = 0
            defer { table.even[key] = even }
            return limit.admit(&even, now: now)
        }
    }
}
