package import FoundationEssentials

/// What an array of can be bound to a parameter and read from a column: `bigint[]`, `text[]`, `uuid[]`; of bytes,
/// `bytea`.
package protocol PostgresArrayElement: Sendable {
    static var postgresArrayType: PostgresType { get }
    static func parameter(for array: [Self]) -> PostgresParameter
    /// Nil where the field holds something else, or a NULL element.
    static func array(from field: PostgresField) -> [Self]?
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    package static var postgresType: PostgresType { Element.postgresArrayType }
    package var postgresParameter: PostgresParameter { Element.parameter(for: self) }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    package static var postgresExpectation: String { Element.postgresArrayType.description }
    package static func decode(_ field: PostgresField) -> [Element]? { Element.array(from: field) }
}

extension UInt8: PostgresArrayElement {
    package static var postgresArrayType: PostgresType { .bytea }

    package static func parameter(for array: [UInt8]) -> PostgresParameter {
        PostgresParameter(type: .bytea, content: .binary(array))
    }

    package static func array(from field: PostgresField) -> [UInt8]? {
        guard field.type == .bytea else { return nil }
        return field.withBytes { text in
            // The hex format: `\x`, then two digits a byte.
            guard text.count >= 2, text.count.isMultiple(of: 2), text[0] == 0x5C, text[1] == 0x78 else { return nil }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(text.count / 2 - 1)
            for index in stride(from: 2, to: text.count, by: 2) {
                guard let high = nibble(text[index]), let low = nibble(text[index + 1]) else { return nil }
                bytes.append(high << 4 | low)
            }
            return bytes
        }
    }

    private static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}

extension Int64: PostgresArrayElement {
    package static var postgresArrayType: PostgresType { .int8Array }
    package static func parameter(for array: [Int64]) -> PostgresParameter {
        .text(.int8Array, ArrayLiteral.text(of: array.map(String.init), quoted: false))
    }
    package static func array(from field: PostgresField) -> [Int64]? {
        ArrayLiteral.elements(of: field, type: .int8Array) { Int64($0) }
    }
}

extension String: PostgresArrayElement {
    package static var postgresArrayType: PostgresType { .textArray }
    package static func parameter(for array: [String]) -> PostgresParameter {
        .text(.textArray, ArrayLiteral.text(of: array, quoted: true))
    }
    package static func array(from field: PostgresField) -> [String]? {
        ArrayLiteral.elements(of: field, type: .textArray) { $0 }
    }
}

extension UUID: PostgresArrayElement {
    package static var postgresArrayType: PostgresType { .uuidArray }
    package static func parameter(for array: [UUID]) -> PostgresParameter {
        .text(.uuidArray, ArrayLiteral.text(of: array.map(\.uuidString), quoted: false))
    }
    package static func array(from field: PostgresField) -> [UUID]? {
        ArrayLiteral.elements(of: field, type: .uuidArray) { UUID(uuidString: $0) }
    }
}

/// The text form of a one-dimensional array (PostgreSQL documentation, 8.15.6): `{1,2}`, `{"a \"b\"",c}`.
enum ArrayLiteral {
    static func text(of elements: [String], quoted: Bool) -> String {
        guard quoted else { return "{\(elements.joined(separator: ","))}" }
        var text = "{"
        for (index, element) in elements.enumerated() {
            text += index == 0 ? "\"" : ",\""
            for scalar in element.unicodeScalars {
                if scalar == "\"" || scalar == "\\" { text += "\\" }
                text.unicodeScalars.append(scalar)
            }
            text += "\""
        }
        return text + "}"
    }

    static func elements<T>(of field: PostgresField, type: PostgresType, convert: (String) -> T?) -> [T]? {
        guard field.type == type, let texts = split(field.text) else { return nil }
        var elements: [T] = []
        for text in texts {
            guard let element = convert(text) else { return nil }
            elements.append(element)
        }
        return elements
    }

    /// Nil for what is no flat array, and for one with a NULL in it.
    private static func split(_ text: String) -> [String]? {
        var scalars = text.unicodeScalars[...]
        guard scalars.popFirst() == "{", scalars.popLast() == "}" else { return nil }
        guard !scalars.isEmpty else { return [] }
        var elements: [String] = []
        while true {
            var element = String.UnicodeScalarView()
            if scalars.first == "\"" {
                scalars.removeFirst()
                while let scalar = scalars.popFirst(), scalar != "\"" {
                    guard let kept = scalar == "\\" ? scalars.popFirst() : scalar else { return nil }
                    element.append(kept)
                }
            } else {
                while let scalar = scalars.first, scalar != "," {
                    guard scalar != "{" else { return nil }
                    element.append(scalars.removeFirst())
                }
                if String(element) == "NULL" { return nil }
            }
            elements.append(String(element))
            guard let separator = scalars.popFirst() else { return elements }
            guard separator == "," else { return nil }
        }
    }
}
