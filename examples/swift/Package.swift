// swift-tools-version: 6.0
import PackageDescription

// The package that `bindings/uniffi/swift/package.sh` makes. An app names a release instead:
// .package(url: "<the address of the package>", from: "0.1.0")
let prm = Context.environment["PRM_SWIFT_PACKAGE"] ?? "../../target/swift/Prm"

let package = Package(
    name: "ClinicDay",
    platforms: [.macOS(.v13)],
    dependencies: [
        .package(name: "Prm", path: prm)
    ],
    targets: [
        .executableTarget(name: "ClinicDay", dependencies: [.product(name: "Prm", package: "Prm")])
    ]
)
