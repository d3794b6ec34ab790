import Crypto
import Encodings
import FoundationEssentials
import JobProtocol
import NIOCore
import Wire

/// Tells whether two requests ask for the same job: a digest of the definition and of all bytes of the input.
final class Fingerprint {
    private var digest = SHA256()

    init(_ definition: JobDefinition) {
        add("\(definition.kind) \(definition.rounding.precision) \(definition.rounding.rule.name)")
        for quantile in definition.quantiles { add(quantile) }
        add("\(String(describing: definition.format))")
    }

    /// With its length, so that no two lists of texts look the same.
    func add(_ text: String) {
        add(UInt64(text.utf8.count))
        digest.update(data: Data(text.utf8))
    }

    func add(_ bytes: ByteBuffer) {
        bytes.withUnsafeReadableBytes { digest.update(bufferPointer: $0) }
    }

    private func add(_ count: UInt64) {
        withUnsafeBytes(of: count.bigEndian) { digest.update(bufferPointer: $0) }
    }

    /// Hexadecimal.
    var text: String { Hexadecimal.encode(digest.finalize()) }

    /// The key under which an `Idempotency-Key` is kept: clients with credentials have their own.
    static func key(_ key: String, authorization: String?) -> String {
        var digest = SHA256()
        digest.update(data: Data((authorization ?? "").utf8))
        digest.update(data: Data([0]))
        digest.update(data: Data(key.utf8))
        return Hexadecimal.encode(digest.finalize())
    }
}
