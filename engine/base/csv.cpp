#include "engine/base/csv.h"

#include <algorithm>

namespace escale {

static Error wrong(std::string_view text, const char* what) {
    return Error{ErrorCode::InvalidArgument,
                 '"' + std::string(text.substr(0, 200)) + "\" " + what,
                 R"(Put a whole field into quotes, as in "source=/a,b",target=/c.)",
                 {}};
}

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
                return fail(wrong(text, "goes on after a closing quote"));
            return field;
        }
    }
    return fail(wrong(text, "has a quote that does not end"));
}

Result<std::vector<std::string>> csvFields(std::string_view text) {
    std::vector<std::string> fields;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && text[at] == '"') {
            TRY_ASSIGN(fields.emplace_back(), quotedField(text, at));
            continue;
        }
        const auto end = std::min(text.find(',', at), text.size());
        fields.emplace_back(text.substr(at, end - at));
        if (fields.back().find('"') != std::string::npos)
            return fail(wrong(text, "has a quote inside of a field"));
        at = end;
    }
    return fields;
}

std::string csvField(std::string_view field) {
    if (field.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string(field);
    std::string whole = "\"";
    for (const char c : field)
        whole += c == '"' ? std::string("\"\"") : std::string(1, c);
    return whole + '"';
}

} // namespace escale
