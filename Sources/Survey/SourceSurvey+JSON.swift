package import Text

/// A survey as bytes and back, for keeping it.
extension SourceSurvey {
    package func encoded() -> [UInt8] {
        var json = JSONWriter(compact: true)
        json.object { json in
            json.field("files", files)
            json.field("partial", partial)
            json.array("uses") { json in
                for (name, use) in uses.sorted(by: { $0.key < $1.key }) {
                    json.object { json in
                        json.field("extension", name)
                        json.field("constructs", use.constructs)
                        json.field("lines", use.lines)
                        json.field("declarations", use.declarations)
                        json.field("provided", use.isProvided)
                        json.field("places", use.places)
                        json.array("samples") { json in
                            for sample in use.samples { sample.write(&json) }
                        }
                    }
                }
            }
        }
        json.finish()
        return json.bytes
    }

    /// Nil where the bytes are no survey.
    package init?(decoding bytes: [UInt8]) {
        guard let json = try? JSONValue(parsing: bytes), let files = json["files"]?.int,
            let partial = json["partial"]?.int, let list = json["uses"]?.array
        else { return nil }
        var uses: [String: Use] = [:]
        for entry in list {
            guard let name = entry["extension"]?.string else { return nil }
            var use = Use()
            use.constructs = entry["constructs"]?.int ?? 0
            use.lines = entry["lines"]?.int ?? 0
            use.declarations = entry["declarations"]?.int ?? 0
            use.isProvided = entry["provided"]?.bool ?? false
            use.places = entry["places"]?.strings ?? []
            use.samples = (entry["samples"]?.array ?? []).compactMap(UseSample.init)
            uses[name] = use
        }
        self.init(uses: uses, files: files, partial: partial)
    }
}

extension UseSample {
    package func write(_ json: inout JSONWriter) {
        json.object { json in
            json.field("path", path)
            json.field("line", line)
            json.field("rule", rule)
            json.field("before", before)
            json.field("after", after)
            json.field("notes", notes)
        }
    }

    fileprivate init?(_ json: JSONValue) {
        guard let path = json["path"]?.string, let line = json["line"]?.int, let rule = json["rule"]?.string,
            let before = json["before"]?.string
        else { return nil }
        self.init(
            path: path, line: line, rule: rule, before: before, after: json["after"]?.string,
            notes: json["notes"]?.strings ?? [])
    }
}
