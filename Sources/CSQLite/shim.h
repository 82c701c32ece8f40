// SQLite (Debian and Ubuntu: libsqlite3-dev). Linked statically where that is possible, see Package.swift.
#include <sqlite3.h>
