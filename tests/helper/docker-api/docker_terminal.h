// A program of the user's on a terminal of its own (pty(7)), as a person has it: what is typed, what is seen,
// the window's size.
#pragma once

#include "engine/base/subprocess.h"
#include "engine/base/unique_fd.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace escale::test {

class DockerTerminal {
public:
    /// `start` runs the words with these descriptors (DockerTest::begin).
    using Start =
        std::function<Result<Subprocess>(std::vector<std::string>, std::vector<std::pair<int, int>>)>;
    static Result<DockerTerminal> open(std::vector<std::string> words, unsigned short rows,
                                       unsigned short columns, const Start& start);

    void type(const std::string& text);
    /// The kernel tells the programs (SIGWINCH).
    void resize(unsigned short rows, unsigned short columns);
    /// Reads until `text` has been seen behind what was looked for before, or half a minute.
    bool awaitText(const std::string& text);
    /// The exit status of what was started; -1: it does not end.
    int awaitEnd();
    [[nodiscard]] const std::string& seen() const { return m_seen; }
    [[nodiscard]] pid_t pid() const { return m_program->pid(); }

private:
    bool readSome(int milliseconds);
    UniqueFd m_master;
    std::optional<Subprocess> m_program;
    std::string m_seen;
    std::size_t m_looked = 0;
};

} // namespace escale::test
