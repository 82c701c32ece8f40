/// The handbook's page on the database: its tables and views as they are made, and the example queries that are in it.
package enum DatabasePage {
    package static var markdown: String {
        let queries = Schema.examples.map { example in
            "## \(example.question)\n\n```sql\n\(example.query)\n```\n"
        }
        return """
            # The database of a plan

            `caravan plan --repository DIR --database plan.db` writes the whole plan as an SQLite database, beside or in place of
            the other files. Any client of SQLite reads it: `sqlite3 plan.db 'SELECT * FROM movable'`. All that is not null
            in a table is always there; yes and no are 1 and 0. The example queries below are in the table `example_queries` too.

            ## Tables

            ```sql
            \(Schema.tables)
            ```

            ## Views

            ```sql
            \(Schema.views)
            ```

            \(queries.joined(separator: "\n"))
            """
    }
}
