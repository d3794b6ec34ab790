import NIOCore

/// The base doubled n times, up to the maximum.
func doubled(_ base: TimeAmount, _ maximum: TimeAmount, _ times: Int) -> TimeAmount {
    // 2^30 times any sensible base is past any sensible maximum, and does not overflow.
    min(maximum, base * (1 << min(times, 30)))
}

/// The same with equal jitter: half of it is fixed and half random, so that peers do not come back all at once, and
/// none comes back at once.
func backoff(
    _ base: TimeAmount, _ maximum: TimeAmount, _ times: Int, using generator: inout some RandomNumberGenerator
) -> TimeAmount {
    let ceiling = doubled(base, maximum, times).nanoseconds
    return .nanoseconds(ceiling / 2 + Int64.random(in: 0...ceiling / 2, using: &generator))
}

/// A generator that is fast and good enough to choose endpoints by. Vigna's SplitMix64,
/// <https://prng.di.unimi.it/splitmix64.c>. Not for secrets.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
