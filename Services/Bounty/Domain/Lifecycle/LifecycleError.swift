package import Events

/// A step that cannot be taken.
package enum LifecycleError: Error, Equatable, CustomStringConvertible {
    /// The bounty's state does not allow it.
    case state(BountyRecord.State, target: BountyRecord.State)
    /// It was decided on by another version of the bounty.
    case version(known: Int, given: Int)
    /// The input breaks a rule of the step.
    case rule(String)

    package var description: String {
        switch self {
        case .state(let state, let target): "a bounty that is \(state.rawValue) cannot become \(target.rawValue)"
        case .version(let known, let given): "the bounty has version \(known), and not \(given)"
        case .rule(let rule): rule
        }
    }
}
