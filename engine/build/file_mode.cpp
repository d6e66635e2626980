#include "engine/build/file_mode.h"

#include <algorithm>
#include <sys/stat.h>

namespace escale {
namespace {

constexpr mode_t kAll = 0777;

tl::unexpected<Error> malformed(std::string_view text) {
    return fail(ErrorCode::InvalidArgument, "\"" + std::string(text) + "\" is no mode for --chmod",
                "Write it in octal, from 0 to 07777, or as chmod does: u=rwX,go=rX.");
}

/// The bits of "rwx" wherever `who` has them.
mode_t spread(mode_t three, mode_t who) {
    return (three | three << 3 | three << 6) & who & kAll;
}

} // namespace

Result<FileMode> FileMode::parse(std::string_view text) {
    FileMode mode;
    if (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        mode_t value = 0;
        for (const char c : text) {
            if (c < '0' || c > '7' || value > 07777)
                return malformed(text);
            value = value * 8 + static_cast<mode_t>(c - '0');
        }
        if (value > 07777)
            return malformed(text);
        mode.m_absolute = value;
        return mode;
    }
    for (std::string_view rest = text;;) {
        const auto comma = std::min(rest.find(','), rest.size());
        auto clause = parseClause(rest.substr(0, comma));
        if (!clause)
            return malformed(text);
        mode.m_changes.insert(mode.m_changes.end(), clause->begin(), clause->end());
        if (comma == rest.size())
            return mode;
        rest.remove_prefix(comma + 1);
    }
}

Result<std::vector<FileMode::Change>> FileMode::parseClause(std::string_view clause) {
    mode_t who = 0;
    std::size_t at = 0;
    for (; at < clause.size(); ++at) {
        if (clause[at] == 'u')
            who |= S_ISUID | 0700;
        else if (clause[at] == 'g')
            who |= S_ISGID | 0070;
        else if (clause[at] == 'o')
            who |= 0007;
        else if (clause[at] == 'a')
            who |= S_ISUID | S_ISGID | 0777;
        else
            break;
    }
    if (at == clause.size())
        return malformed(clause);
    const bool namesNobody = who == 0;
    if (namesNobody)
        who = S_ISUID | S_ISGID | 0777;
    std::vector<Change> changes;
    while (at < clause.size()) {
        Change change;
        change.operation = clause[at++];
        change.who = who;
        if (change.operation != '+' && change.operation != '-' && change.operation != '=')
            return malformed(clause);
        for (; at < clause.size() && clause[at] != '+' && clause[at] != '-' && clause[at] != '='; ++at) {
            switch (clause[at]) {
            case 'r':
                change.bits |= spread(4, who);
                break;
            case 'w':
                change.bits |= spread(2, who);
                break;
            case 'x':
                change.bits |= spread(1, who);
                break;
            case 'X':
                if (change.operation == '-')
                    change.bits |= spread(1, who);
                else
                    change.executesIfAny = true;
                break;
            case 's':
                change.bits |= (S_ISUID | S_ISGID) & who;
                break;
            case 't':
                if (namesNobody || (who & ~mode_t(0007)) != 0) {
                    change.who |= S_ISVTX;
                    change.bits |= S_ISVTX;
                }
                break;
            case 'u':
            case 'g':
            case 'o':
                change.copied = clause[at];
                break;
            default:
                return malformed(clause);
            }
        }
        changes.push_back(change);
    }
    return changes;
}

mode_t FileMode::appliedTo(mode_t mode) const {
    if (m_absolute)
        return *m_absolute;
    const bool isExecutable = (mode & 0111) != 0 || S_ISDIR(mode);
    mode_t result = mode & 07777;
    for (const Change& change : m_changes) {
        mode_t bits = change.bits;
        if (change.executesIfAny && isExecutable)
            bits |= spread(1, change.who);
        if (change.copied != 0)
            bits |= spread(result >> (change.copied == 'u'   ? 6
                                      : change.copied == 'g' ? 3
                                                             : 0) &
                               7,
                           change.who);
        if (change.operation == '=')
            result &= ~change.who;
        result = change.operation == '-' ? result & ~bits : result | bits;
    }
    return result;
}

} // namespace escale
