import Glibc
import SyntaxChecks

/// What libFuzzer calls with every input: whatever the bytes, lexer and parser must end, and what they answer must hold
/// together. Anything else is a trap, which the fuzzer keeps with the input that led to it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: size))
    if let flaw = TreeSoundness.flaw(in: bytes) {
        print("FLAW: \(flaw)")
        fflush(nil)
        abort()
    }
    return 0
}
