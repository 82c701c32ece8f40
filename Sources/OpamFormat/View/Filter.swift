/// A filter of an opam file: a formula over variables such as `build`, `with-test` or `os`, evaluated to true, false or
/// undefined (opam manual, "Filters").
package indirect enum Filter: Sendable, Hashable {
    case bool(Bool)
    case string(String)
    case variable(Variable)
    case relop(Relop, Filter, Filter)
    case and(Filter, Filter)
    case or(Filter, Filter)
    case not(Filter)
    /// The unary `?`: whether the operand is defined.
    case defined(Filter)

    /// A variable as it is named in a filter: `os`, `pkg:installed`, `a+b:enable`, `x?then:else`.
    package struct Variable: Sendable, Hashable {
        /// Packages before the colon; `_` stands for the package itself.
        package var packages: [String]
        package var name: String
        package var choice: Choice?

        package struct Choice: Sendable, Hashable {
            package var ifTrue: String
            package var ifFalse: String
        }

        package init(_ text: String) {
            var text = Substring(text)
            if let question = text.firstIndex(of: "?") {
                let branches = text[text.index(after: question)...]
                text = text[..<question]
                let colon = branches.firstIndex(of: ":") ?? branches.endIndex
                choice = Choice(
                    ifTrue: String(branches[..<colon]),
                    ifFalse: colon < branches.endIndex ? String(branches[branches.index(after: colon)...]) : "")
            }
            if let colon = text.firstIndex(of: ":") {
                packages = text[..<colon].split(separator: "+").map(String.init)
                name = String(text[text.index(after: colon)...])
            } else {
                packages = []
                name = String(text)
            }
            if name == "enable", !packages.isEmpty, choice == nil {
                name = "installed"
                choice = Choice(ifTrue: "enable", ifFalse: "disable")
            }
        }

        package var isGlobal: Bool { packages.isEmpty }
    }

    package enum Value: Sendable, Hashable {
        case bool(Bool)
        case string(String)
    }

    /// What is known of variables; nil means undefined.
    package typealias Environment = (Variable) -> Value?

    /// The value, or nil where it is undefined.
    package func value(_ environment: Environment) -> Value? {
        switch self {
        case .bool(let bool): return .bool(bool)
        case .string(let text): return .string(Self.expand(text, environment))
        case .variable(let variable): return Self.resolve(variable, environment)
        case .relop(let relop, let left, let right):
            guard let left = left.value(environment), let right = right.value(environment) else { return nil }
            return .bool(relop.holds(Version(left.text).compare(Version(right.text))))
        case .and(let left, let right):
            return Self.combine(left, right, absorbing: false, environment)
        case .or(let left, let right):
            return Self.combine(left, right, absorbing: true, environment)
        case .not(let operand):
            guard let bool = operand.value(environment)?.bool else { return nil }
            return .bool(!bool)
        case .defined(let operand):
            return .bool(operand.value(environment) != nil)
        }
    }

    /// The truth value; `undefined` stands for a value that is undefined or no truth value.
    package func isTrue(undefined: Bool, _ environment: Environment) -> Bool {
        value(environment)?.bool ?? undefined
    }

    private static func combine(
        _ left: Filter, _ right: Filter, absorbing: Bool, _ environment: Environment
    ) -> Value? {
        let left = left.value(environment)?.bool
        let right = right.value(environment)?.bool
        if left == absorbing || right == absorbing { return .bool(absorbing) }
        guard left != nil, right != nil else { return nil }
        return .bool(!absorbing)
    }

    private static func resolve(_ variable: Variable, _ environment: Environment) -> Value? {
        var value: Value?
        if variable.packages.count > 1 {
            // Several packages: true if all are, as opam folds them.
            var all: Bool? = true
            for package in variable.packages {
                var single = variable
                single.packages = [package]
                single.choice = nil
                if all == false { break }
                let bool = environment(single)?.bool
                if bool != true { all = bool }
            }
            value = all.map(Value.bool)
        } else {
            value = environment(variable)
        }
        guard let choice = variable.choice else { return value }
        return .string(value?.bool == true ? choice.ifTrue : choice.ifFalse)
    }

    /// `%{variable}%` replaced by its value, or by nothing where it is undefined; `%%` is a `%`.
    package static func expand(_ text: String, _ environment: Environment) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var output = ""
        var rest = Substring(text)
        while let percent = rest.firstIndex(of: "%") {
            output += rest[..<percent]
            rest = rest[percent...].dropFirst()
            if rest.first == "%" {
                output += "%"
                rest = rest.dropFirst()
            } else if rest.first == "{", let close = closing(rest) {
                let name = String(rest.dropFirst()[..<close.lowerBound])
                output += resolve(Variable(name), environment)?.text ?? ""
                rest = rest[close.upperBound...]
            } else {
                output += "%"
            }
        }
        return output + rest
    }

    private static func closing(_ text: Substring) -> Range<Substring.Index>? {
        var index = text.startIndex
        while let brace = text[index...].firstIndex(of: "}") {
            let next = text.index(after: brace)
            if next < text.endIndex, text[next] == "%" { return brace..<text.index(after: next) }
            index = next
        }
        return nil
    }

    /// Every variable that occurs.
    package func forEachVariable(_ body: (Variable) -> Void) {
        switch self {
        case .bool, .string: return
        case .variable(let variable): body(variable)
        case .relop(_, let left, let right), .and(let left, let right), .or(let left, let right):
            left.forEachVariable(body)
            right.forEachVariable(body)
        case .not(let operand), .defined(let operand): operand.forEachVariable(body)
        }
    }
}

extension Filter.Value {
    package var text: String {
        switch self {
        case .bool(let bool): bool ? "true" : "false"
        case .string(let text): text
        }
    }

    /// The strings "true" and "false" count as truth values, as for opam.
    package var bool: Bool? {
        switch self {
        case .bool(let bool): bool
        case .string("true"): true
        case .string("false"): false
        case .string: nil
        }
    }
}
