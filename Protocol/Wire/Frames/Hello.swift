/// The first frame of each side: who speaks, which versions, and what it accepts. README.md, "Hello".
package struct Hello: Sendable, Equatable {
    /// `BRSR`.
    package static let magic: UInt32 = 0x4252_5352
    /// Bytes of the payload that this version knows. Those that follow are for later versions, and ignored.
    package static let size = 20
    /// The largest length field of a hello: room for later versions, and nothing to fill memory with.
    package static let maximumLength: UInt32 = 256
    /// The least ``maximumLength`` that a peer may ask for: an error has to fit.
    package static let leastMaximumLength: UInt32 = 4096

    package var lowestVersion: UInt16
    package var highestVersion: UInt16
    /// The largest length field of a frame that the sender accepts.
    package var maximumLength: UInt32
    /// Calls that the sender accepts on this connection before it has answered some. A client sends 0.
    package var maximumCalls: UInt32
    /// Milliseconds without a complete frame after which the sender closes the connection; 0 for never.
    package var idleTimeout: UInt32

    package init(
        lowestVersion: UInt16 = ProtocolVersion.lowest, highestVersion: UInt16 = ProtocolVersion.highest,
        maximumLength: UInt32, maximumCalls: UInt32, idleTimeout: UInt32
    ) {
        self.lowestVersion = lowestVersion
        self.highestVersion = highestVersion
        self.maximumLength = maximumLength
        self.maximumCalls = maximumCalls
        self.idleTimeout = idleTimeout
    }

    /// Reads the payload of a hello.
    package init(_ bytes: RawSpan) throws(FrameViolation) {
        guard bytes.byteCount >= 4, bytes.bigEndian(UInt32.self, at: 0) == Self.magic else { throw .notOurProtocol }
        guard bytes.byteCount >= Self.size else { throw .malformedHello }
        self.init(
            lowestVersion: bytes.bigEndian(UInt16.self, at: 4), highestVersion: bytes.bigEndian(UInt16.self, at: 6),
            maximumLength: bytes.bigEndian(UInt32.self, at: 8), maximumCalls: bytes.bigEndian(UInt32.self, at: 12),
            idleTimeout: bytes.bigEndian(UInt32.self, at: 16))
        guard lowestVersion >= 1, lowestVersion <= highestVersion, maximumLength >= Self.leastMaximumLength else {
            throw .malformedHello
        }
    }

    /// Appends the whole frame.
    package func appendFrame(to sink: inout some ByteSink) {
        FrameHeader(.hello, payloadLength: Self.size).append(to: &sink)
        sink.append(Self.magic)
        sink.append(lowestVersion)
        sink.append(highestVersion)
        sink.append(maximumLength)
        sink.append(maximumCalls)
        sink.append(idleTimeout)
    }
}

/// The versions of the protocol that this build speaks.
package enum ProtocolVersion {
    package static let lowest: UInt16 = 1
    package static let highest: UInt16 = 1

    /// The version that a server answers a client's hello with: the highest that both speak.
    package static func negotiate(
        with hello: Hello, lowest: UInt16 = lowest, highest: UInt16 = highest
    ) throws(FrameViolation) -> UInt16 {
        let version = min(hello.highestVersion, highest)
        guard version >= max(hello.lowestVersion, lowest) else {
            throw .unsupportedVersion(lowest: hello.lowestVersion, highest: hello.highestVersion)
        }
        return version
    }

    /// The version that a server chose. It must be one, and one that the client offered.
    package static func chosen(
        by hello: Hello, lowest: UInt16 = lowest, highest: UInt16 = highest
    ) throws(FrameViolation) -> UInt16 {
        guard hello.lowestVersion == hello.highestVersion, hello.lowestVersion >= lowest,
            hello.lowestVersion <= highest
        else { throw .unsupportedVersion(lowest: hello.lowestVersion, highest: hello.highestVersion) }
        return hello.lowestVersion
    }
}
