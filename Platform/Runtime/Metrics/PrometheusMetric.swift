import CoreMetrics
import Synchronization

protocol PrometheusMetric: AnyObject, Sendable {
    /// The type as the exposition format names it.
    var kind: String { get }
    func render(name: String, labels: String, into text: inout String)
}

private func sample(_ name: String, _ labels: String, _ value: Double, into text: inout String) {
    let number = value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    text += labels.isEmpty ? "\(name) \(number)\n" : "\(name){\(labels)} \(number)\n"
}

final class PrometheusCounter: PrometheusMetric, CounterHandler, FloatingPointCounterHandler {
    private let value = Mutex(0.0)
    let kind = "counter"

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { value.withLock { $0 += max(0, amount) } }
    func reset() { value.withLock { $0 = 0 } }

    func render(name: String, labels: String, into text: inout String) {
        sample(name, labels, value.withLock { $0 }, into: &text)
    }
}

final class PrometheusGauge: PrometheusMetric, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)
    let kind = "gauge"

    func set(_ new: Int64) { set(Double(new)) }
    func set(_ new: Double) { value.withLock { $0 = new } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ new: Int64) { set(new) }
    func record(_ new: Double) { set(new) }

    func render(name: String, labels: String, into text: inout String) {
        sample(name, labels, value.withLock { $0 }, into: &text)
    }
}

final class PrometheusHistogram: PrometheusMetric, TimerHandler, RecorderHandler {
    /// From half a millisecond to half a minute: what an answer or a statement may take.
    static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Powers of four: counts of rows, bytes of bodies.
    static let sizes = (0...12).map { Double(1 << (2 * $0)) }

    private struct State {
        var counts: [Int]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>
    let kind = "histogram"

    init(bounds: [Double]) {
        self.bounds = bounds
        self.state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }
    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock {
            $0.counts[bucket] += 1
            $0.sum += value
        }
    }

    func render(name: String, labels: String, into text: inout String) {
        let state = state.withLock { $0 }
        let prefix = labels.isEmpty ? "" : labels + ","
        var total = 0
        for (index, count) in state.counts.enumerated() {
            total += count
            let bound = index < bounds.count ? String(bounds[index]) : "+Inf"
            sample("\(name)_bucket", "\(prefix)le=\"\(bound)\"", Double(total), into: &text)
        }
        sample("\(name)_sum", labels, state.sum, into: &text)
        sample("\(name)_count", labels, Double(total), into: &text)
    }
}
