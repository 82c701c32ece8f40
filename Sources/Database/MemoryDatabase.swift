import CSQLite

/// An SQLite database in memory, of which the bytes are taken at the end: no file is touched here, and the same statements
/// give the same bytes.
@safe final class MemoryDatabase {
    /// What SQLite says of a statement that it does not take: a bug of ours.
    struct Failure: Error, CustomStringConvertible {
        let statement: String
        let reason: String
        var description: String { "SQLite: \(reason): \(statement)" }
    }

    enum Value {
        case null
        case integer(Int)
        case text(String)

        init(_ value: Int?) { self = value.map { .integer($0) } ?? .null }
        init(_ value: String?) { self = value.map { .text($0) } ?? .null }
        init(_ value: Bool) { self = .integer(value ? 1 : 0) }
    }

    private let handle: OpaquePointer?

    init() throws(Failure) {
        var opened: OpaquePointer?
        let status = unsafe sqlite3_open(":memory:", &opened)
        unsafe handle = opened
        guard status == SQLITE_OK else { throw Failure(statement: "open", reason: "status \(status)") }
    }

    deinit { unsafe sqlite3_close(handle) }

    /// Runs statements without parameters.
    func run(_ statements: String) throws(Failure) {
        guard unsafe sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK else { throw failure(statements) }
    }

    /// Inserts rows, each with as many values as the table has columns.
    func insert(into table: String, _ rows: [[Value]]) throws(Failure) {
        guard let width = rows.first?.count else { return }
        let marks = [String](repeating: "?", count: width).joined(separator: ", ")
        let text = "INSERT INTO \(table) VALUES (\(marks))"
        var statement: OpaquePointer?
        guard unsafe sqlite3_prepare_v2(handle, text, -1, &statement, nil) == SQLITE_OK else { throw failure(text) }
        defer { unsafe sqlite3_finalize(statement) }
        for row in rows {
            for (index, value) in row.enumerated() { unsafe bind(value, Int32(index + 1), statement) }
            guard unsafe sqlite3_step(statement) == SQLITE_DONE else { throw failure(text) }
            unsafe sqlite3_reset(statement)
        }
    }

    private func bind(_ value: Value, _ index: Int32, _ statement: OpaquePointer?) {
        switch value {
        case .null: unsafe sqlite3_bind_null(statement, index)
        case .integer(let number): unsafe sqlite3_bind_int64(statement, index, Int64(number))
        case .text(let text):
            // SQLite copies the text (SQLITE_TRANSIENT), which the call's temporary holds for its length only.
            let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
            unsafe sqlite3_bind_text(statement, index, text, Int32(text.utf8.count), copies)
        }
    }

    /// The database as the bytes of its file.
    func bytes() throws(Failure) -> [UInt8] {
        var size: sqlite3_int64 = 0
        guard let data = unsafe sqlite3_serialize(handle, "main", &size, 0) else { throw failure("serialize") }
        defer { unsafe sqlite3_free(data) }
        return unsafe [UInt8](UnsafeBufferPointer(start: data, count: Int(size)))
    }

    private func failure(_ statement: String) -> Failure {
        let reason = unsafe sqlite3_errmsg(handle).map { unsafe String(cString: $0) } ?? "no memory"
        return Failure(statement: statement, reason: reason)
    }
}
