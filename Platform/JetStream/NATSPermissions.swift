/// What one user of the broker may publish and subscribe to: exactly what ``NATSClient`` needs for what it does.
///
/// | feature | publishes | subscribes |
/// |---|---|---|
/// | any answer | | `<inbox prefix>.>` |
/// | ``NATSClient/publish(_:)``, ``NATSClient/store(_:timeout:)`` | the subjects themselves | |
/// | ``PullConsumer`` | `$JS.API.CONSUMER.MSG.NEXT.<stream>.<consumer>`, `$JS.ACK.<stream>.<consumer>.>` | |
/// | ``OrderedReader`` | `$JS.API.STREAM.INFO.<stream>`, `$JS.API.CONSUMER.CREATE.<stream>.*`, `$JS.API.CONSUMER.MSG.NEXT.<stream>.*` | |
/// | ``NATSClient/purge(_:of:keeping:)`` | `$JS.API.STREAM.PURGE.<stream>` | |
/// | ``NATSClient/delete(_:sequence:)`` | `$JS.API.STREAM.MSG.DELETE.<stream>` | |
/// | ``KeyValueBucket/entry(_:)`` | `$JS.API.STREAM.MSG.GET.KV_<bucket>` | |
/// | ``KeyValueBucket/value(_:)`` | `$JS.API.DIRECT.GET.KV_<bucket>.$KV.<bucket>.>` | |
/// | ``KeyValueBucket/put(_:_:)`` and its like | `$KV.<bucket>.<key>` | |
/// | ``NATSResponder`` | the answers to requests, once each | its subject, with its queue group only |
/// | ``NATSServiceDiscovery`` | the answers to requests, once each | `$SRV.<verb>`, `$SRV.<verb>.<name>`, `$SRV.<verb>.<name>.*` |
/// | ``NATSClient/request(_:timeout:)`` | the subjects themselves | |
/// | ``NATSClient/provision(_:timeout:)`` | `$JS.API.STREAM.{INFO,CREATE,UPDATE}.<stream>`, `$JS.API.CONSUMER.{INFO,CREATE}.<stream>.<consumer>` | |
///
/// A reader's consumers have random names, so who may read a stream may make consumers of that stream, and could ask
/// for the messages of another's. Streams that are work queues should have no readers.
package struct NATSPermissions: Sendable, Equatable {
    /// Sorted, without repetition.
    package private(set) var publish: Set<String> = []
    /// With a space and the queue group where only that may be used.
    package private(set) var subscribe: Set<String>
    /// May answer what it receives.
    package private(set) var mayRespond = false

    /// Nothing but answers to its own calls.
    package init(inboxPrefix: String) { subscribe = ["\(inboxPrefix).>"] }

    /// To streams, or to services.
    package mutating func allowPublishing(_ subjects: String...) { publish.formUnion(subjects) }

    package mutating func allowRequests(_ subjects: String...) { publish.formUnion(subjects) }

    package mutating func allowConsuming(stream: String, durable: String) {
        publish.insert(NATSAPI.nextMessages(stream, durable))
        publish.formUnion(NATSAPI.acknowledgements(stream, durable))
    }

    package mutating func allowReading(stream: String) {
        publish.insert(NATSAPI.streamInfo(stream))
        publish.insert(NATSAPI.createConsumer(stream, "*"))
        publish.insert(NATSAPI.nextMessages(stream, "*"))
    }

    package mutating func allowPurging(stream: String) { publish.insert(NATSAPI.purgeStream(stream)) }

    package mutating func allowDeleting(stream: String) { publish.insert(NATSAPI.deleteMessage(stream)) }

    package mutating func allowEntries(ofBucket bucket: String) {
        publish.insert(NATSAPI.getMessage(KeyValueBucket.stream(of: bucket)))
    }

    package mutating func allowValues(ofBucket bucket: String) {
        publish.insert(
            NATSAPI.directGet(
                KeyValueBucket.stream(of: bucket), subject: KeyValueBucket.subject(">", in: bucket)))
    }

    /// - Parameter keys: A pattern.
    package mutating func allowChanging(_ keys: String, inBucket bucket: String) {
        publish.insert(KeyValueBucket.subject(keys, in: bucket))
    }

    package mutating func allowServing(_ subject: String, queueGroup: String) {
        subscribe.insert("\(subject) \(queueGroup)")
        mayRespond = true
    }

    /// By ADR-32, of an instance with this name.
    package mutating func allowDiscovery(of name: String) {
        for verb in NATSServiceDiscovery.verbs {
            subscribe.formUnion(["$SRV.\(verb)", "$SRV.\(verb).\(name)", "$SRV.\(verb).\(name).*"])
        }
        mayRespond = true
    }

    package mutating func allowProvisioning(_ provisions: [StreamProvision]) {
        for provision in provisions {
            let stream = provision.stream.name
            publish.formUnion([
                NATSAPI.streamInfo(stream), NATSAPI.createStream(stream), NATSAPI.updateStream(stream),
            ])
            for consumer in provision.consumers.map(\.durable) {
                publish.formUnion([
                    NATSAPI.consumerInfo(stream, consumer), NATSAPI.createConsumer(stream, consumer),
                ])
            }
        }
    }

    /// In nats-server's configuration. <https://docs.nats.io/running-a-nats-service/configuration/securing_nats/authorization>
    fileprivate var block: String {
        func list(_ subjects: Set<String>) -> String {
            subjects.sorted().map(\.quotedForNATS).joined(separator: ", ")
        }
        // An empty list of what is allowed would allow everything.
        let publish = publish.isEmpty ? "publish: { deny: [\">\"] }" : "publish: { allow: [\(list(publish))] }"
        // The time is the longest that an answer may take.
        let respond = mayRespond ? ", allow_responses: { max: 1, expires: \"5m\" }" : ""
        return "{ \(publish), subscribe: { allow: [\(list(subscribe))] }\(respond) }"
    }
}

/// A user of the broker.
package struct NATSUser: Sendable, Equatable {
    package let name: String
    /// Plain or as a bcrypt hash.
    package let password: String
    package let permissions: NATSPermissions

    package init(name: String, password: String, permissions: NATSPermissions) {
        self.name = name
        self.password = password
        self.permissions = permissions
    }

    /// The block of nats-server's configuration that lets in these users and nobody else.
    package static func authorization(_ users: [NATSUser]) -> String {
        block(users.map { ($0.name, $0.password.quotedForNATS, $0.permissions) })
    }

    /// The same for a server that finds each password in its environment, as `NATS_PASSWORD_<NAME>`.
    package static func authorization(passwordsInEnvironmentOf users: [String: NATSPermissions]) -> String {
        block(users.sorted { $0.key < $1.key }.map { ($0.key, "$\(passwordVariable(of: $0.key))", $0.value) })
    }

    /// The server reads a variable's value as it reads its configuration, so a password should start with a letter.
    private static func passwordVariable(of user: String) -> String {
        "NATS_PASSWORD_" + user.uppercased().replacing("-", with: "_")
    }

    private static func block(_ users: [(name: String, password: String, permissions: NATSPermissions)]) -> String {
        let lines = users.map {
            "        { user: \($0.name.quotedForNATS), password: \($0.password), permissions: \($0.permissions.block) }\n"
        }
        return "authorization {\n    users: [\n\(lines.joined())    ]\n}\n"
    }
}

extension String {
    /// In quotes, since `$` and digits mean something outside of them.
    fileprivate var quotedForNATS: String {
        "\"" + replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
