// swift-tools-version: 6.2
import PackageDescription

// One list for every target: Swift 6 language mode comes with the tools version.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// The Swift libraries inside the program, and what those of Foundation lean on.
let staticLinking =
    ["-static-stdlib"]
    + ["CoreFoundation", "_FoundationCShims", "_FoundationCollections", "_FoundationICU", "stdc++", "m"].flatMap {
        ["-Xlinker", "-l\($0)"]
    }

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
    name: "Caravan",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "caravan", targets: ["caravan"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        // Subprocess takes its paths as FilePath, which on Linux lives here.
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        // SQLite: what was read of sources, kept for the next run.
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    // In the order in which data flows.
    targets: [
        library("Text"),
        .target(name: "CByteScan"),
        library("OCamlSyntax", ["CByteScan", "Text"]),
        library("OpamFormat", ["Text"]),
        .systemLibrary(name: "CPCRE2", providers: [.apt(["libpcre2-dev"])]),
        library("BuildFiles", ["CPCRE2", "Text", "OpamFormat"]),
        library("Findings", ["Text", "OCamlSyntax", "BuildFiles"]),
        .target(
            name: "Catalogue", dependencies: ["Text", "OCamlSyntax", "BuildFiles", "Findings"], exclude: ["Handbook"],
            swiftSettings: settings),
        library("Rewriting", ["Text", "OCamlSyntax", "OpamFormat", "BuildFiles", "Findings"]),
        library("Survey", ["Text", "BuildFiles", "Findings"]),
        library("Universe", ["Text", "OpamFormat"]),
        .systemLibrary(name: "CCaDiCaL", providers: [.apt(["libcadical-dev"])]),
        library("Installability", ["CCaDiCaL", "Universe", "OpamFormat"]),
        library(
            "Gate",
            [
                "Text", "OCamlSyntax", "BuildFiles", "Findings", "Catalogue", "OpamFormat", "Universe",
                "Installability", .product(name: "Yams", package: "Yams"),
            ]),
        library("Planning", ["Installability", "Survey", "Universe", "OpamFormat", "Text"]),
        .target(
            name: "Reporting",
            dependencies: [
                "Text", "Findings", "Rewriting", "Gate", "OpamFormat", "Installability", "Planning", "Survey",
                "Universe",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            // Compiled in: the program is one file that works wherever it is copied to.
            resources: [.embedInCode("Web/Page"), .embedInCode("Schemas")],
            swiftSettings: settings
        ),
        // No `link` in its module map: which library it is depends on the system.
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .target(
            name: "Database", dependencies: ["CSQLite", "Planning", "Reporting", "Universe"], swiftSettings: settings,
            // Static, so that the program stays one file that asks nothing of where it runs.
            linkerSettings: [
                .linkedLibrary(":libsqlite3.a", .when(platforms: [.linux])),
                .linkedLibrary("m", .when(platforms: [.linux])),
                .linkedLibrary("sqlite3", .when(platforms: [.macOS])),
            ]
        ),
        library(
            "Workspace",
            [
                "Text",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .executableTarget(
            name: "caravan",
            dependencies: [
                "Text", "OCamlSyntax", "OpamFormat", "BuildFiles", "Findings", "Catalogue", "Universe",
                "Database", "Installability", "Planning", "Reporting", "Rewriting", "Survey", "Gate", "Workspace",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings,
            // One file that starts in a millisecond. The flags concern this program alone, which nobody depends on.
            linkerSettings: [.unsafeFlags(staticLinking, .when(platforms: [.linux]))]
        ),
        // What test targets share: temporary directories, the built program, random universes, dose's format.
        .target(
            name: "TestSupport", dependencies: ["Workspace", "OpamFormat", "Universe", "Installability"],
            path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "SyntaxChecks", dependencies: ["OCamlSyntax", "Text"], path: "Tests/SyntaxChecks",
            swiftSettings: settings),
        // `make bench`: our figures and those of our peers, from one run.
        .executableTarget(
            name: "benchmark",
            dependencies: ["OCamlSyntax", "OpamFormat", "TestSupport", "Universe", "Workspace"],
            path: "Tests/Benchmark", exclude: ["OCaml", "gate.sh"], swiftSettings: settings),
        tests("TextTests", ["Text"]),
        tests("OCamlSyntaxTests", ["OCamlSyntax", "Text", "SyntaxChecks", "TestSupport", "Workspace"]),
        tests("OpamFormatTests", ["OpamFormat", "Text"]),
        tests("BuildFilesTests", ["BuildFiles", "Text"]),
        tests("FindingsTests", ["Findings", "Catalogue", "OCamlSyntax", "BuildFiles", "Text"]),
        tests(
            "RewritingTests", ["Rewriting", "Findings", "Catalogue", "OCamlSyntax", "BuildFiles", "Text", "Workspace"]),
        tests("UniverseTests", ["Universe", "OpamFormat", "Text"]),
        tests("InstallabilityTests", ["Installability", "Universe", "OpamFormat", "TestSupport"]),
        tests("PlanningTests", ["Planning", "Installability", "Survey", "Universe", "OpamFormat", "Text"]),
        tests("WorkspaceTests", ["Workspace", "Text", "TestSupport"]),
        tests("CommandTests", ["Workspace", "Text", "TestSupport"]),
        tests(
            "GateTests",
            [
                "Gate", "Findings", "Catalogue", "Reporting", "Workspace", "Text", "TestSupport",
                .product(name: "Yams", package: "Yams"),
            ],
            exclude: ["Schemas"]),
        tests("WebTests", ["Workspace", "Text", "TestSupport"], exclude: ["Browser"]),
        tests("CorpusTests", ["Workspace", "Text", "TestSupport"], exclude: ["Expected", "check-corpus.sh"]),
        tests(
            "OracleTests",
            [
                "OCamlSyntax", "OpamFormat", "Universe", "Planning", "Workspace", "Text", "BuildFiles", "Findings",
                "Catalogue", "Installability", "Rewriting", "TestSupport",
            ],
            exclude: ["OCaml"]
        ),
    ]
)

// `make fuzz`: the fuzzer and what it exercises, nothing else, since all of it is compiled with checks of its own.
if Context.environment["CARAVAN_FUZZ"] != nil {
    let kept: Set = ["Text", "CByteScan", "OCamlSyntax", "SyntaxChecks"]
    package.dependencies = []
    package.products = []
    package.targets.removeAll { !kept.contains($0.name) }
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: ["SyntaxChecks"], path: "Tests/Fuzz",
            exclude: ["fuzz.sh", "words.dict"], swiftSettings: settings))
}
