// fsck of the store.
#include "engine/base/file.h"
#include "engine/store/expected_content.h"
#include "engine/store/store.h"

namespace escale {
namespace {

using Findings = std::vector<std::string>;

/// What is `optional` may be missing.
Result<void> compareFolder(const std::set<std::string>& expected, const std::string& folder,
                           Findings& findings, const std::set<std::string>& optional = {}) {
    TRY_ASSIGN(const auto names, listDirectory(folder));
    const std::set<std::string> actual(names.begin(), names.end());
    for (const auto& name : expected) {
        if (!actual.contains(name))
            findings.push_back(folder + "/" + name + " is missing");
    }
    for (const auto& name : actual) {
        if (!expected.contains(name) && !optional.contains(name))
            findings.push_back(folder + "/" + name + " belongs to nothing");
    }
    return {};
}

Result<void> checkDatabase(Database& database, Findings& findings) {
    for (const char* check : {"PRAGMA integrity_check", "PRAGMA foreign_key_check"}) {
        TRY_ASSIGN(auto rows, database.prepare(check));
        for (;;) {
            TRY_ASSIGN(const bool more, rows.step());
            if (!more)
                break;
            if (rows.text(0) != "ok")
                findings.push_back("the database: " + rows.text(0));
        }
    }
    return {};
}

} // namespace

Result<Findings> Store::verify() {
    const std::lock_guard one(m_changes); // no commit may be half-way while the folders are compared
    const auto held = lock();
    Findings findings;
    TRY(checkDatabase(*m_database, findings));
    TRY_ASSIGN(const auto expected, expectedContent(*m_database));
    TRY(compareFolder(expected.layers, layersFolder(), findings, expected.records));
    TRY(compareFolder(expected.blobs, m_folder + "/blobs/sha256", findings));
    TRY(compareFolder(expected.containers, m_folder + "/containers", findings));
    for (const auto& hex : expected.blobs) {
        TRY_ASSIGN(const Digest digest, Digest::parse("sha256:" + hex));
        const auto content = readBlob(digest);
        if (!content && content.error().code != ErrorCode::NotFound) // which is among the missing above
            findings.push_back(content.error().message);
    }
    return findings;
}

} // namespace escale
