import ArgumentParser
import BountyProtocol
import Events
import FoundationEssentials

struct PayoutsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payouts", abstract: "Payout orders: check them before they are executed.",
        subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the signatures of payout orders, without any network.",
            discussion: """
                Takes an order as GET /v1/payouts/{id} answers it, or a list as GET /v1/payouts does, and the keys as \
                GET /v1/payout-keys does. Shows what each order says; ends with 1 where one of them does not verify.
                """)

        @Option(help: "File of the public keys.") var keys: String
        @Argument(help: "File of the orders. (default: standard input)") var file: String?

        func run() async throws {
            let verifier: PayoutVerifier
            let orders: [PayoutRecord]
            do {
                let published = try JSONDecoder().decode(Keys.self, from: try Self.read(keys))
                verifier = PayoutVerifier(published.keys)
                guard verifier.keyCount > 0 else { throw Unreadable("\(keys) has no key of payout orders") }
                orders = try Self.orders(in: try Self.read(file), of: file ?? "standard input")
            } catch {
                Terminal.complain("bursar: \(error)")
                throw ExitCode.failure
            }
            var isGood = true
            for order in orders {
                do throws(PayoutError) {
                    let order = try verifier.verify(order)
                    print("valid    \(order.id.wireText)  \(order.units) of \(order.asset)  to \(order.account)")
                } catch {
                    print("INVALID  \(order.id.wireText)  \(error)")
                    isGood = false
                }
            }
            guard isGood else { throw ExitCode.failure }
        }

        private struct Keys: Decodable { var keys: [PayoutPublicKey] }
        private struct Page: Decodable { var payouts: [PayoutRecord] }

        private static func orders(in data: Data, of name: String) throws -> [PayoutRecord] {
            if let page = try? JSONDecoder.wire().decode(Page.self, from: data) { return page.payouts }
            do {
                return [try JSONDecoder.wire().decode(PayoutRecord.self, from: data)]
            } catch {
                throw Unreadable("\(name) is neither a payout order nor a list of them: \(Self.reason(error))")
            }
        }

        private static func reason(_ error: any Error) -> String {
            switch error as? DecodingError {
            case .keyNotFound(let key, _): "\(key.stringValue) is missing"
            case .typeMismatch(_, let context), .valueNotFound(_, let context):
                "\(context.codingPath.map(\.stringValue).joined(separator: ".")) is of the wrong type"
            default: "it cannot be read"
            }
        }

        private static func read(_ path: String?) throws -> Data {
            guard let path, path != "-" else { return WebhookCommand.Send.standardInput() }
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Unreadable("\(path) cannot be read")
            }
            return data
        }
    }
}

private struct Unreadable: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
