package import HTTPTypes

extension HTTPFields {
    /// The value of a field that comes once; that of the first where it comes more often. Cheaper than joining all of them.
    package func first(_ name: HTTPField.Name) -> String? { first { $0.name == name }?.value }
}
