package import OpamFormat

/// The releases of OCaml with the days on which they came out: which compiler a snapshot of a repository is about where
/// nobody says.
///
/// Days are those of the announcements on ocaml.org. Of the releases of 2026 the table has the end of the quarter in
/// which they entered the opam repository.
package enum OCamlReleases {
    package struct Release: Sendable, Hashable {
        package let version: Version
        /// YYYY-MM-DD.
        package let date: String

        init(_ version: String, _ date: String) {
            self.version = Version(version)
            self.date = date
        }
    }

    /// In the order of versions.
    package static let all: [Release] = [
        Release("3.07", "2003-09-29"), Release("3.08.0", "2004-07-13"), Release("3.08.1", "2004-08-19"),
        Release("3.08.2", "2004-11-22"), Release("3.08.3", "2005-03-24"), Release("3.08.4", "2005-08-11"),
        Release("3.09.0", "2005-10-27"), Release("3.09.1", "2006-01-04"), Release("3.09.2", "2006-04-14"),
        Release("3.09.3", "2006-09-15"), Release("3.10.0", "2007-05-16"), Release("3.10.1", "2008-01-11"),
        Release("3.10.2", "2008-02-29"), Release("3.11.0", "2008-12-04"), Release("3.11.1", "2009-06-12"),
        Release("3.11.2", "2010-01-20"), Release("3.12.0", "2010-08-02"), Release("3.12.1", "2011-07-04"),
        Release("4.00.0", "2012-07-26"), Release("4.00.1", "2012-10-05"), Release("4.01.0", "2013-09-12"),
        Release("4.02.0", "2014-08-29"), Release("4.02.1", "2014-10-14"), Release("4.02.2", "2015-06-17"),
        Release("4.02.3", "2015-07-27"), Release("4.03.0", "2016-04-25"), Release("4.04.0", "2016-11-04"),
        Release("4.04.1", "2017-04-14"), Release("4.04.2", "2017-06-23"), Release("4.05.0", "2017-07-13"),
        Release("4.06.0", "2017-11-03"), Release("4.06.1", "2018-02-16"), Release("4.07.0", "2018-07-10"),
        Release("4.07.1", "2018-10-04"), Release("4.08.0", "2019-06-14"), Release("4.08.1", "2019-08-05"),
        Release("4.09.0", "2019-09-18"), Release("4.09.1", "2020-03-16"), Release("4.10.0", "2020-02-21"),
        Release("4.10.1", "2020-08-20"), Release("4.10.2", "2020-12-08"), Release("4.11.0", "2020-08-19"),
        Release("4.11.1", "2020-08-31"), Release("4.11.2", "2021-02-24"), Release("4.12.0", "2021-02-24"),
        Release("4.12.1", "2021-09-24"), Release("4.13.0", "2021-09-24"), Release("4.13.1", "2021-10-01"),
        Release("4.14.0", "2022-03-28"), Release("4.14.1", "2022-12-20"), Release("4.14.2", "2024-03-15"),
        Release("4.14.3", "2026-03-31"), Release("4.14.4", "2026-06-30"), Release("5.0.0", "2022-12-16"),
        Release("5.1.0", "2023-09-14"), Release("5.1.1", "2023-12-08"), Release("5.2.0", "2024-05-13"),
        Release("5.2.1", "2024-11-18"), Release("5.3.0", "2025-01-08"), Release("5.4.0", "2025-10-09"),
        Release("5.4.1", "2026-03-31"), Release("5.5.0", "2026-06-30"),
    ]

    /// The highest version released by the end of a day (YYYY-MM-DD), or of all where there is no day; the first before
    /// the first.
    package static func newest(on date: String?) -> Version {
        newest(on: date) { _ in true } ?? all[0].version
    }

    /// The same among the versions that `isKnown` holds for; nil where there is none.
    package static func newest(on date: String?, where isKnown: (Version) -> Bool) -> Version? {
        all.last { release in (date.map { release.date <= $0 } ?? true) && isKnown(release.version) }?.version
    }
}
