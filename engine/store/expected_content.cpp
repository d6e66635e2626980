#include "engine/store/expected_content.h"

namespace escale {
namespace {

Result<std::set<std::string>> textsOf(Database& database, std::string_view sql) {
    std::set<std::string> texts;
    TRY_ASSIGN(auto rows, database.prepare(sql));
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return texts;
        texts.insert(rows.text(0));
    }
}

} // namespace

Result<ExpectedContent> expectedContent(Database& database) {
    ExpectedContent expected;
    TRY_ASSIGN(expected.layers, textsOf(database, "SELECT number FROM layer"));
    for (const auto& layer : expected.layers)
        expected.records.insert(layer + ".record");
    TRY_ASSIGN(expected.blobs, textsOf(database, "SELECT substr(digest, 8) FROM image "
                                                 "UNION SELECT substr(config_digest, 8) FROM image"));
    TRY_ASSIGN(expected.containers, textsOf(database, "SELECT id FROM container"));
    return expected;
}

} // namespace escale
