// Words with variables in them: the first line is the variable's value. What holds no special character stays
// as it is.
#include "engine/build/expand.h"
#include "tests/fuzz/promise.h"

using namespace escale;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(bytes), size);
    const auto end = std::min(all.find('\n'), all.size());
    const std::string value(all.substr(0, end));
    const std::string text(all.substr(std::min(end + 1, all.size())));
    const auto lookup = [&](const std::string& name) {
        return name == "a" ? std::optional(value) : std::nullopt;
    };
    for (const bool keeps : {false, true}) {
        ExpandRules rules;
        rules.keepsQuotes = rules.keepsEscapes = rules.keepsUnset = keeps;
        const auto result = expandVariables(text, lookup, rules);
        if (text.find_first_of("$'\"\\") == std::string::npos)
            require(result && result->text == text, "a plain text stays");
        if (result)
            require(result->used.size() <= 1, "there is one variable");
    }
    return 0;
}
