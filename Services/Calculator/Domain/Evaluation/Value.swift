/// What a part of an expression is worth.
enum Value: Sendable {
    case exact(ExactNumber)
    indirect case enclosed(Enclosure)
    case truth(Bool)
}

/// Two numbers, exact as long as both are.
enum Operands {
    case exact(ExactNumber, ExactNumber)
    case enclosed(Enclosure, Enclosure)
}
