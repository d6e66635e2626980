// The canonical forms that Up has brought: text that the engine keeps for the stack's owner and never reads.
// <state>/stacks/<uid>/<project>.yaml, root's alone. Thread-safe: each file is replaced as a whole.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <set>
#include <string>
#include <sys/types.h>

namespace escale {

class StackConfigs {
public:
    /// `folder` is made with the first text.
    explicit StackConfigs(std::string folder, std::size_t most = kMost)
        : m_folder(std::move(folder))
        , m_most(most) {}

    // `project` may be any text, as labels tell it: what is no project's name has no file (InvalidArgument).

    /// How many of one user; of more the one that was saved longest ago goes.
    static constexpr std::size_t kMost = 1000;

    /// An empty text is none.
    Result<void> save(uid_t owner, const std::string& project, const std::string& text) const;
    /// For reading; NotFound.
    [[nodiscard]] Result<UniqueFd> open(uid_t owner, const std::string& project) const;
    [[nodiscard]] bool has(uid_t owner, const std::string& project) const;
    /// No error when there is none.
    Result<void> remove(uid_t owner, const std::string& project) const;

private:
    [[nodiscard]] Result<std::string> fileOf(uid_t owner, const std::string& project) const;
    [[nodiscard]] Result<void> makeRoom(uid_t owner) const;
    std::string m_folder;
    std::size_t m_most;
};

} // namespace escale
