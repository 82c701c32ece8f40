/// SHA-256 (FIPS 180-4), for what has to be recognised by others: the scripts that a page's policy allows. Not for secrets.
package enum SHA256 {
    /// The digest's 32 bytes.
    package static func digest(_ message: [UInt8]) -> [UInt8] {
        var state = initial
        var schedule = [UInt32](repeating: 0, count: 64)
        let padded = padded(message)
        for start in stride(from: 0, to: padded.count, by: 64) {
            compress(padded[start..<start + 64], into: &state, &schedule)
        }
        return state.flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
        }
    }

    /// The digest in Base64, as a Content-Security-Policy names it.
    package static func base64(_ message: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
        let digest = digest(message)
        var text = String.UnicodeScalarView()
        for start in stride(from: 0, to: digest.count, by: 3) {
            let group = digest[start..<min(start + 3, digest.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0..<4 {
                text.append(position > group.count ? "=" : alphabet[bits >> (18 - 6 * position) & 63])
            }
        }
        return String(text)
    }

    /// The message, one bit, zeros, and its length in bits, to a multiple of 64 bytes.
    private static func padded(_ message: [UInt8]) -> [UInt8] {
        var bytes = message + [0x80]
        while bytes.count % 64 != 56 { bytes.append(0) }
        let bits = UInt64(message.count) * 8
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        return bytes
    }

    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32], _ schedule: inout [UInt32]) {
        for index in 0..<16 {
            let at = block.startIndex + index * 4
            schedule[index] = block[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let early = schedule[index - 15]
            let late = schedule[index - 2]
            let first = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
            let second = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
            schedule[index] = schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
        }
        var word = state
        for index in 0..<64 {
            let sum1 = rotated(word[4], 6) ^ rotated(word[4], 11) ^ rotated(word[4], 25)
            let choice = (word[4] & word[5]) ^ (~word[4] & word[6])
            let first = word[7] &+ sum1 &+ choice &+ constants[index] &+ schedule[index]
            let sum0 = rotated(word[0], 2) ^ rotated(word[0], 13) ^ rotated(word[0], 22)
            let majority = (word[0] & word[1]) ^ (word[0] & word[2]) ^ (word[1] & word[2])
            word = [first &+ sum0 &+ majority, word[0], word[1], word[2], word[3] &+ first, word[4], word[5], word[6]]
        }
        for index in state.indices { state[index] = state[index] &+ word[index] }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    /// The fractional parts of the square roots of the first eight primes.
    private static let initial: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// The fractional parts of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = primes.map { prime in
        // By halving, on integers: the root with 32 bits behind the point.
        let wanted = UInt128(prime) << 96
        var low: UInt128 = 0
        var high: UInt128 = 1 << 36
        while high - low > 1 {
            let middle = (low + high) / 2
            if middle * middle * middle <= wanted { low = middle } else { high = middle }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    private static let primes: [Int] = {
        var found: [Int] = []
        var candidate = 2
        while found.count < 64 {
            if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }()
}
