// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours: the language mode is Swift 6 (by the tools version), and a warning is an error.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// For what hands out or takes apart spans of memory (SE-0446): `@_lifetime` still is behind this flag, as in swift-nio.
let spans: [SwiftSetting] = strict + [.enableExperimentalFeature("Lifetimes")]

// Third-party products, named once.
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let atomics: Target.Dependency = .product(name: "Atomics", package: "swift-atomics")
let bigInt: Target.Dependency = .product(name: "BigInt", package: "BigInt")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let hashTree: Target.Dependency = .product(name: "HashTreeCollections", package: "swift-collections")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let jwt: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "bursar",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "bursar", targets: ["Bursar"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-atomics", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        // MARK: Protocol: everything that crosses a process boundary
        .target(
            name: "BountyProtocol", dependencies: ["Encodings", "Events", "IdentityProtocol", crypto],
            path: "Protocol/Bounty",
            swiftSettings: strict),
        .target(name: "Events", dependencies: ["Encodings"], path: "Protocol/Events", swiftSettings: strict),
        .target(name: "Money", dependencies: [bigInt], path: "Protocol/Money", swiftSettings: strict),
        .target(
            name: "IdentityProtocol",
            dependencies: [
                "Encodings", "Events", "JetStream", "ServiceRuntime", crypto, lifecycle, logging, metrics, nio,
            ],
            path: "Protocol/Identity", swiftSettings: strict),
        .target(
            name: "JobProtocol", dependencies: ["Events", "JetStream", "ServiceRuntime", "Wire", nio],
            path: "Protocol/Jobs", swiftSettings: strict),
        .target(
            name: "Suite",
            dependencies: [
                "BountyProtocol", "Events", "IdentityProtocol", "JetStream", "JobProtocol", "Money", "ServiceRuntime",
                "WireTransport",
            ],
            path: "Protocol/Suite", swiftSettings: strict),
        .target(name: "Wire", path: "Protocol/Wire", swiftSettings: spans),
        .target(
            name: "WireClient",
            dependencies: ["ServiceRuntime", "Wire", "WireTransport", lifecycle, logging, nio, nioPosix],
            path: "Protocol/Client", swiftSettings: spans),
        .target(
            name: "WireServer",
            dependencies: ["ServiceRuntime", "Wire", "WireTransport", lifecycle, logging, nio, nioPosix],
            path: "Protocol/Server", swiftSettings: spans),
        .target(
            name: "WireTransport", dependencies: ["Wire", nio, nioPosix, nioSSL], path: "Protocol/Transport",
            swiftSettings: spans),

        // MARK: Platform: what every service stands on
        .target(
            name: "BigNumber", dependencies: ["CGMP", "CMPFR"], path: "Platform/BigNumber", swiftSettings: strict),
        .systemLibrary(
            name: "CBotan", path: "Platform/CBotan", pkgConfig: "botan-2", providers: [.apt(["libbotan-2-dev"])]),
        .systemLibrary(
            name: "CCMarkGFM", path: "Platform/CCMarkGFM",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
        .systemLibrary(name: "CGMP", path: "Platform/CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"])]),
        .systemLibrary(name: "CMPFR", path: "Platform/CMPFR", pkgConfig: "mpfr", providers: [.apt(["libmpfr-dev"])]),
        .systemLibrary(
            name: "CNATS", path: "Platform/CNATS", pkgConfig: "libnats", providers: [.apt(["libnats-dev"])]),
        .systemLibrary(
            name: "CPostgres", path: "Platform/CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CSecp256k1", path: "Platform/CSecp256k1", pkgConfig: "libsecp256k1",
            providers: [.apt(["libsecp256k1-dev"])]),
        .target(
            name: "Cryptography", dependencies: ["CBotan", "CSecp256k1"], path: "Platform/Cryptography",
            swiftSettings: strict),
        .target(
            name: "EmbeddedServers", dependencies: ["ServiceRuntime", logging, subprocess],
            path: "Platform/EmbeddedServers", swiftSettings: strict),
        .target(name: "Encodings", path: "Platform/Encodings", swiftSettings: strict),
        .target(
            name: "GitHub",
            dependencies: [
                "Events", "ServiceRuntime", asyncHTTPClient, jwt, lifecycle, logging, metrics, nio, nioHTTP1,
            ],
            path: "Platform/GitHub", swiftSettings: strict),
        .target(
            name: "HTTP",
            dependencies: [
                "Encodings", "Events", "ServiceRuntime", httpTypes, hummingbird, hummingbirdCore, lifecycle, logging,
                nio, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1, nioPosix,
            ],
            path: "Platform/HTTP", swiftSettings: strict),
        .target(
            name: "JetStream",
            dependencies: ["CNATS", "Encodings", "Events", "ServiceRuntime", lifecycle, logging, nio, nioPosix],
            path: "Platform/JetStream", swiftSettings: strict),
        .target(name: "Markdown", dependencies: ["CCMarkGFM"], path: "Platform/Markdown", swiftSettings: strict),
        .target(
            name: "Postgres",
            dependencies: ["CPostgres", "Encodings", "ServiceRuntime", lifecycle, logging, nio, nioPosix],
            path: "Platform/Postgres", swiftSettings: strict),
        .target(
            name: "ServiceRuntime", dependencies: [configuration, coreMetrics, lifecycle, logging, unixSignals],
            path: "Platform/Runtime", swiftSettings: strict),

        // MARK: Services: each a pure domain and the adapters around it
        .target(
            name: "BountyDomain", dependencies: ["Events", "Markdown", "Money"], path: "Services/Bounty/Domain",
            swiftSettings: strict),
        .target(
            name: "BountyService",
            dependencies: [
                "BountyDomain", "BountyProtocol", "Encodings", "Events", "GitHub", "HTTP", "IdentityProtocol",
                "JetStream", "Money", "Postgres", "ServiceRuntime", "Suite", "Wire", crypto, httpTypes, hummingbird,
                lifecycle, logging, metrics, nio,
            ],
            path: "Services/Bounty", exclude: ["Domain"], swiftSettings: strict),
        .target(
            name: "CalculatorService",
            dependencies: [
                "CalculatorDomain", "Events", "JetStream", "JobProtocol", "Money", "ServiceRuntime", "Suite", "Wire",
                "WireServer", "WireTransport", lifecycle, logging, nio,
            ],
            path: "Services/Calculator", exclude: ["Domain"], swiftSettings: strict),
        .target(
            name: "CalculatorDomain", dependencies: ["BigNumber", "Money"], path: "Services/Calculator/Domain",
            swiftSettings: strict),
        .target(
            name: "GatewayDomain", dependencies: ["Events", bigInt, hashTree], path: "Services/Gateway/Domain",
            swiftSettings: strict),
        .target(
            name: "GatewayService",
            dependencies: [
                "BountyProtocol", "Encodings", "Events", "GatewayDomain", "HTTP", "IdentityProtocol", "JetStream",
                "JobProtocol", "Markdown", "Money", "ServiceRuntime", "Suite", "Wire", "WireClient", "WireTransport",
                atomics, crypto, httpTypes, hummingbird, lifecycle, logging, metrics, nio, nioHTTPTypes,
            ],
            path: "Services/Gateway", exclude: ["Contract/openapi.yaml", "Domain"],
            resources: [.embedInCode("Pages/Assets")], swiftSettings: strict),
        .target(
            name: "GitHubSandbox",
            dependencies: [
                "Encodings", "HTTP", "Markdown", "ServiceRuntime", asyncHTTPClient, crypto, cryptoExtras, httpTypes,
                hummingbird, jwt, lifecycle, logging, nio, nioHTTP1,
            ],
            path: "Services/GitHubSandbox", swiftSettings: strict),
        .target(
            name: "IdentityDomain", dependencies: ["Cryptography", "Encodings", "Money", crypto],
            path: "Services/Identity/Domain",
            swiftSettings: strict),
        .target(
            name: "IdentityService",
            dependencies: [
                "Encodings", "Events", "IdentityDomain", "IdentityProtocol", "JetStream", "Money", "Postgres",
                "ServiceRuntime", "Suite", asyncHTTPClient, crypto, lifecycle, logging, metrics, nio, nioHTTP1,
            ],
            path: "Services/Identity", exclude: ["Domain"], swiftSettings: strict),
        .executableTarget(
            name: "Bursar",
            dependencies: [
                "BountyProtocol", "BountyService", "CalculatorService", "Cryptography", "EmbeddedServers", "Encodings",
                "Events", "GatewayService", "GitHub", "GitHubSandbox", "HTTP", "IdentityDomain", "IdentityProtocol",
                "IdentityService", "JetStream", "Postgres", "ServiceRuntime", "Suite", "Wire", "WireClient",
                argumentParser, asyncHTTPClient, crypto, hummingbird, lifecycle, logging, metrics, nio, nioHTTP1,
                unixSignals,
            ],
            path: "Services/Bursar", swiftSettings: strict),

        // MARK: Tests
        .target(name: "TestRandom", path: "Tests/Random", swiftSettings: strict),
        .target(
            name: "TestSupport",
            dependencies: [
                "EmbeddedServers", "HTTP", "JetStream", "Postgres", "ServiceRuntime", "Suite", hummingbird, lifecycle,
                logging, nio, nioPosix,
            ],
            path: "Tests/Support", swiftSettings: strict),
        .testTarget(
            name: "BigNumberTests", dependencies: ["BigNumber", "TestRandom"], path: "Tests/BigNumberTests",
            swiftSettings: strict),
        .testTarget(
            name: "BountyDomainTests", dependencies: ["BountyDomain", "Events", "Markdown", "Money", "TestRandom"],
            path: "Tests/BountyDomainTests", swiftSettings: strict),
        .testTarget(
            name: "BountyProtocolTests", dependencies: ["BountyProtocol", "Events", "IdentityProtocol", crypto],
            path: "Tests/BountyProtocolTests", swiftSettings: strict),
        .testTarget(
            name: "BountyServiceTests",
            dependencies: [
                "Bursar", "BountyDomain", "BountyProtocol", "BountyService", "CalculatorService", "EmbeddedServers",
                "Events", "GitHub", "GitHubSandbox", "HTTP", "IdentityProtocol", "IdentityService", "JetStream",
                "Money", "Postgres",
                "ServiceRuntime", "Suite", "TestRandom", "TestSupport", "TestWallets", coreMetrics, crypto, httpTypes,
                hummingbird,
                lifecycle, logging, nio, nioPosix, subprocess,
            ],
            path: "Tests/BountyServiceTests", swiftSettings: strict),
        .testTarget(
            name: "CalculatorDomainTests", dependencies: ["CalculatorDomain", "Money", "TestRandom"],
            path: "Tests/CalculatorDomainTests", swiftSettings: strict),
        .testTarget(
            name: "CalculatorServiceTests",
            dependencies: [
                "CalculatorService", "Events", "JetStream", "JobProtocol", "Money", "ServiceRuntime", "Suite",
                "TestSupport", "Wire", "WireClient", lifecycle, logging, nio,
            ],
            path: "Tests/CalculatorServiceTests", swiftSettings: strict),
        .testTarget(
            name: "EncodingsTests", dependencies: ["Encodings"], path: "Tests/EncodingsTests", swiftSettings: strict),
        .testTarget(name: "EventsTests", dependencies: ["Events"], path: "Tests/EventsTests", swiftSettings: strict),
        .testTarget(
            name: "GatewayDomainTests", dependencies: ["GatewayDomain", "Events", "TestRandom", bigInt],
            path: "Tests/GatewayDomainTests",
            swiftSettings: strict),
        .testTarget(
            name: "GatewayServiceTests",
            dependencies: [
                "BountyProtocol", "CalculatorDomain", "CalculatorService", "Events", "GatewayDomain", "GatewayService",
                "HTTP", "IdentityProtocol", "JetStream", "JobProtocol", "Money", "ServiceRuntime", "Suite",
                "TestSupport", "Wire", "WireClient", "WireServer", "WireTransport", coreMetrics, httpTypes,
                hummingbird, hummingbirdTesting, lifecycle, logging, nio, nioEmbedded, nioHTTPTypes, nioPosix,
            ],
            path: "Tests/GatewayServiceTests", swiftSettings: strict),
        .testTarget(
            name: "GitHubTests",
            dependencies: [
                "GitHub", "GitHubSandbox", "HTTP", "ServiceRuntime", "TestSupport", httpTypes, hummingbird, logging,
                nioHTTP1,
            ],
            path: "Tests/GitHubTests", swiftSettings: strict),
        .testTarget(
            name: "HTTPTests",
            dependencies: [
                "HTTP", "ServiceRuntime", "TestSupport", coreMetrics, httpTypes, hummingbird, hummingbirdTesting,
                lifecycle, logging, nio, nioEmbedded, nioHTTPTypes, nioPosix,
            ],
            path: "Tests/HTTPTests", swiftSettings: strict),
        .testTarget(
            name: "CryptographyTests", dependencies: ["Cryptography"], path: "Tests/CryptographyTests",
            swiftSettings: strict),
        .target(
            name: "TestWallets", dependencies: ["Cryptography", "CSecp256k1", "Encodings", "IdentityDomain", crypto],
            path: "Tests/Wallets", swiftSettings: strict),
        .testTarget(
            name: "IdentityDomainTests",
            dependencies: ["Cryptography", "Encodings", "IdentityDomain", "Money", "TestWallets", crypto],
            path: "Tests/IdentityDomainTests", swiftSettings: strict),
        .testTarget(
            name: "IdentityProtocolTests", dependencies: ["Events", "IdentityProtocol"],
            path: "Tests/IdentityProtocolTests", swiftSettings: strict),
        .testTarget(
            name: "IdentityServiceTests",
            dependencies: [
                "Encodings", "Events", "GitHubSandbox", "HTTP", "IdentityDomain", "IdentityProtocol", "IdentityService",
                "JetStream", "Postgres", "ServiceRuntime", "Suite", "TestSupport", "TestWallets", asyncHTTPClient,
                httpTypes, hummingbird, lifecycle, logging, nio, nioHTTP1,
            ],
            path: "Tests/IdentityServiceTests", swiftSettings: strict),
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "Bursar", "EmbeddedServers", "Events", "GitHubSandbox", "HTTP", "JetStream", "JobProtocol", "Postgres",
                "ServiceRuntime", "Suite", "TestRandom", "TestSupport",
                "TestWallets", asyncHTTPClient, crypto, hummingbird, logging, nio, nioHTTP1, nioPosix, subprocess,
            ],
            path: "Tests/Integration", swiftSettings: strict),
        .testTarget(
            name: "JetStreamTests",
            dependencies: ["EmbeddedServers", "JetStream", "ServiceRuntime", "TestSupport", lifecycle, logging, nio],
            path: "Tests/JetStreamTests", swiftSettings: strict),
        .testTarget(
            name: "MarkdownTests", dependencies: ["Markdown"], path: "Tests/MarkdownTests", swiftSettings: strict),
        .testTarget(
            name: "MoneyTests", dependencies: ["Money", "TestRandom"], path: "Tests/MoneyTests", swiftSettings: strict),
        .testTarget(
            name: "PostgresTests",
            dependencies: [
                "EmbeddedServers", "Postgres", "ServiceRuntime", "TestSupport", lifecycle, logging, nio, nioPosix,
            ],
            path: "Tests/PostgresTests", swiftSettings: strict),
        .testTarget(
            name: "RPCTests",
            dependencies: [
                "ServiceRuntime", "Wire", "WireClient", "WireServer", "WireTransport", lifecycle, logging, nio,
                nioEmbedded, nioPosix, subprocess,
            ],
            path: "Tests/RPCTests", swiftSettings: strict),
        .testTarget(
            name: "ServiceRuntimeTests", dependencies: ["ServiceRuntime", coreMetrics, logging],
            path: "Tests/ServiceRuntimeTests", swiftSettings: strict),
        .testTarget(
            name: "WireTests", dependencies: ["TestRandom", "Wire"], path: "Tests/WireTests", swiftSettings: strict),
    ]
)
