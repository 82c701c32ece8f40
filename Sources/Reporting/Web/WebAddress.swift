/// Addresses of sources and home pages, as a browser and git can use them and as a report may hold them.
enum WebAddress {
    /// The address to link to: git's own spellings (`git@HOST:PATH`, `ssh://git@HOST/PATH`, `git://HOST/PATH`,
    /// `git+https://…`) become https, and who logs in is left out. Nil for an e-mail address or an empty text; anything else
    /// stays as it is, to be shown as text.
    static func display(_ address: String?) -> String? {
        guard let address, !address.isEmpty else { return nil }
        var text = address
        if text.hasPrefix("git+") { text.removeFirst(4) }
        for scheme in ["git://", "ssh://"] where text.hasPrefix(scheme) { text = "https://" + text.dropFirst(6) }
        if let split = text.range(of: "://") {
            let rest = text[split.upperBound...]
            let host = rest.prefix { $0 != "/" }
            guard let at = host.lastIndex(of: "@") else { return text }
            return text[..<split.upperBound] + String(rest[rest.index(after: at)...])
        }
        guard let at = text.firstIndex(of: "@") else { return text }
        // HOST:PATH behind a user is git's; without a colon it is an address of e-mail.
        let place = text[text.index(after: at)...]
        guard let colon = place.firstIndex(of: ":"), text.hasPrefix("git@") else { return nil }
        return "https://" + place[..<colon] + "/" + place[place.index(after: colon)...]
    }

    /// An address that git fetches over https, of plain characters only, so that a shell script can hold it; nil if there is
    /// none.
    static func fetchable(_ address: String?) -> String? {
        guard let text = display(address), text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
        let plain = text.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: "-._~:/?#+%=".utf8.contains(byte)
            }
        }
        return plain ? text : nil
    }
}

extension String {
    /// The first place of `part`; by bytes.
    fileprivate func range(of part: String) -> Range<String.Index>? {
        let wanted = Array(part.utf8)
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start...].starts(with: wanted) {
                return start..<(utf8.index(start, offsetBy: wanted.count))
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
