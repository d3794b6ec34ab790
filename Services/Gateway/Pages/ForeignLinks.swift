/// Which addresses of other sites pages link to: https, and the configured GitHub's. They come from webhooks, and a `javascript:`
/// among them would be ours to run.
struct ForeignLinks: Sendable, Equatable {
    /// Of GitHub's pages, without a slash at the end.
    let github: String
    /// Characters. GitHub's own are far shorter.
    private static let maximumLength = 2_048

    /// Nil unless it may be linked to.
    func checked(_ url: String) -> String? {
        guard url.utf8.count <= Self.maximumLength, url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        return url.hasPrefix("https://") || url.hasPrefix(github + "/") ? url : nil
    }

    /// An account's page. Logins that GitHub's pages do not have, as of bots, get none.
    func account(_ login: String) -> String? {
        let isName = login.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return !login.isEmpty && isName ? "\(github)/\(login)" : nil
    }
}
