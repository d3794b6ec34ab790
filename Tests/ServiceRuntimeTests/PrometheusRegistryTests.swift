import CoreMetrics
import ServiceRuntime
import Testing

struct PrometheusRegistryTests {
    let registry = PrometheusRegistry()

    func lines() -> [String] { registry.render().split(separator: "\n").map(String.init) }

    @Test func nothingIsRenderedAtFirst() {
        #expect(registry.render() == "")
    }

    @Test func aCounterOnlyGrows() {
        let counter = registry.makeCounter(label: "requests_total", dimensions: [])
        #expect(lines() == ["# TYPE requests_total counter", "requests_total 0"])
        counter.increment(by: 2)
        counter.increment(by: -5)
        registry.makeFloatingPointCounter(label: "requests_total", dimensions: []).increment(by: 0.5)
        #expect(lines() == ["# TYPE requests_total counter", "requests_total 2.5"])
        registry.destroyCounter(counter)
        #expect(lines().last == "requests_total 2.5")
    }

    @Test func aGaugeGoesUpAndDown() {
        let meter = registry.makeMeter(label: "level", dimensions: [])
        meter.set(2.5)
        meter.increment(by: 4)
        meter.decrement(by: 10)
        #expect(lines() == ["# TYPE level gauge", "level -3.5"])
        registry.makeRecorder(label: "other", dimensions: [], aggregate: false).record(Int64(7))
        #expect(lines().suffix(2) == ["# TYPE other gauge", "other 7"])
    }

    @Test(
        arguments: [
            (0, "0"), (-1, "-1"), (0.1, "0.1"), (1e15, "1000000000000000.0"), (999_999_999_999_999, "999999999999999"),
            (.infinity, "inf"),
            (-.infinity, "-inf"), (.nan, "nan"),
        ] as [(Double, String)])
    func numbersAreThoseOfTheFormat(value: Double, text: String) {
        registry.makeMeter(label: "a", dimensions: []).set(value)
        #expect(lines().last == "a \(text)")
    }

    @Test func bucketsAreCumulative() throws {
        let timer = registry.makeTimer(label: "duration_seconds", dimensions: [("path", "/")])
        for nanoseconds: Int64 in [400_000, 500_000, 600_000, 20_000_000, 40_000_000_000] {
            timer.recordNanoseconds(nanoseconds)
        }
        #expect(lines().first == "# TYPE duration_seconds histogram")
        let buckets = lines().filter { $0.hasPrefix("duration_seconds_bucket") }
        try #require(buckets.count == 16)
        #expect(buckets.first == #"duration_seconds_bucket{path="/",le="0.0005"} 2"#)
        #expect(buckets[1] == #"duration_seconds_bucket{path="/",le="0.001"} 3"#)
        #expect(buckets[5] == #"duration_seconds_bucket{path="/",le="0.025"} 4"#)
        #expect(buckets[14] == #"duration_seconds_bucket{path="/",le="30.0"} 4"#)
        #expect(buckets.last == #"duration_seconds_bucket{path="/",le="+Inf"} 5"#)
        #expect(
            lines().suffix(2) == [#"duration_seconds_sum{path="/"} 40.0215"#, #"duration_seconds_count{path="/"} 5"#])
        let counts = buckets.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        #expect(counts == counts.sorted())
    }

    @Test func aRecorderIsAHistogramOfItsOwnUnit() {
        let recorder = registry.makeRecorder(label: "body_bytes", dimensions: [], aggregate: true)
        recorder.record(Int64(5))
        recorder.record(1e12)
        #expect(lines().contains(#"body_bytes_bucket{le="4.0"} 0"#))
        #expect(lines().contains(#"body_bytes_bucket{le="16.0"} 1"#))
        #expect(lines().contains(#"body_bytes_bucket{le="16777216.0"} 1"#))
        #expect(
            lines().suffix(3) == [
                #"body_bytes_bucket{le="+Inf"} 2"#, "body_bytes_sum 1000000000005", "body_bytes_count 2",
            ])
    }

    @Test func theOrderIsThatOfNamesAndLabelsAndEachNameHasOneType() {
        for (name, label) in [("b", "2"), ("a", "1"), ("b", "1"), ("c", "1")] {
            registry.makeCounter(label: name, dimensions: [("l", label)]).increment(by: 1)
        }
        #expect(
            lines() == [
                "# TYPE a counter", #"a{l="1"} 1"#, "# TYPE b counter", #"b{l="1"} 1"#, #"b{l="2"} 1"#,
                "# TYPE c counter",
                #"c{l="1"} 1"#,
            ])
        #expect(registry.render() == registry.render())
    }

    @Test func theOrderOfDimensionsMakesNoOtherMetric() {
        registry.makeCounter(label: "a", dimensions: [("x", "1"), ("y", "2")]).increment(by: 1)
        registry.makeCounter(label: "a", dimensions: [("y", "2"), ("x", "1")]).increment(by: 1)
        #expect(lines() == ["# TYPE a counter", #"a{x="1",y="2"} 2"#])
    }

    @Test(
        arguments: [
            ("plain", "plain"), ("a\"b", #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb", #"a\nb"#), (#"\n"#, #"\\n"#),
            ("a\r\nb", "a\r\\nb"), ("\"\u{301}", "\\\"\u{301}"), ("\\\u{301}", "\\\\\u{301}"),
            ("\u{20AC} {}=,", "\u{20AC} {}=,"),
        ] as [(String, String)])
    func aLabelValueIsEscaped(value: String, escaped: String) {
        registry.makeCounter(label: "a", dimensions: [("l", value)]).increment(by: 1)
        #expect(Array(registry.render().utf8) == Array("# TYPE a counter\na{l=\"\(escaped)\"} 1\n".utf8))
    }

    @Test(arguments: [
        ("http.requests", "http_requests"), ("a-b c", "a_b_c"), ("a:b_1", "a:b_1"), ("\u{E9}", "_"), ("1a", "_1a"),
    ])
    func aNameIsMadeValid(name: String, valid: String) {
        registry.makeCounter(label: name, dimensions: []).increment(by: 1)
        #expect(lines() == ["# TYPE \(valid) counter", "\(valid) 1"])
    }

    @Test(arguments: [("status.code", "status_code"), ("a-b", "a_b")])
    func aLabelNameIsMadeValid(name: String, valid: String) {
        registry.makeCounter(label: "a", dimensions: [(name, "1")]).increment(by: 1)
        #expect(lines().last == "a{\(valid)=\"1\"} 1")
    }

    @Test func theFirstUseOfANameDecidesItsKind() {
        registry.makeCounter(label: "a", dimensions: []).increment(by: 3)
        registry.makeMeter(label: "a", dimensions: []).set(7.0)
        #expect(lines() == ["# TYPE a counter", "a 3"])
    }

    @Test func countsOfManyTasksAddUp() async {
        let registry = registry
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        registry.makeCounter(label: "a", dimensions: []).increment(by: 1)
                        registry.makeTimer(label: "b", dimensions: []).recordNanoseconds(1_000_000_000)
                    }
                }
            }
        }
        #expect(lines().contains("a 8000"))
        #expect(lines().suffix(2) == ["b_sum 8000", "b_count 8000"])
    }
}
