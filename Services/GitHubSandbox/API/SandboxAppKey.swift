import CryptoExtras

/// The key of the sandbox's app.
package struct SandboxAppKey: Sendable {
    package let privatePEM: String
    package let publicPEM: String

    /// A new one of 2048 bits, as GitHub makes them.
    package init() throws { self.init(try _RSA.Signing.PrivateKey(keySize: .bits2048)) }

    /// - Throws: Where the text is no PEM of an RSA private key.
    package init(privatePEM: String) throws { self.init(try _RSA.Signing.PrivateKey(pemRepresentation: privatePEM)) }

    private init(_ key: _RSA.Signing.PrivateKey) {
        privatePEM = key.pemRepresentation
        publicPEM = key.publicKey.pemRepresentation
    }
}
