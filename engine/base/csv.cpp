#include "engine/base/csv.h"

namespace escale {

// From the quote at `at` to behind its end.
static Result<std::string> quotedField(std::string_view text, std::size_t& at) {
    std::string field;
    for (++at; at < text.size(); ++at) {
        if (text[at] != '"') {
            field += text[at];
        } else if (text.substr(at + 1, 1) == "\"") {
            field += text[++at];
        } else {
            ++at;
            if (at < text.size() && text[at] != ',')
                return fail(ErrorCode::InvalidArgument,
                            "\"" + std::string(text) + "\": something follows a closing quote");
            return field;
        }
    }
    return fail(ErrorCode::InvalidArgument, "\"" + std::string(text) + "\": a double quote is missing");
}

Result<std::vector<std::string>> csvFields(std::string_view text) {
    std::vector<std::string> fields;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && text[at] == '"') {
            TRY_ASSIGN(fields.emplace_back(), quotedField(text, at));
        } else {
            const auto end = std::min(text.find(',', at), text.size());
            fields.emplace_back(text.substr(at, end - at));
            at = end;
        }
    }
    return fields;
}

} // namespace escale
