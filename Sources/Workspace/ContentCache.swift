import Foundation
import GRDB

/// What was found out about contents, kept between runs in an SQLite database: a value for each key, and the key says all that
/// the value depends on.
///
/// Safe to use from many tasks and from several runs at once. A cache is never needed: where it cannot be read or written, the
/// value is worked out again.
package final class ContentCache: Sendable {
    private let database: DatabaseQueue

    /// Opens a database, or makes it; so are its folders.
    package init(path: String) throws(FileError) {
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try DirectoryMaker.make(String(path[..<slash]))
        }
        do {
            var configuration = Configuration()
            // Another run may be writing.
            configuration.busyMode = .timeout(5)
            database = try DatabaseQueue(path: path, configuration: configuration)
            try database.write { database in
                try database.execute(
                    sql: "CREATE TABLE IF NOT EXISTS content (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
            }
        } catch {
            throw FileError(path: path, reason: "cannot be used as a cache: \(error)")
        }
    }

    /// The value of a key; nil where there is none.
    package func value(for key: String) async -> [UInt8]? {
        let data = try? await database.read { database in
            try Data.fetchOne(database, sql: "SELECT value FROM content WHERE key = ?", arguments: [key])
        }
        return data.map { Array($0) }
    }

    package func store(_ value: [UInt8], for key: String) async {
        _ = try? await database.write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO content (key, value) VALUES (?, ?)", arguments: [key, Data(value)])
        }
    }
}

/// A digest of contents for keys: FNV-1a with 128 bits, over parts that are told apart. No defence against those who want two
/// contents to look alike.
package struct ContentDigest: Sendable {
    private var state: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D

    package init() {}

    package mutating func add(_ bytes: some Sequence<UInt8>) {
        var count = 0
        for byte in bytes {
            mix(byte)
            count += 1
        }
        for shift in stride(from: 0, to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: count >> shift)) }
    }

    package mutating func add(_ text: String) { add(text.utf8) }

    private mutating func mix(_ byte: UInt8) {
        state ^= UInt128(byte)
        state = state &* 0x0000_0000_0100_0000_0000_0000_0000_013B
    }

    package var text: String { String(state, radix: 16) }
}
