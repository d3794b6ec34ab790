/// Subjects of JetStream's API that we use: <https://docs.nats.io/reference/reference-protocols/nats_api_reference>
enum NATSAPI {
    static let accountInfo = "$JS.API.INFO"
    static func streamInfo(_ stream: String) -> String { "$JS.API.STREAM.INFO.\(stream)" }
    static func createStream(_ stream: String) -> String { "$JS.API.STREAM.CREATE.\(stream)" }
    static func updateStream(_ stream: String) -> String { "$JS.API.STREAM.UPDATE.\(stream)" }
    static func purgeStream(_ stream: String) -> String { "$JS.API.STREAM.PURGE.\(stream)" }
    static func deleteMessage(_ stream: String) -> String { "$JS.API.STREAM.MSG.DELETE.\(stream)" }
    static func getMessage(_ stream: String) -> String { "$JS.API.STREAM.MSG.GET.\(stream)" }
    /// The newest message of a subject. ADR-31.
    static func directGet(_ stream: String, subject: String) -> String { "$JS.API.DIRECT.GET.\(stream).\(subject)" }
    static func consumerInfo(_ stream: String, _ name: String) -> String { "$JS.API.CONSUMER.INFO.\(stream).\(name)" }
    /// Creates and updates, without the filter in the subject.
    static func createConsumer(_ stream: String, _ name: String) -> String {
        "$JS.API.CONSUMER.CREATE.\(stream).\(name)"
    }
    static func nextMessages(_ stream: String, _ name: String) -> String {
        "$JS.API.CONSUMER.MSG.NEXT.\(stream).\(name)"
    }
    /// Answers to what the consumer delivered, without and with domain and account hash.
    static func acknowledgements(_ stream: String, _ name: String) -> [String] {
        ["$JS.ACK.\(stream).\(name).>", "$JS.ACK.*.*.\(stream).\(name).>"]
    }
}
