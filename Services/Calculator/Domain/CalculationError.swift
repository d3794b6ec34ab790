/// Why a calculation has no result.
package struct CalculationError: Error, Hashable, Sendable {
    /// A stable name of what is wrong, for programs.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The expression does not follow the grammar.
        case invalidExpression = "invalid-expression"
        /// A name in the expression is neither a function nor one of the variables.
        case unknownName = "unknown-name"
        /// A value that should be a number is none, or one that is not allowed there.
        case invalidNumber = "invalid-number"
        /// A variable's name is none, or that of a function.
        case invalidVariable = "invalid-variable"
        case invalidPrecision = "invalid-precision"
        case invalidQuantile = "invalid-quantile"
        case invalidUnits = "invalid-units"
        /// A weight is negative, or all of them are zero.
        case invalidWeight = "invalid-weight"
        case invalidAmount = "invalid-amount"
        case unknownDenomination = "unknown-denomination"
        /// The two denominations are not of the same asset.
        case differentAssets = "different-assets"
        /// A list that must not be empty is.
        case empty
        /// Parts of a summary that do not belong together.
        case mismatchedParts = "mismatched-parts"

        case divisionByZero = "division-by-zero"
        /// An argument for which the function has no real value, such as `sqrt(-1)`.
        case outsideDomain = "outside-domain"
        /// A comparison where a number is needed.
        case notANumber = "not-a-number"
        /// No number of digits within the limit tells on which side of a boundary the value lies.
        case undecided

        /// The text of the request is longer than its limit.
        case tooLong = "too-long"
        /// More entries in a list than its limit.
        case tooMany = "too-many"
        /// Parentheses, functions and powers are nested deeper than the limit.
        case tooDeep = "too-deep"
        /// A number, in between or in the end, has more digits than the limit.
        case tooManyDigits = "too-many-digits"
        /// A number is larger, or closer to zero, than the limit of exponents.
        case exponentOutOfRange = "exponent-out-of-range"
        /// The calculation takes more work than its limit.
        case tooMuchWork = "too-much-work"

        case deadlineExceeded = "deadline-exceeded"
        case cancelled
    }

    /// What the caller can do about it; one file at each edge makes a status of it.
    package enum Kind: Sendable, Hashable {
        /// Ask something else: the request is wrong or has no answer.
        case invalid
        /// Ask for less: the request runs into a limit.
        case limit
        /// Ask with more time.
        case deadline
        /// Nobody waits for an answer any more.
        case cancelled
    }

    package let code: Code
    /// A sentence for people, without the position.
    package let message: String
    /// Where in the expression: the first character has position 1 (Unicode scalars are counted). One past the last
    /// character where something is missing at the end.
    package let position: Int?
    /// What of the request is meant: a JSON Pointer (RFC 6901) such as `/values/3`; of a batch, see ``BatchAnswer``.
    package let pointer: String

    package init(_ code: Code, _ message: String, position: Int? = nil, pointer: String = "") {
        self.code = code
        self.message = message
        self.position = position
        self.pointer = pointer
    }

    package var kind: Kind {
        switch code {
        case .invalidExpression, .unknownName, .invalidNumber, .invalidVariable, .invalidPrecision, .invalidQuantile,
            .invalidUnits, .invalidWeight, .invalidAmount, .unknownDenomination, .differentAssets, .empty,
            .mismatchedParts, .divisionByZero, .outsideDomain, .notANumber, .undecided:
            .invalid
        case .tooLong, .tooMany, .tooDeep, .tooManyDigits, .exponentOutOfRange, .tooMuchWork: .limit
        case .deadlineExceeded: .deadline
        case .cancelled: .cancelled
        }
    }

    /// The message and, where there is one, the position: `unexpected ')' at position 7`.
    package var detail: String { position.map { "\(message) at position \($0)" } ?? message }

    func at(position: Int?, pointer: String) -> CalculationError {
        CalculationError(code, message, position: position ?? self.position, pointer: pointer)
    }
}

extension CalculationError: CustomStringConvertible {
    package var description: String { detail }
}
