/// A configuration the process must not start with. It names the key and what it must be, never the value.
///
/// Ends the process with exit status ``exitCode`` before any port is bound.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// `EX_USAGE` of sysexits.h.
    package static let exitCode: Int32 = 64

    package enum Problem: Sendable, Equatable {
        case missing
        case malformed
        case unknown
        case repeated
        /// Well-formed, and still not usable: the reason completes "name: …".
        case unusable(String)
    }

    /// The flag as it was typed, or the key with the names it can be given by.
    package let name: String
    package let expectation: String
    package let problem: Problem

    package init(_ setting: SettingDescription, problem: Problem) {
        self.name = "\(setting.key) (\(setting.environmentName) or \(setting.flag))"
        self.expectation = setting.expectation
        self.problem = problem
    }

    package init(name: String, problem: Problem) {
        self.name = name
        self.expectation = ""
        self.problem = problem
    }

    package var description: String {
        switch problem {
        case .missing: "\(name) is required and must be \(expectation)"
        case .malformed: "\(name) is malformed: it must be \(expectation)"
        case .unknown: "\(name) is not a flag of this command; --help lists them"
        case .repeated: "\(name) is given more than once"
        case .unusable(let reason): "\(name): \(reason)"
        }
    }
}
