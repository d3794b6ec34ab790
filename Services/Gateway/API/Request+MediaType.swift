import HTTPTypes
import Hummingbird

extension Request {
    /// The content type without its parameters, in lower case; empty where there is none.
    var mediaType: String {
        (headers[.contentType] ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    }

    /// A parameter of the content type, in lower case.
    func mediaTypeParameter(_ name: String) -> String? {
        for parameter in (headers[.contentType] ?? "").split(separator: ";").dropFirst() {
            let parts = parameter.lowercased().filter { $0 != " " && $0 != "\"" }.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0] == name { return String(parts[1]) }
        }
        return nil
    }
}
