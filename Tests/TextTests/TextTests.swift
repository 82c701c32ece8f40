import Testing
import Text

@Suite struct LineTableTests {
    @Test func countsAsOCamlDoes() {
        let bytes = Array("ab\r\n\ncd".utf8)
        let table = LineTable(bytes)
        #expect(table.position(of: 0) == Position(offset: 0, line: 1, column: 0))
        #expect(table.position(of: 3) == Position(offset: 3, line: 1, column: 3))
        #expect(table.position(of: 4) == Position(offset: 4, line: 2, column: 0))
        #expect(table.position(of: 6) == Position(offset: 6, line: 3, column: 1))
        #expect(table.position(of: 99) == Position(offset: 7, line: 3, column: 2))
        #expect(table.range(ofLine: 1, in: bytes) == ByteRange(0, 2))
        #expect(table.range(ofLine: 3, in: bytes) == ByteRange(5, 7))
        #expect(table.range(ofLine: 4, in: bytes) == nil)
    }
}

@Suite struct JSONWriterTests {
    @Test func keepsOrderAndEscapes() {
        var json = JSONWriter(compact: true)
        json.object { json in
            json.field("b", "a\"\\\n\u{1}é")
            json.field("a", nil as Int?)
            json.array("list") { json in
                json.value(1)
                json.compactObject { $0.field("x", true) }
            }
            json.field("empty", [])
        }
        let expected = #"{"b":"a\"\\\n\u0001é","a":null,"list":[1,{"x":true}],"empty":[]}"#
        #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    }

    @Test func indentsTwoBlanks() {
        var json = JSONWriter()
        json.object { json in
            json.array("a") { $0.value("x") }
            json.object("o") { _ in }
        }
        #expect(String(decoding: json.bytes, as: UTF8.self) == "{\n  \"a\": [\n    \"x\"\n  ],\n  \"o\": {}\n}")
    }
}
