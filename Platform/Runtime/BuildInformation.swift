/// What was built.
package enum BuildInformation {
    package static let version = "0.1.0"
}
