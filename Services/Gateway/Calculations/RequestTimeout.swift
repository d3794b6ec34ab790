import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceRuntime

/// The header `Request-Timeout`: seconds that the client waits for a calculation, with decimals or without.
enum RequestTimeout {
    static let name = "Request-Timeout"
    /// As long as the calculator works on one call.
    private static let maximum = TimeAmount.seconds(60)
    private static let minimum = TimeAmount.milliseconds(1)
    private static let expectation = "seconds from 0.001 to 60, such as 2.5"
    /// Digits after the point that count.
    private static let decimals = 9

    /// Nil where the client does not say.
    /// - Throws: 400 for anything but what the header may be.
    static func of(_ request: Request) throws(Problem) -> TimeAmount? {
        guard let text = request.headers[.requestTimeout] else { return nil }
        guard let amount = amount(text), (minimum...maximum).contains(amount) else {
            throw Problem(
                .badRequest, "invalid-header", title: "Invalid header",
                detail: "the header \(name) must be \(expectation)")
        }
        return amount
    }

    private static func amount(_ text: String) -> TimeAmount? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let seconds = Int(digits: parts[0]), seconds <= 1_000 else { return nil }
        var nanoseconds = 0
        if parts.count > 1 {
            let fraction = parts[1].prefix(decimals)
            guard parts[1].allSatisfy({ "0"..."9" ~= $0 }), let value = Int(digits: fraction) else { return nil }
            nanoseconds = (fraction.count..<decimals).reduce(value) { value, _ in value * 10 }
        }
        return .nanoseconds(Int64(seconds * 1_000_000_000 + nanoseconds))
    }
}

extension HTTPField.Name {
    static let requestTimeout = constant(RequestTimeout.name)
}
