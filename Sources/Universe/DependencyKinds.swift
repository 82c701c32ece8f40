package import OpamFormat

/// Why one package names another.
package enum EdgeKind: String, Sendable, Hashable, CaseIterable, Comparable {
    case depends, build, test, doc, post, depopt, conflict

    package static func < (left: EdgeKind, right: EdgeKind) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// Which dependencies count besides the plain run-time ones.
package struct DependencyKinds: OptionSet, Sendable, Hashable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let build = DependencyKinds(rawValue: 1)
    package static let test = DependencyKinds(rawValue: 2)
    package static let doc = DependencyKinds(rawValue: 4)
    package static let post = DependencyKinds(rawValue: 8)
    /// Dependencies of development versions (`{dev}`).
    package static let dev = DependencyKinds(rawValue: 16)

    /// The value of the filter variables that stand for kinds, `test` and `doc` of format 1.2 among them; nil for any
    /// other variable.
    package func value(of variable: Filter.Variable) -> Filter.Value? {
        guard variable.isGlobal else { return nil }
        switch variable.name {
        case "build": return .bool(contains(.build))
        case "with-test", "test": return .bool(contains(.test))
        case "with-doc", "doc": return .bool(contains(.doc))
        case "post": return .bool(contains(.post))
        case "dev": return .bool(contains(.dev))
        default: return nil
        }
    }
}

/// Where packages are to be installed: what filters see.
package struct World: Sendable, Hashable {
    /// The compiler; nil for any.
    package var ocaml: Version?
    package var os: String
    package var arch: String
    /// `available` is not evaluated.
    package var anyPlatform: Bool
    package var kinds: DependencyKinds

    package init(
        ocaml: Version?, os: String = "linux", arch: String = "x86_64", anyPlatform: Bool = false,
        kinds: DependencyKinds = .build
    ) {
        self.ocaml = ocaml
        self.os = os
        self.arch = arch
        self.anyPlatform = anyPlatform
        self.kinds = kinds
    }

    /// What a filter sees in this world.
    package func value(of variable: Filter.Variable) -> Filter.Value? {
        if let kind = kinds.value(of: variable) { return kind }
        guard variable.isGlobal else { return nil }
        switch variable.name {
        // On a system that opam has no name for, these are the system itself.
        case "os", "os-distribution", "os-family": return .string(os)
        case "arch": return .string(arch)
        case "ocaml-version", "compiler", "sys-ocaml-version": return ocaml.map { .string($0.text) }
        case "preinstalled": return .bool(false)
        case "ocaml-native", "ocaml-native-dynlink", "ocaml-native-tools": return .bool(true)
        case "opam-version": return .string(OpamSemantics.version)
        default: return nil
        }
    }
}

/// The release of opam whose answers ours equal.
package enum OpamSemantics {
    package static let version = "2.1.2"

    /// What filters see where opam lists without a switch. What it takes from the machine it runs on (`jobs`, and the home
    /// folder in the paths) is fixed here, so that answers are the same everywhere.
    package static let globals: [String: String] = {
        var globals = [
            "opam-version": version, "make": "make", "exe": "", "jobs": "1", "switch": "#unset#", "root": "~/.opam",
        ]
        globals["prefix"] = "~/.opam/#unset#"
        for folder in ["bin", "doc", "etc", "lib", "man", "sbin", "share"] {
            globals[folder] = "~/.opam/#unset#/\(folder)"
        }
        globals["stublibs"] = "~/.opam/#unset#/lib/stublibs"
        globals["toplevel"] = "~/.opam/#unset#/lib/toplevel"
        return globals
    }()
}
