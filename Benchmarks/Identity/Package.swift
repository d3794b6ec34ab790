// swift-tools-version: 6.2
import PackageDescription

/// What checks signatures, as links to the sources of the package above: what is measured is what is shipped, and nothing else
/// has to be built.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error),
]
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "identity-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    ],
    targets: [
        .systemLibrary(name: "CBotan", pkgConfig: "botan-2"),
        .systemLibrary(name: "CSecp256k1", pkgConfig: "libsecp256k1"),
        .target(name: "Cryptography", dependencies: ["CBotan", "CSecp256k1"], swiftSettings: strict),
        .target(name: "Money", dependencies: [.product(name: "BigInt", package: "BigInt")], swiftSettings: strict),
        .target(name: "IdentityDomain", dependencies: ["Cryptography", "Money", crypto], swiftSettings: strict),
        .target(
            name: "TestWallets", dependencies: ["CSecp256k1", "Cryptography", "IdentityDomain", crypto],
            swiftSettings: strict),
        .executableTarget(
            name: "identity-verify",
            dependencies: ["CSecp256k1", "Cryptography", "IdentityDomain", "Money", "TestWallets", crypto],
            swiftSettings: strict),
    ]
)
