// The short forms that makeCanonical() replaces, each by what it is of.
#pragma once

#include "engine/stack/compose/problem.h"

#include <string>
#include <vector>

namespace escale::compose {

/// The part in hand: where it stands, and who is told.
class FormPart {
public:
    FormPart(Problems& problems, const std::string& path, std::size_t& room)
        : m_problems(problems)
        , m_path(path)
        , m_room(room) {}

    void tell(const Place& place, std::string what, std::string hint,
              Problem::Severity severity = Problem::Severity::Error);
    /// The same of one item of a list.
    void tellOf(std::size_t item, const Place& place, std::string what, std::string hint,
                Problem::Severity severity = Problem::Severity::Error);
    /// Whether there is room for `count` more parts: a short text may mean many.
    bool takeRoom(std::size_t count);

private:
    Problems& m_problems;
    const std::string& m_path;
    std::size_t& m_room;
};

using Form = void (*)(Node& node, FormPart& part);
/// The form of what the table calls `path` ("services.*.ports", "services.*.env_file[]"); null: it has one
/// form.
Form formOf(std::string_view path);

// Ports: short_ports.cpp
void portsForm(Node& list, FormPart& part);
void portForm(Node& port, FormPart& part); // a long one
void exposeForm(Node& list, FormPart& part);
// Mounts: short_mounts.cpp
void mountForm(Node& mount, FormPart& part);

/// The words of a text as go-shellwords splits it: quotes, backslashes; a ; & | < > outside of quotes ends
/// them, and `rest` begins there. Nullopt: a quote or bracket is not closed.
struct ShellWords {
    std::vector<std::string> words;
    std::size_t end = 0; // where they end; the text's size: nothing is left out
};
std::optional<ShellWords> shellWords(std::string_view text);

} // namespace escale::compose
