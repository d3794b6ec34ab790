import FoundationEssentials
package import Money
package import ServiceRuntime

extension Denominations {
    /// Those of the file that `denominations.file` names, or the built-in ones.
    package init(_ settings: Settings) throws(ConfigurationError) {
        guard let path = try settings.find(SharedSettings.denominationsFile) else {
            self = .builtIn
            return
        }
        func unusable(_ reason: String) -> ConfigurationError {
            ConfigurationError(SharedSettings.denominationsFile.description, problem: .unusable("\(path): \(reason)"))
        }
        guard let bytes = FileManager.default.contents(atPath: path) else { throw unusable("cannot be read") }
        do throws(DenominationsFileError) {
            try self.init(json: bytes)
        } catch {
            throw unusable("\(error)")
        }
    }
}
