import OCamlSyntax
import Testing

/// Syntax that came after OCaml 4.13, which is the judge of the oracles: examples of our own.
@Suite struct LaterSyntaxTests {
    @Test(arguments: [
        // 5.3: effects.
        "let f = match g () with x -> x | effect E, k -> h k",
        "let f = try g () with effect (Get x), k -> continue k x | effect Put y, _ when p -> 1",
        "let effect = 1 let f effect = effect let g = function effect -> effect",
        // 5.4: tuples with labels.
        "let t = ~x:1, ~y:2", "let t = ~x, y, ~z:(a b)", "let t = (~(a : int), b)", "let f (~x, ~y:b, _) = x",
        "let ~x, ~y = t", "let f = function ~x:1, ~y -> y", "let x = f (~a:1, b)",
        "let f (~x, ..) = let ~y, .. = x in y",
        "type t = x:int * y:int", "type t = int * y:int", "module type S = sig val f : x:int * y:int -> t end",
        // 5.2: types with a module opened, keywords as names.
        "type t = M.(u * v)", "let x : M.N.(t) = y", "let \\#let = f ~\\#in:1",
        // 5.1: types of functors without `functor`.
        "module type S = (M : T) -> (N : U) -> V", "module type S = () -> T",
        // 4.14: quantified constructors.
        "type t = A : 'a 'b. 'a -> t",
    ]) func isTaken(_ source: String) {
        #expect(Syntax.rejectionByStock(Array(source.utf8)) == nil, "\(source)")
    }

    @Test(arguments: [
        "let x = ~a", "let x = ~a:1", "let x = 1 + ~a:1, b", "let f (~x) = 1 in (~x) ~", "type t = x:int",
        "let f = function effect E -> 1", "let f = function ~x -> 1",
    ]) func isRefused(_ source: String) {
        #expect(Syntax.rejectionByStock(Array(source.utf8)) != nil, "\(source)")
    }

    @Test func effectsAndLabelsHaveNodes() {
        let tree = Syntax.tree(Array("let f = match x with effect E, k -> (~a:1, b)".utf8), dialects: [])
        #expect(tree.kinds.contains(.effectPattern))
        #expect(tree.kinds.contains(.labelledElement))
    }
}
