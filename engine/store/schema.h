// The database's versions. PRAGMA user_version holds the one a file has; migrate() runs each later step in
// its own transaction, so a crash leaves a whole version. A database from a newer Escale is refused
// untouched.
#pragma once

#include "engine/store/database.h"

namespace escale {

/// Brings an open database to the newest version. Unsupported when it is newer than this program knows.
Result<void> migrate(Database& database);
/// The version that migrate() brings a database to.
int newestVersion();

} // namespace escale
