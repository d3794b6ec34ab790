import Testing

/// For values that are waited for: `#expect` does not take every expression with closures that suspend.
func expectEqual<Value: Equatable>(
    _ found: Value, _ expected: Value, _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found == expected, comment, sourceLocation: sourceLocation)
}
