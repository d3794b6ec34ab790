package import ServiceRuntime
package import WireTransport

extension MutualTLS {
    private static let certificateFile = Setting<String>.text(
        "rpc.tls.certificate.file", "PEM file of this side's certificate chain; without it RPC is in the clear.")
    private static let keyFile = Setting<String>.text(
        "rpc.tls.key.file", "PEM file of this side's private key.")
    private static let authorityFile = Setting<String>.text(
        "rpc.tls.authority.file", "PEM file of the authority that the other side's certificate must come from.")
    private static let serverName = Setting<String>.text(
        "rpc.tls.server.name", "DNS name in the calculator's certificate.", default: "calculator")

    package static let settings = [
        certificateFile.description, keyFile.description, authorityFile.description, serverName.description,
    ]

    /// Nil where no file is named. The files are read once, to say at the start what is wrong with them.
    package static func find(_ settings: Settings, side: Side) throws(ConfigurationError) -> MutualTLS? {
        let files = [certificateFile, keyFile, authorityFile]
        guard files.contains(where: { settings.isGiven($0) }) else { return nil }
        let tls = MutualTLS(
            certificateChainFile: try settings.require(certificateFile), privateKeyFile: try settings.require(keyFile),
            authorityFile: try settings.require(authorityFile), serverName: try settings.require(serverName))
        do {
            _ = try tls.load(side)
        } catch {
            throw ConfigurationError(
                certificateFile.description,
                problem: .unusable("cannot be used with the key and the authority: \(error)"))
        }
        return tls
    }
}
