import Testing
import Text

@Suite struct EditScriptTests {
    private func source(_ bytes: [UInt8], _ range: ByteRange) -> Edit.Piece {
        .source(range, Array(bytes[range.start..<range.end]))
    }

    private func text(_ script: EditScript, _ bytes: [UInt8]) -> String {
        String(decoding: script.applied(to: bytes).bytes, as: UTF8.self)
    }

    @Test func bracketsAtOnePlaceNest() {
        let bytes = Array("abcd".utf8)
        let outer = EditScript.Group(owner: ByteRange(0, 4), edits: [.opening(0, "("), .closing(4, ")")])
        let inner = EditScript.Group(
            owner: ByteRange(0, 4), edits: [.opening(0, "["), .closing(4, "]"), Edit(ByteRange(0, 1), "A")])
        let neighbour = EditScript.Group(owner: ByteRange(4, 4), edits: [.opening(4, "<>")])
        #expect(text(EditScript([outer, inner, neighbour]), bytes) == "([Abcd])<>")
    }

    @Test func editsInMovedTextMoveAlong() {
        // 01234567890
        let bytes = Array("f x <- g y!".utf8)
        let outer = EditScript.Group(
            owner: ByteRange(0, 10),
            edits: [
                Edit(
                    ByteRange(0, 10),
                    pieces: [
                        source(bytes, ByteRange(7, 10)), .bytes(Array(" -> ".utf8)), source(bytes, ByteRange(0, 3)),
                    ])
            ])
        let left = EditScript.Group(owner: ByteRange(0, 3), edits: [.opening(0, "("), .closing(3, ")")])
        let right = EditScript.Group(owner: ByteRange(7, 10), edits: [Edit(ByteRange(9, 10), "z"), .closing(10, "?")])
        let script = EditScript([outer, left, right])
        #expect(script.refused == [])
        #expect(text(script, bytes) == "g z? -> (f x)!")
        let result = script.applied(to: bytes)
        #expect(result.bytes[result.offset(of: 2)] == UInt8(ascii: "x"))
        #expect(result.bytes[result.offset(of: 10)] == UInt8(ascii: "!"))
    }

    @Test func anOuterBracketStaysOutsideMovedText() {
        let bytes = Array("ab".utf8)
        let outer = EditScript.Group(owner: ByteRange(0, 2), edits: [.opening(0, "("), .closing(2, ")")])
        let middle = EditScript.Group(
            owner: ByteRange(0, 2),
            edits: [
                Edit(
                    ByteRange(0, 2),
                    pieces: [source(bytes, ByteRange(1, 2)), .bytes([0x2C]), source(bytes, ByteRange(0, 1))])
            ])
        let inner = EditScript.Group(owner: ByteRange(0, 1), edits: [.opening(0, "<"), .closing(1, ">")])
        #expect(text(EditScript([outer, middle, inner]), bytes) == "(b,<a>)")
    }

    @Test func whatCannotStandTogetherIsRefusedWhole() {
        let bytes = Array("abcdef".utf8)
        let first = EditScript.Group(owner: ByteRange(0, 3), edits: [Edit(ByteRange(0, 3), "X")])
        let second = EditScript.Group(
            owner: ByteRange(2, 6), edits: [Edit(ByteRange(2, 4), "Y"), Edit(ByteRange(5, 6), "Z")])
        let swallowed = EditScript.Group(owner: ByteRange(1, 2), edits: [Edit(ByteRange(1, 2), "W")])
        let script = EditScript([first, second, swallowed])
        #expect(script.refused == [1, 2])
        #expect(text(script, bytes) == "Xdef")
    }
}
