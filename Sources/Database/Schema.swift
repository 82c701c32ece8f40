/// The tables and views of the database, with the comments that people see when they ask it for its schema.
enum Schema {
    static let tables = """
        CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT); -- where the plan comes from
        CREATE TABLE packages ( -- one row a package: what is said of its latest version
          name TEXT PRIMARY KEY, version TEXT NOT NULL, status TEXT NOT NULL,
          evidence TEXT NOT NULL, -- sources, metadata, inferred
          available INTEGER NOT NULL, needs_camlp4 INTEGER NOT NULL, carried_along INTEGER NOT NULL,
          wave INTEGER, -- null where nothing is to do
          starts_in INTEGER, -- the wave from which its own sources can move
          rank INTEGER, frees INTEGER NOT NULL, direct_dependents INTEGER NOT NULL,
          transitive_dependents INTEGER NOT NULL, optional_dependents INTEGER NOT NULL,
          effort_constructs INTEGER NOT NULL, effort_lines INTEGER NOT NULL, effort_estimated INTEGER NOT NULL,
          flag_day TEXT, path TEXT);
        CREATE TABLE dependencies ("from" TEXT NOT NULL, "to" TEXT NOT NULL,
          kind TEXT NOT NULL, -- depends, build, test, doc, post, depopt, conflict
          "constraint" TEXT NOT NULL);
        CREATE INDEX dependencies_from ON dependencies ("from");
        CREATE INDEX dependencies_to ON dependencies ("to");
        CREATE TABLE blocks (blocker TEXT NOT NULL, blocked TEXT NOT NULL, PRIMARY KEY (blocker, blocked));
        CREATE TABLE package_extensions (package TEXT NOT NULL, extension TEXT NOT NULL);
        CREATE TABLE maintainers (package TEXT NOT NULL, maintainer TEXT NOT NULL);
        CREATE TABLE actions (package TEXT NOT NULL, position INTEGER NOT NULL, action TEXT NOT NULL);
        CREATE TABLE path (package TEXT NOT NULL, position INTEGER NOT NULL, step TEXT NOT NULL); -- to camlp4
        CREATE TABLE waves (number INTEGER PRIMARY KEY, packages INTEGER NOT NULL, frees INTEGER NOT NULL);
        CREATE TABLE flag_days (id TEXT NOT NULL, package TEXT NOT NULL, reason TEXT NOT NULL, proved INTEGER NOT NULL);
        CREATE TABLE precedences (first TEXT NOT NULL, second TEXT NOT NULL, drops TEXT); -- proved by the solver
        CREATE TABLE replacements (package TEXT PRIMARY KEY, extension TEXT NOT NULL, replacement TEXT, since TEXT,
          replaceable INTEGER NOT NULL); -- on the day of the plan
        CREATE TABLE history (date TEXT PRIMARY KEY, "commit" TEXT NOT NULL, names INTEGER NOT NULL,
          direct INTEGER NOT NULL, -- latest versions that depend on camlp4 directly
          reaching INTEGER NOT NULL, needing INTEGER);
        CREATE TABLE example_queries (question TEXT PRIMARY KEY, query TEXT NOT NULL);
        """

    static let views = """
        CREATE VIEW open AS -- what is to do, in the order of the plan
          SELECT * FROM packages WHERE wave IS NOT NULL ORDER BY rank;
        CREATE VIEW movable AS -- what nothing holds back
          SELECT * FROM packages WHERE wave = 1 ORDER BY rank;
        CREATE VIEW totals AS
          SELECT status, evidence, count(*) AS packages FROM packages GROUP BY status, evidence;
        CREATE VIEW work AS -- of each maintainer
          SELECT maintainer, count(*) AS packages, sum(wave = 1) AS now, sum(wave > 1) AS later
          FROM maintainers JOIN packages ON package = name GROUP BY maintainer;
        CREATE VIEW extension_use AS
          SELECT extension, count(*) AS packages, sum(needs_camlp4) AS needing
          FROM package_extensions JOIN packages ON package = name GROUP BY extension;
        """

    /// Each runs as it stands on every such database.
    static let examples: [(question: String, query: String)] = [
        (
            "What can move now, and what does it free?",
            "SELECT rank, name, version, frees, transitive_dependents FROM movable"
        ),
        (
            "Who waits for cstruct, directly or through others?",
            """
            WITH RECURSIVE waiting(name) AS (
              SELECT blocked FROM blocks WHERE blocker = 'cstruct'
              UNION SELECT blocked FROM blocks JOIN waiting ON blocker = waiting.name)
            SELECT name, status, wave FROM waiting JOIN packages USING (name) ORDER BY wave, name
            """
        ),
        (
            "Which maintainers have most to do now?",
            "SELECT maintainer, now, later FROM work WHERE now > 0 ORDER BY now DESC, later DESC, maintainer LIMIT 20"
        ),
        (
            "Which extensions hold most packages, and what takes their place?",
            """
            SELECT extension, packages, needing, group_concat(DISTINCT replacement) AS replacements
            FROM extension_use LEFT JOIN replacements USING (extension)
            GROUP BY extension ORDER BY needing DESC, extension
            """
        ),
        (
            "Which packages are tied by a single build dependency?",
            """
            SELECT "from" AS package, "to" AS dependency, "constraint" FROM dependencies
            JOIN packages ON name = "from" WHERE kind = 'build' AND "to" IN ('camlp4', 'type_conv')
            AND (SELECT count(*) FROM blocks WHERE blocked = "from") = 0 ORDER BY rank
            """
        ),
    ]
}
