package import OpamFormat

/// The releases of OCaml with their days, from their release notes.
package enum OCamlReleases {
    /// The newest release (by version) on a day; without a day, the newest that the table has.
    ///
    /// - Parameter date: YYYY-MM-DD.
    package static func newest(on date: String?) -> Version {
        let known = table.filter { release in date.map { release.date <= $0 } ?? true }
        let versions = known.map { Version($0.version) }
        // Before the first release of the table the first is as good an answer as any.
        return versions.max() ?? Version(table[0].version)
    }

    /// By day.
    private static let table: [(version: String, date: String)] = [
        ("3.12.0", "2010-08-02"), ("3.12.1", "2011-07-04"), ("4.00.0", "2012-07-26"), ("4.00.1", "2012-10-05"),
        ("4.01.0", "2013-09-12"), ("4.02.0", "2014-08-29"), ("4.02.1", "2014-10-14"), ("4.02.2", "2015-06-17"),
        ("4.02.3", "2015-07-27"), ("4.03.0", "2016-04-25"), ("4.04.0", "2016-11-04"), ("4.04.1", "2017-04-14"),
        ("4.04.2", "2017-06-23"), ("4.05.0", "2017-07-13"), ("4.06.0", "2017-11-03"), ("4.06.1", "2018-02-16"),
        ("4.07.0", "2018-07-10"), ("4.07.1", "2018-10-04"), ("4.08.0", "2019-06-14"), ("4.08.1", "2019-08-05"),
        ("4.09.0", "2019-09-18"), ("4.10.0", "2020-02-21"), ("4.09.1", "2020-03-16"), ("4.11.0", "2020-08-19"),
        ("4.10.1", "2020-08-20"), ("4.11.1", "2020-08-31"), ("4.10.2", "2020-12-08"), ("4.11.2", "2021-02-24"),
        ("4.12.0", "2021-02-24"), ("4.12.1", "2021-09-24"), ("4.13.0", "2021-09-24"), ("4.13.1", "2021-10-01"),
        ("4.14.0", "2022-03-28"), ("5.0.0", "2022-12-16"), ("4.14.1", "2022-12-20"), ("5.1.0", "2023-09-14"),
        ("5.1.1", "2023-12-08"), ("4.14.2", "2024-03-15"), ("5.2.0", "2024-05-13"), ("5.2.1", "2024-11-18"),
        ("5.3.0", "2025-01-08"), ("5.4.0", "2025-10-09"),
        // By the first quarterly snapshot of the opam repository that has them, not by their release notes.
        ("5.4.1", "2026-03-31"), ("5.5.0", "2026-06-30"),
    ]
}
