// A part of a canonical tree, for those who read it: typed values, and problems that name the place. A part
// that is not there reads as empty.
#pragma once

#include "engine/container/container.h"
#include "engine/stack/compose/problem.h"

namespace escale::compose {

class Part {
public:
    /// Both must outlive it; `node` may be null.
    Part(Problems& problems, const Node* node, std::string path, Place around = {});

    /// It is there, and is not null.
    explicit operator bool() const { return m_node != nullptr && !m_node->isNull(); }
    /// It is written, also as null.
    [[nodiscard]] bool isThere() const { return m_node != nullptr; }
    [[nodiscard]] const Node* node() const { return m_node; }
    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] const Place& place() const { return m_place; }
    [[nodiscard]] bool isMap() const { return m_node != nullptr && m_node->isMap(); }

    [[nodiscard]] Part operator[](std::string_view key) const;
    /// Of a list; none of anything else.
    [[nodiscard]] std::vector<Part> items() const;
    /// Of a map: keys and values in their order.
    [[nodiscard]] std::vector<std::pair<std::string, Part>> entries() const;

    [[nodiscard]] std::string text() const; // of a scalar
    [[nodiscard]] std::string text(std::string_view key) const { return (*this)[key].text(); }
    /// Of a list, or a scalar alone.
    [[nodiscard]] Texts texts() const;
    /// Of a map of scalars, or a list of "NAME=value"; a null value is an empty text.
    [[nodiscard]] TextMap textMap() const;
    [[nodiscard]] bool flag(bool otherwise = false) const;
    // Nullopt when it is not there; what is none is an error.
    [[nodiscard]] std::optional<std::int64_t> integer() const; // decimal, 0x…, 0… and 0o… (octal)
    [[nodiscard]] std::optional<std::int64_t> integer(std::int64_t least, std::int64_t most) const;
    [[nodiscard]] std::optional<double> number() const;
    [[nodiscard]] std::optional<std::uint64_t> bytes() const;
    [[nodiscard]] std::optional<std::uint64_t> milliseconds() const;

    void error(std::string what, std::string hint = {}) const;
    void warn(std::string what, std::string hint = {}) const;
    void note(std::string what, std::string hint = {}) const;
    /// "not supported: X, because Y": an error.
    void refuse(std::string_view what, std::string_view because, std::string hint = {}) const;
    /// The same of what can be left out: a warning.
    void leaveOut(std::string_view what, std::string_view because, std::string hint = {}) const;

private:
    void tell(Problem::Severity severity, std::string what, std::string hint) const;

    Problems* m_problems;
    const Node* m_node;
    std::string m_path;
    Place m_place; // its own, or that of what it would stand in
};

std::string inQuotes(std::string_view text); // at most 80 characters of it

} // namespace escale::compose
