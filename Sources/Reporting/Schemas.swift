/// The JSON Schemas (draft 2020-12) of our JSON: the files in `Schemas/`, compiled in.
package enum Schemas {
    /// Name, as the member `schema` of a document has it (`caravan.NAME/1`), and text.
    package static let all: [(name: String, text: [UInt8])] = [
        ("history", PackageResources.history_schema_json), ("plan", PackageResources.plan_schema_json),
        ("scan", PackageResources.scan_schema_json), ("stats", PackageResources.stats_schema_json),
        ("what-if", PackageResources.what_if_schema_json),
    ]
}
