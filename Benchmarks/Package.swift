// swift-tools-version: 6.2
import PackageDescription

/// The protocol's own targets are links to the sources of the package above: what is measured is what is shipped, and
/// nothing else has to be built.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error),
]
let spans = strict + [.enableExperimentalFeature("Lifetimes")]

let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")

let bigInt: Target.Dependency = .product(name: "BigInt", package: "BigInt")

let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CBotan", pkgConfig: "botan-2"),
        .systemLibrary(name: "CGMP"),
        .systemLibrary(name: "CMPFR"),
        .systemLibrary(name: "CSecp256k1", pkgConfig: "libsecp256k1"),
        .target(name: "Cryptography", dependencies: ["CBotan", "CSecp256k1"], swiftSettings: strict),
        .target(name: "Encodings", swiftSettings: strict),
        .target(
            name: "IdentityDomain", dependencies: ["Cryptography", "Encodings", "Money", crypto], swiftSettings: strict),
        .target(
            name: "TestWallets", dependencies: ["Cryptography", "CSecp256k1", "Encodings", "IdentityDomain", crypto],
            swiftSettings: strict),
        .target(name: "BigNumber", dependencies: ["CGMP", "CMPFR"], swiftSettings: strict),
        .target(name: "Money", dependencies: [bigInt], swiftSettings: strict),
        .target(name: "CalculatorDomain", dependencies: ["BigNumber", "Money"], swiftSettings: strict),
        .target(
            name: "ServiceRuntime", dependencies: [configuration, coreMetrics, lifecycle, logging, unixSignals],
            swiftSettings: strict),
        .target(name: "Wire", swiftSettings: spans),
        .target(name: "WireTransport", dependencies: ["Wire", nio, nioPosix, nioSSL], swiftSettings: spans),
        .target(
            name: "WireServer",
            dependencies: ["ServiceRuntime", "Wire", "WireTransport", lifecycle, logging, nio, nioPosix],
            swiftSettings: spans),
        .target(
            name: "WireClient",
            dependencies: ["ServiceRuntime", "Wire", "WireTransport", lifecycle, logging, nio, nioPosix],
            swiftSettings: spans),
        .executableTarget(name: "http-constant", dependencies: [hummingbird, logging, nio], swiftSettings: strict),
        .executableTarget(
            name: "rpc-server", dependencies: ["Wire", "WireServer", "WireTransport", logging, nio, nioPosix],
            swiftSettings: spans),
        .executableTarget(
            name: "rpc-client", dependencies: ["Wire", "WireClient", "WireTransport", logging, nio, nioPosix],
            swiftSettings: spans),
        .executableTarget(
            name: "calculator",
            dependencies: ["CalculatorDomain", "Money", "Wire", "WireClient", "WireTransport", logging, nio, nioPosix],
            swiftSettings: spans),
        .executableTarget(
            name: "identity",
            dependencies: [
                "Cryptography", "CSecp256k1", "Encodings", "IdentityDomain", "Money", "TestWallets", crypto,
            ],
            swiftSettings: strict),
    ]
)
