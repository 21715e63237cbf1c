// swift-tools-version: 6.0
import PackageDescription

// The library itself, in Rust. Where an XCFramework can be had it is that; a release fills in its address. Elsewhere it is
// the static library `libprm_uniffi.a`, in a folder named to the linker: swift build -Xlinker -L<folder>.
let released: (url: String, checksum: String)? = nil

#if canImport(Darwin)
let library: Target =
    if let released {
        .binaryTarget(name: "PrmFFI", url: released.url, checksum: released.checksum)
    } else {
        .binaryTarget(name: "PrmFFI", path: "PrmFFI.xcframework")
    }
#else
let library: Target = .systemLibrary(name: "PrmFFI")
#endif

let package = Package(
    name: "Prm",
    platforms: [.macOS(.v13), .iOS(.v16)],
    products: [
        .library(name: "Prm", targets: ["Prm"])
    ],
    targets: [
        library,
        // Values that cross as text.
        .target(name: "PrmValues"),
        // Written by uniffi-bindgen, which writes Swift 5.
        .target(
            name: "PrmGenerated",
            dependencies: ["PrmFFI", "PrmValues"],
            swiftSettings: [.swiftLanguageMode(.v5)]
        ),
        // What an app imports.
        .target(
            name: "Prm",
            dependencies: ["PrmGenerated", "PrmValues"],
            resources: [.copy("PrivacyInfo.xcprivacy")]
        ),
        // Prints what a call costs.
        .executableTarget(name: "PrmCost", dependencies: ["Prm"]),
        .testTarget(name: "PrmTests", dependencies: ["Prm"]),
    ]
)
