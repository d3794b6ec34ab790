package import ServiceRuntime

extension NATSConfiguration {
    /// - Parameter service: Whose own URL wins over the shared one; the client's name, and the last part of its inbox prefix.
    package init(_ settings: Settings, service: String) throws(ConfigurationError) {
        let own = SharedSettings.natsURL(of: service)
        let url = try settings.require(own, orShared: SharedSettings.natsURL)
        do throws(NATSError) {
            self = try NATSConfiguration(
                url: url, clientName: "bursar-\(service)", inboxPrefix: Self.inboxPrefix(of: service))
        } catch {
            let setting = settings.isGiven(own) ? own : SharedSettings.natsURL
            let reason =
                if case .invalidConfiguration(let field, let reason) = error { "\(field) \(reason)" } else {
                    "\(error)"
                }
            throw ConfigurationError(setting.description, problem: .unusable(reason))
        }
    }

    /// Each service has inboxes of its own, which no other's user may read.
    package static func inboxPrefix(of service: String) -> String { "_INBOX_\(service)" }
}
