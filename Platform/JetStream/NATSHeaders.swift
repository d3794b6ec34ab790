/// Headers of a message: names as given and compared by case, several values to a name. ADR-4.
///
/// The order of values of one name is kept on the way; the order of names is not, because libnats has them in a hash.
package struct NATSHeaders: Sendable, Equatable {
    package private(set) var fields: [(name: String, value: String)]

    package init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    package var isEmpty: Bool { fields.isEmpty }

    /// The first value of the name.
    package subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    package func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    package mutating func add(_ name: String, _ value: String) { fields.append((name, value)) }

    package mutating func replaceOrAdd(_ name: String, _ value: String) {
        fields.removeAll { $0.name == name }
        add(name, value)
    }

    package static func == (left: NATSHeaders, right: NATSHeaders) -> Bool {
        left.fields.elementsEqual(right.fields) { $0 == $1 }
    }

    /// Bytes on the wire: `NATS/1.0`, a line for each field, an empty line.
    var encodedSize: Int {
        isEmpty ? 0 : fields.reduce(12) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
    }

    /// A field that would break the format: ADR-4 allows printable ASCII without a colon in names, no line break in values.
    func checked() throws(NATSError) {
        for (name, value) in fields {
            let nameIsFine = !name.isEmpty && name.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: ":") }
            let valueIsFine = !value.utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
            guard nameIsFine, valueIsFine else { throw .invalidHeader(name: name) }
        }
    }
}

extension NATSHeaders: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { (name: $0.0, value: $0.1) })
    }
}

/// Names that the broker gives a meaning.
package enum NATSHeaderName {
    /// Duplicate detection within the stream's window. Not for work queues: an id of an acknowledged message is swallowed.
    package static let messageID = "Nats-Msg-Id"
    /// The sequence that the subject's newest message must have; 0 where there must be none.
    package static let expectedLastSubjectSequence = "Nats-Expected-Last-Subject-Sequence"
    /// ADR-32.
    package static let serviceError = "Nats-Service-Error"
    package static let serviceErrorCode = "Nats-Service-Error-Code"
}
