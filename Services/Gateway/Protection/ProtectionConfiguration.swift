package import ServiceRuntime

/// How the gateway is kept from being overrun, and who may read its answers from elsewhere.
package struct ProtectionConfiguration: Sendable {
    /// Requests a minute of each class; 0 is any number.
    var quotas: [RequestClass: Int]
    /// Requests that are answered at a time.
    var maximumInFlight: Int
    /// Origins whose pages may read answers.
    var origins: [String]
    /// Proxies before the gateway that append to `X-Forwarded-For`.
    var trustedProxies: Int
}

extension ProtectionConfiguration {
    private static func quota(_ kind: RequestClass, _ what: String, default value: Int) -> Setting<Int> {
        .integer(
            "gateway.limits.\(kind.rawValue)", "\(what) a minute of one client; 0 is any number.", in: 0...10_000_000,
            default: value)
    }

    static let quotas: [(kind: RequestClass, setting: Setting<Int>)] = [
        // A hundred a second: pages, polls and tables of programs.
        (.reads, quota(.reads, "Reads", default: 6_000)),
        // Twenty a second.
        (.calculations, quota(.calculations, "Calculations", default: 1_200)),
        // Five a second: more than a person, or a treasury, does.
        (.writes, quota(.writes, "Writes", default: 300)),
        // One a second: an office behind one address.
        (.login, quota(.login, "Sign-ins, and uses of unknown API keys,", default: 60)),
        // Browsers connect again by themselves when a stream ends.
        (.live, quota(.live, "Beginnings of event streams", default: 120)),
    ]

    /// Each holds a few kilobytes, and its body.
    static let maximumInFlight = Setting<Int>.integer(
        "gateway.requests.maximum", "Requests answered at a time; more get 503.", in: 1...1_000_000, default: 2_000)

    static let origins = Setting<[String]>(
        "gateway.cors.origins", "Origins whose pages may read answers, comma-separated; none without it.",
        expectation: "origins such as https://app.example, comma-separated, or *"
    ) { text in
        let origins = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
        return !origins.isEmpty && origins.allSatisfy(isOrigin) ? origins : nil
    }

    static let trustedProxies = Setting<Int>.integer(
        "gateway.trusted.proxies", "Proxies before the gateway that append to X-Forwarded-For.", in: 0...10, default: 0)

    static let settings =
        quotas.map(\.setting.description) + [
            maximumInFlight.description, origins.description, trustedProxies.description,
        ]

    package init(_ settings: Settings) throws(ConfigurationError) {
        quotas = [:]
        for (kind, setting) in Self.quotas { quotas[kind] = try settings.require(setting) }
        maximumInFlight = try settings.require(Self.maximumInFlight)
        origins = try settings.find(Self.origins) ?? []
        trustedProxies = try settings.require(Self.trustedProxies)
    }

    /// As browsers write it (RFC 6454, section 6.1): a scheme, a host, perhaps a port, and nothing after it.
    private static func isOrigin(_ text: String) -> Bool {
        if text == "*" { return true }
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
        let host = text.dropFirst(scheme.count)
        return !host.isEmpty
            && host.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || ".-:[]".contains($0)) }
    }
}
