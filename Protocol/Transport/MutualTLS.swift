package import NIOCore
import NIOSSL

/// Both sides prove who they are: certificates of one authority, made for the suite and nobody else.
package struct MutualTLS: Sendable, Equatable {
    /// PEM: the own certificate first, then those between it and the authority.
    package var certificateChainFile: String
    /// PEM.
    package var privateKeyFile: String
    /// PEM: the authority that the peer's certificate must come from. The system's are not trusted.
    package var authorityFile: String
    /// The DNS name in the server's certificate. Clients check it in place of the address that they connect to.
    package var serverName: String

    package init(certificateChainFile: String, privateKeyFile: String, authorityFile: String, serverName: String) {
        self.certificateChainFile = certificateChainFile
        self.privateKeyFile = privateKeyFile
        self.authorityFile = authorityFile
        self.serverName = serverName
    }

    /// Reads the files for one side.
    /// - Throws: What NIOSSL says of a file that is missing or malformed.
    package func load(_ side: Side) throws -> LoadedTLS {
        let chain = try NIOSSLCertificate.fromPEMFile(certificateChainFile).map {
            NIOSSLCertificateSource.certificate($0)
        }
        let key = NIOSSLPrivateKeySource.privateKey(try NIOSSLPrivateKey(file: privateKeyFile, format: .pem))
        let roots = NIOSSLTrustRoots.certificates(try NIOSSLCertificate.fromPEMFile(authorityFile))
        var configuration: TLSConfiguration
        switch side {
        case .client:
            configuration = .makeClientConfiguration()
            configuration.certificateChain = chain
            configuration.privateKey = key
            configuration.trustRoots = roots
        case .server:
            configuration = .makeServerConfigurationWithMTLS(
                certificateChain: chain, privateKey: key, trustRoots: roots)
            // The certificate of a client names no host; that the authority signed it is what counts.
            configuration.certificateVerification = .noHostnameVerification
        }
        configuration.minimumTLSVersion = .tlsv13
        return LoadedTLS(context: try NIOSSLContext(configuration: configuration), side: side, serverName: serverName)
    }

    package enum Side: Sendable {
        case client, server
    }
}

/// Certificates and key, read and ready.
package struct LoadedTLS: Sendable {
    fileprivate let context: NIOSSLContext
    fileprivate let side: MutualTLS.Side
    fileprivate let serverName: String

    /// Adds the handler that encrypts, which has to be the first. On the channel's event loop.
    package func add(to pipeline: ChannelPipeline.SynchronousOperations) throws {
        switch side {
        case .client: try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: serverName))
        case .server: try pipeline.addHandler(NIOSSLServerHandler(context: context))
        }
    }
}
