import FoundationEssentials

extension String {
    /// The path itself, or from the current directory where it is relative.
    package var absolutePath: String { hasPrefix("/") ? self : FileManager.default.currentDirectoryPath + "/" + self }
}
