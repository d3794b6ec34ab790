package import HTTPTypes

extension HTTPFields {
    /// The value of a field that comes once; that of the first where it comes more often. Cheaper than joining all of them.
    package func first(_ name: HTTPField.Name) -> String? { first { $0.name == name }?.value }

    /// The value of a field that may come once; nil where it comes more often.
    package func only(_ name: HTTPField.Name) -> String? {
        var found: HTTPField?
        for field in self where field.name == name {
            guard found == nil else { return nil }
            found = field
        }
        return found?.value
    }
}
