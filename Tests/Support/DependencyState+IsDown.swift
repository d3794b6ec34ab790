package import ServiceRuntime

extension DependencyState {
    package var isDown: Bool { if case .down = self { true } else { false } }
}
