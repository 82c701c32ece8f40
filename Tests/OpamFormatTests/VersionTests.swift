import OpamFormat
import Testing

@Suite struct VersionTests {
    /// The order in which opam 2.1.2 itself listed versions of one package, lowest first.
    @Test func orderOfOpam() {
        let versions = ["1.0~", "1.0~x-2", "1.0", "1.0-1", "1.0a", "1.0+1", "1.0-a-b", "1.0.1", "1.2", "1.10", "2"]
        for (i, left) in versions.enumerated() {
            for (j, right) in versions.enumerated() {
                let order = Version(left).compare(Version(right))
                #expect(order.signum() == (i - j).signum(), "\(left) against \(right)")
            }
        }
    }

    @Test(arguments: [("1.0", "1.00"), ("1.0", "01.0"), ("1.", "1.0"), ("", "0")])
    func equalThoughSpelledOtherwise(_ pair: (String, String)) {
        #expect(Version(pair.0).isSame(as: Version(pair.1)))
        #expect(Version(pair.1).isSame(as: Version(pair.0)))
    }

    @Test func names() {
        let names = ["A1", "Ab", "a-b", "a_b", "aB", "ab", "Zed", "zed"]
        for (i, left) in names.enumerated() {
            for (j, right) in names.enumerated() {
                #expect(PackageName.precedes(left, right) == (i < j), "\(left), \(right)")
            }
        }
        #expect(PackageName.isValid("0install"))
        #expect(!PackageName.isValid("0-1"))
        #expect(!PackageName.isValid("a.b"))
        #expect(!Version.isValid(""))
        #expect(!Version.isValid("1 0"))
    }
}
