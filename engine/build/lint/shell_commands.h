// The commands of a shell's text, with the place of each word: enough of the language to see what a RUN
// installs, removes and pipes. Nothing is expanded, and what is no shell at all gives nonsense, never a
// crash. Pure.
#pragma once

#include "engine/build/dockerfile.h"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// {"a", "b"} as an argument, or a table's own list: never kept.
class WordList {
public:
    WordList(std::initializer_list<std::string_view> words)
        : m_words(words.begin(), words.size()) {}
    WordList(const std::vector<std::string_view>& words)
        : m_words(words) {}
    [[nodiscard]] auto begin() const { return m_words.begin(); }
    [[nodiscard]] auto end() const { return m_words.end(); }
    [[nodiscard]] bool holds(std::string_view text) const;

private:
    std::span<const std::string_view> m_words;
};

struct ShellWord {
    std::string text; // without quotes and escapes; variables and $( ) as they are written
    SourceRange range;
    std::size_t begin = 0; // in the text that was read
    std::size_t end = 0;
};

/// What stands behind a command.
enum class ShellSeparator : std::uint8_t { End, And, Or, Semicolon, Pipe, Background, Newline };

struct ShellCommand {
    std::vector<ShellWord> assignments; // "A=1" before the name
    std::vector<ShellWord> words;       // the name first; empty: assignments alone
    ShellSeparator after = ShellSeparator::End;
    int depth = 0; // 0: not in $( ), a group, or a compound command
    SourceRange range;

    /// The last part of a system program's path; empty when there is none.
    [[nodiscard]] std::string_view name() const;
    [[nodiscard]] bool is(WordList names) const;
    /// Whether one of the arguments is one of these texts.
    [[nodiscard]] bool hasArgument(WordList texts) const;
    [[nodiscard]] const ShellWord* findArgument(WordList texts) const;
    /// "y" stands for -y and -qy, "yes" for --yes and --yes=…
    [[nodiscard]] bool hasFlag(WordList flags) const;
    [[nodiscard]] int countFlag(std::string_view flag) const;
    /// "-u 5", "-u5", "--uid 5", "--uid=5": 5; empty when it is not there.
    [[nodiscard]] std::string flagValue(WordList flags) const;
    /// Arguments that are no flags, nor the values of those flags that take one.
    [[nodiscard]] std::vector<const ShellWord*>
    plainArguments(const std::vector<std::string_view>& flagsWithValue = {}) const;
};

struct ShellScript {
    std::vector<ShellCommand> commands; // in the order of their beginnings
    std::vector<SourceRange> pipes;
    bool endsWithComment = false; // nothing can be added behind it
    bool isForm = false;          // the exec form: one command, without a shell

    /// The first such command from `begin` on; the number of commands when there is none.
    template <typename Fits>
    [[nodiscard]] std::size_t find(Fits fits, std::size_t begin = 0) const {
        while (begin < commands.size() && !fits(commands[begin]))
            ++begin;
        return begin;
    }
    template <typename Fits>
    [[nodiscard]] bool has(Fits fits) const {
        return find(fits) < commands.size();
    }
};

ShellScript readShell(const LogicalLine& text);
/// Of a RUN, CMD, ENTRYPOINT or HEALTHCHECK in either form; of a here-document that the shell runs.
ShellScript readShell(const Instruction& instruction);

/// The lines of a here-document, with their places.
LogicalLine documentText(const HereDocument& document);
/// The here-document that RUN gives to the shell as it is; null when it has none.
const HereDocument* scriptDocument(const Instruction& instruction);

} // namespace escale
