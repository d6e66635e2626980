// Patterns of ${name#pattern} and its kin: "*" is any text, "?" any character, "\" before one of "*?\}/"
// takes its meaning away. Pure.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

class ShellPattern {
public:
    /// InvalidArgument: another character is escaped.
    static Result<ShellPattern> parse(std::string_view text);

    /// `value` without its shortest, or longest, beginning that matches.
    [[nodiscard]] std::string withoutPrefix(const std::string& value, bool longest) const;
    [[nodiscard]] std::string withoutSuffix(const std::string& value, bool longest) const;
    /// The first match (of those that begin there the longest), or each one, replaced.
    [[nodiscard]] std::string replaced(const std::string& value, const std::string& by, bool all) const;

private:
    enum class Kind : unsigned char { Letter, Any, One };
    struct Part {
        Kind kind;
        char letter;
    };
    /// Lengths of the texts from `begin` on that match, in rising order.
    [[nodiscard]] std::vector<std::size_t> matches(std::string_view value, std::size_t begin) const;
    std::vector<Part> m_parts;
};

} // namespace escale
