// --chmod of COPY and ADD: an octal mode, or chmod(1)'s words ("u+rwX,go-w") with a umask of 0. Pure.
#pragma once

#include "engine/base/result.h"

#include <optional>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace escale {

class FileMode {
public:
    /// InvalidArgument.
    static Result<FileMode> parse(std::string_view text);
    /// The permission, set-id and sticky bits for a file of `mode`, which has its type.
    [[nodiscard]] mode_t appliedTo(mode_t mode) const;

private:
    struct Change {
        char operation = '+'; // '+', '-', '='
        mode_t who = 0;       // the bits that it may touch
        mode_t bits = 0;
        bool executesIfAny = false; // "X"
        char copied = 0;            // "u", "g" or "o": the bits of that
    };
    static Result<std::vector<Change>> parseClause(std::string_view clause);
    std::optional<mode_t> m_absolute;
    std::vector<Change> m_changes;
};

} // namespace escale
