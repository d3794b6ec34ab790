import ArgumentParser
import Events
import GatewayService
import Logging
import NIOCore
import ServiceRuntime
import Wire
import WireClient

struct CalcCommand: ConfiguredCommand {
    static let configuration = CommandConfiguration(
        commandName: "calc", abstract: "Ask the calculator for the value of an expression.",
        discussion: """
            In the folder where bursar up runs, the calculator is known. The value goes to standard output; that it was \
            rounded, or what is wrong, to standard error. Exits with 0 where there is a value, else with 1.


            """ + settingsHelp)
    static let settings = unique(CalculatorAddress.settings + [Local.dataDirectory.description])

    /// For the call, with connecting.
    private static let deadline = TimeAmount.seconds(30)

    @Argument(help: "Such as '0.1 + 0.2' or 'sqrt(2) ^ 2'.") var expression: String
    @Option(help: "Significant digits of the result, 1 to 10000.") var precision = 34
    @Option(help: "half-even, half-up, half-down, up, down, ceiling or floor.") var rounding = "half-even"
    @Argument(parsing: .postTerminator, help: .hidden) var flags: [String] = []

    func run(_ settings: Settings) async throws {
        guard let rule = RoundingRule.allCases.first(where: { $0.name == rounding }) else {
            throw ConfigurationError(
                name: "--rounding",
                problem: .unusable("must be one of \(RoundingRule.allCases.map(\.name).joined(separator: ", "))"))
        }
        guard let precision = UInt16(exactly: precision), CalculatorLimits.precision.contains(precision) else {
            throw ConfigurationError(
                name: "--precision",
                problem: .unusable(
                    "must be from \(CalculatorLimits.precision.lowerBound) to \(CalculatorLimits.precision.upperBound)")
            )
        }
        let request = try Evaluate.Request(
            expression: expression, rounding: Rounding(precision: precision, rule: rule))
        let address = try CalculatorAddress(try Local(settings).settings)
        let answer: Evaluation
        do {
            answer = try await address.withClient(logger: Logger(label: "calc") { _ in SwiftLogNoOpLogHandler() }) {
                try await $0.call(Evaluate.self, request, deadline: .now() + Self.deadline)
            }
        } catch let error as RPCError {
            throw CalcFailed(error: error, address: address)
        }
        print(answer.result)
        if !answer.isExact { Terminal.complain("rounded to \(answer.digits) significant digits") }
    }
}

private struct CalcFailed: Error, CustomStringConvertible {
    let error: RPCError
    let address: CalculatorAddress

    var description: String {
        switch error.code {
        case .unavailable, .deadlineExceeded: "the calculator at \(address) does not answer: \(error.message)"
        default: error.position.map { "\(error.message) at position \($0)" } ?? error.message
        }
    }
}
