import Synchronization

/// Counts of latencies in buckets of a sixteenth of a power of two, in nanoseconds: a few kilobytes however many calls.
final class LatencyHistogram: @unchecked Sendable {
    // Unchecked: the memory is made and freed here, and holds atomics.

    private static let bucketsPerDoubling = 16
    private static let size = 64 * bucketsPerDoubling
    private let counts = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: size)

    init() {
        for index in 0..<Self.size { (counts + index).initialize(to: Atomic(0)) }
    }

    deinit {
        counts.deinitialize(count: Self.size)
        counts.deallocate()
    }

    func record(_ nanoseconds: Int64) {
        counts[Self.bucket(UInt64(max(nanoseconds, 16)))].add(1, ordering: .relaxed)
    }

    var total: Int { (0..<Self.size).reduce(0) { $0 + counts[$1].load(ordering: .relaxed) } }

    /// Microseconds; the middle of the bucket.
    func percentile(_ fraction: Double) -> Double {
        let rank = Int(Double(total) * fraction)
        var seen = 0
        for index in 0..<Self.size {
            seen += counts[index].load(ordering: .relaxed)
            if seen > rank { return Self.middle(index) / 1000 }
        }
        return 0
    }

    private static func bucket(_ value: UInt64) -> Int {
        let exponent = 63 - value.leadingZeroBitCount
        let mantissa = (value >> UInt64(exponent - 4)) & 15
        return exponent * bucketsPerDoubling + Int(mantissa)
    }

    private static func middle(_ bucket: Int) -> Double {
        let (exponent, mantissa) = (bucket / bucketsPerDoubling, bucket % bucketsPerDoubling)
        return Double(UInt64(1) << UInt64(exponent)) * (1 + (Double(mantissa) + 0.5) / 16)
    }
}
