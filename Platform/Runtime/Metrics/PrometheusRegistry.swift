package import CoreMetrics
import Synchronization

/// A swift-metrics backend that keeps its values in memory and renders them for a scrape.
///
/// Format: Prometheus text exposition format 0.0.4. Timers are histograms in seconds, recorders with `aggregate` are
/// histograms of their own unit, the other recorders and meters are gauges.
package final class PrometheusRegistry: MetricsFactory {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    struct Key: Hashable, Comparable {
        let name: String
        let labels: String

        init(_ name: String, _ dimensions: [(String, String)]) {
            self.name = Self.valid(name, extra: ":")
            self.labels = dimensions.sorted { $0.0 < $1.0 }
                .map { "\(Self.valid($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        }

        /// By bytes: metrics are looked up at every request.
        private static func valid(_ name: String, extra: Character = "_") -> String {
            func isValid(_ byte: UInt8) -> Bool {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    true
                default: byte == extra.asciiValue
                }
            }
            func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
            let valid =
                name.utf8.allSatisfy(isValid)
                ? name : String(name.map { $0.utf8.count == 1 && $0.utf8.allSatisfy(isValid) ? $0 : "_" })
            return valid.utf8.first.map(isDigit) == false ? valid : "_" + valid
        }

        private static func escaped(_ value: String) -> String {
            guard value.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") || $0 == 10 })
            else {
                return value
            }
            return value.unicodeScalars.reduce(into: "") { text, character in
                switch character {
                case "\\": text += "\\\\"
                case "\"": text += "\\\""
                case "\n": text += "\\n"
                default: text.unicodeScalars.append(character)
                }
            }
        }

        static func < (a: Key, b: Key) -> Bool { (a.name, a.labels) < (b.name, b.labels) }
    }

    private let metrics = Mutex<[Key: any PrometheusMetric]>([:])

    package init() {}

    /// All metrics, sorted by name and labels, each name with its type once.
    package func render() -> String {
        var text = ""
        var lastName: String?
        for (key, metric) in metrics.withLock({ Array($0) }).sorted(by: { $0.key < $1.key }) {
            if key.name != lastName { text += "# TYPE \(key.name) \(metric.kind)\n" }
            lastName = key.name
            metric.render(name: key.name, labels: key.labels, into: &text)
        }
        return text
    }

    /// The metric of this name and these labels; the first use of a name decides its kind.
    private func metric<Metric: PrometheusMetric>(
        _ label: String, _ dimensions: [(String, String)], _ make: () -> Metric
    ) -> Metric {
        metrics.withLock { metrics in
            let key = Key(label, dimensions)
            if let found = metrics[key] as? Metric { return found }
            let made = make()
            // A name keeps its kind; what asks for another records into nothing that is rendered.
            if metrics[key] == nil { metrics[key] = made }
            return made
        }
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        metric(label, dimensions) { PrometheusCounter() }
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        metric(label, dimensions) { PrometheusCounter() }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        metric(label, dimensions) { PrometheusGauge() }
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate {
            metric(label, dimensions) { PrometheusHistogram(bounds: PrometheusHistogram.sizes) }
        } else {
            metric(label, dimensions) { PrometheusGauge() }
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        metric(label, dimensions) { PrometheusHistogram(bounds: PrometheusHistogram.seconds) }
    }

    // Metrics are named in code and few; they are kept until the process ends, so that counters never go back.
    package func destroyCounter(_: any CounterHandler) {}
    package func destroyFloatingPointCounter(_: any FloatingPointCounterHandler) {}
    package func destroyMeter(_: any MeterHandler) {}
    package func destroyRecorder(_: any RecorderHandler) {}
    package func destroyTimer(_: any TimerHandler) {}
}
