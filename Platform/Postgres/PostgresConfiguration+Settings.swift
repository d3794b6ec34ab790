package import ServiceRuntime

extension PostgresConfiguration {
    /// - Parameter service: Whose own URL wins over the shared one.
    package init(_ settings: Settings, service: String) throws(ConfigurationError) {
        let own = SharedSettings.databaseURL(of: service)
        let text = try settings.require(own, orShared: SharedSettings.databaseURL)
        do throws(PostgresError) {
            self.init(url: try PostgresURL(text), applicationName: "bursar-\(service)")
        } catch {
            let setting = settings.isGiven(own) ? own : SharedSettings.databaseURL
            throw ConfigurationError(setting.description, problem: .malformed)
        }
    }
}
