// What the rows say should lie in the state folder: recovery removes the rest, verify() compares.
#pragma once

#include "engine/store/database.h"

#include <set>
#include <string>

namespace escale {

/// Names in the folders layers/, blobs/sha256/ and containers/.
struct ExpectedContent {
    std::set<std::string> layers;
    std::set<std::string> records; // of them, beside them; older layers have none
    std::set<std::string> blobs;
    std::set<std::string> containers;
};

Result<ExpectedContent> expectedContent(Database& database);

} // namespace escale
