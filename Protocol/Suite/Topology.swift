import BountyProtocol
import Events
import IdentityProtocol
package import JetStream
import JobProtocol

/// The streams and durable consumers of the suite, and what each service's user may do with them.
package enum Topology {
    /// Deliveries that may wait: more than a busy organisation sends in days of an outage of the database.
    static let maximumWaitingDeliveries: Int64 = 1_000_000
    /// After which a delivery that nobody answered is given to another worker: longer than handling one ever takes.
    static let deliveryAckWait = Duration.seconds(15)
    /// How long dead letters are kept to be looked at and replayed.
    static let deadLetterAge = Duration.seconds(90 * 86_400)

    /// - Parameter replicas: Of each stream; one per NATS server, at most.
    package static func streams(replicas: Int, jobs: JobStorage = JobStorage()) -> [StreamProvision] {
        var webhooks = StreamSpecification(name: StreamName.webhooks, subjects: ["\(Subjects.webhooks).*"])
        webhooks.retention = .workQueue
        webhooks.discard = .new
        webhooks.maximumMessages = maximumWaitingDeliveries
        webhooks.replicas = replicas
        var worker = ConsumerSpecification(durable: ConsumerName.bountyWebhooks)
        worker.ackWait = deliveryAckWait

        var events = StreamSpecification(name: StreamName.events, subjects: ["events.>"])
        events.discard = .new
        events.replicas = replicas
        var accounts = ConsumerSpecification(durable: ConsumerName.bountyAccounts)
        accounts.filterSubjects = ["events.identity.*"]

        var dead = StreamSpecification(name: StreamName.dead, subjects: ["dead.>"])
        dead.maximumAge = deadLetterAge
        dead.replicas = replicas

        return [
            StreamProvision(webhooks, consumers: [worker]), StreamProvision(events, consumers: [accounts]),
            StreamProvision(dead),
        ] + jobStreams(replicas: replicas, jobs)
    }

    /// Parts of jobs, and what is known and has come of them. Results and records are forgotten at the same age, which counts
    /// from when each was written: a job is past its own end before any of its parts' results is.
    private static func jobStreams(replicas: Int, _ storage: JobStorage) -> [StreamProvision] {
        let age = Duration.seconds(storage.retention.components.seconds + JobStorage.margin)
        var parts = StreamSpecification(name: JobNames.stream, subjects: [JobNames.subjects])
        parts.retention = .workQueue
        parts.discard = .new
        parts.maximumMessages = JobLimits.waitingParts
        parts.maximumBytes = storage.bytes
        parts.maximumAge = age
        parts.replicas = replicas
        var worker = ConsumerSpecification(durable: JobNames.consumer)
        worker.ackWait = JobLimits.ackWait

        var buckets = [JobNames.records, JobNames.keys, JobNames.results].map {
            StreamSpecification.keyValue(bucket: $0)
        }
        for index in buckets.indices {
            buckets[index].maximumAge = age
            buckets[index].replicas = replicas
            if buckets[index].name == KeyValueBucket.stream(of: JobNames.results) {
                buckets[index].maximumBytes = storage.bytes
            } else {
                buckets[index].maximumMessages = JobLimits.jobs
            }
        }
        return [StreamProvision(parts, consumers: [worker])] + buckets.map { StreamProvision($0) }
    }

    /// The users of the broker: one for each service, and one that makes streams.
    package static let users = [
        ServiceName.provision, ServiceName.bounty, ServiceName.calculator, ServiceName.gateway, ServiceName.identity,
    ]

    /// What the calculator does for callers that have no network path to its RPC port.
    static let calculatorMethods = ["allocate", "convert"]

    /// What the bounty service answers to the gateway.
    static let bountyMethods = [
        CreateSigningChallenge.subject, SignBounty.subject, AcknowledgePayout.subject, PayoutKeys.subject,
        BountyHistory.subject, PreviewComment.subject,
    ]

    /// What the identity service answers to the gateway, for browsers and programs.
    static let identityMethodsOfGateway = [
        BeginLogin.subject, CompleteLogin.subject, RenewSession.subject, EndSession.subject, ExchangeAPIKey.subject,
        PublishedKeys.subject, CreateLinkChallenge.subject, LinkWallet.subject, UnlinkWallet.subject,
        ShowIdentity.subject,
    ]
    /// What it answers to the bounty service. Only that one knows the terms of a bounty.
    static let identityMethodsOfBounty = [
        PublishedKeys.subject, ResolveAccounts.subject, CreateBountyChallenge.subject, AcceptBountySignature.subject,
    ]

    package static func permissions(of user: String) -> NATSPermissions {
        var permissions = NATSPermissions(inboxPrefix: NATSConfiguration.inboxPrefix(of: user))
        if user != ServiceName.provision { permissions.allowDiscovery(of: user) }
        switch user {
        case ServiceName.provision:
            permissions.allowProvisioning(streams(replicas: 1))
            // Erasing an account's personal data is the operator's, not a service's.
            permissions.allowPurging(stream: StreamName.events)
            // So are looking at dead letters and replaying them, and bringing back a stream that was lost.
            permissions.allowReading(stream: StreamName.dead)
            permissions.allowDeleting(stream: StreamName.dead)
            permissions.allowPublishing("\(Subjects.webhooks).*", "events.bounty.*.*", "events.identity.*")
        case ServiceName.bounty:
            permissions.allowPublishing(
                "\(Subjects.webhooks).*", "events.bounty.*.*",
                Subjects.deadLetter(service: ServiceName.bounty, consumer: "*"))
            permissions.allowConsuming(stream: StreamName.webhooks, durable: ConsumerName.bountyWebhooks)
            permissions.allowConsuming(stream: StreamName.events, durable: ConsumerName.bountyAccounts)
            for subject in identityMethodsOfBounty { permissions.allowRequests(subject) }
            permissions.allowRequests(Subjects.request(service: ServiceName.calculator, method: "allocate"))
            for subject in bountyMethods { permissions.allowServing(subject, queueGroup: ServiceName.bounty) }
        case ServiceName.calculator:
            for method in calculatorMethods {
                permissions.allowServing(
                    Subjects.request(service: ServiceName.calculator, method: method),
                    queueGroup: ServiceName.calculator)
            }
            permissions.allowConsuming(stream: JobNames.stream, durable: JobNames.consumer)
            permissions.allowEntries(ofBucket: JobNames.records)
            permissions.allowChanging("*", inBucket: JobNames.records)
            permissions.allowValues(ofBucket: JobNames.results)
            permissions.allowChanging("*.*", inBucket: JobNames.results)
        case ServiceName.gateway:
            permissions.allowReading(stream: StreamName.events)
            for subject in identityMethodsOfGateway + bountyMethods { permissions.allowRequests(subject) }
            permissions.allowPublishing("jobs.*.*")
            for bucket in [JobNames.records, JobNames.keys] {
                permissions.allowEntries(ofBucket: bucket)
                permissions.allowChanging("*", inBucket: bucket)
            }
            permissions.allowValues(ofBucket: JobNames.results)
        case ServiceName.identity:
            permissions.allowPublishing("events.identity.*")
            for subject in Set(identityMethodsOfGateway + identityMethodsOfBounty) {
                permissions.allowServing(subject, queueGroup: ServiceName.identity)
            }
        default:
            preconditionFailure("\(user) is no user of the suite")
        }
        return permissions
    }
}
