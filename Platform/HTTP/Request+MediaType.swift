import HTTPTypes
package import Hummingbird

extension Request {
    /// The content type without its parameters, in lower case; empty where there is none.
    package var mediaType: String {
        guard let value = headers.first(.contentType) else { return "" }
        // What most clients send.
        if value == "application/json" { return value }
        return value.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    }

    /// A parameter of the content type, in lower case.
    package func mediaTypeParameter(_ name: String) -> String? {
        for parameter in (headers.first(.contentType) ?? "").split(separator: ";").dropFirst() {
            let parts = parameter.lowercased().filter { $0 != " " && $0 != "\"" }.split(separator: "=", maxSplits: 1)
            if parts.count == 2, parts[0] == name { return String(parts[1]) }
        }
        return nil
    }
}
