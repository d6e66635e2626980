#include "engine/registry/challenge.h"

namespace escale {
namespace {

bool isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

class Reader {
public:
    explicit Reader(std::string_view text)
        : m_rest(text) {}
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    void skip(std::string_view characters) {
        const std::size_t next = m_rest.find_first_not_of(characters);
        m_rest.remove_prefix(next == std::string_view::npos ? m_rest.size() : next);
    }
    bool take(char c) {
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    std::string token() {
        std::size_t size = 0;
        while (size < m_rest.size() && isTokenCharacter(m_rest[size]))
            ++size;
        const std::string taken(m_rest.substr(0, size));
        m_rest.remove_prefix(size);
        return taken;
    }
    // A token by the RFC; addresses without quotes are seen in the wild.
    std::string bareValue() {
        const std::string taken(m_rest.substr(0, m_rest.find_first_of(" \t,\"")));
        m_rest.remove_prefix(taken.size());
        return taken;
    }
    // quoted-string, the opening quote taken already
    std::string quoted() {
        std::string value;
        while (!m_rest.empty() && m_rest.front() != '"') {
            if (m_rest.front() == '\\' && m_rest.size() > 1)
                m_rest.remove_prefix(1);
            value += m_rest.front();
            m_rest.remove_prefix(1);
        }
        (void)take('"');
        return value;
    }

private:
    std::string_view m_rest;
};

std::string lower(std::string text) {
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

} // namespace

std::string Challenge::parameter(std::string_view name) const {
    for (const auto& [key, value] : parameters) {
        if (key == name)
            return value;
    }
    return {};
}

std::vector<Challenge> parseChallenges(std::string_view header) {
    std::vector<Challenge> challenges;
    Reader reader(header);
    while (!reader.atEnd()) {
        reader.skip(" \t,");
        std::string word = reader.token();
        if (word.empty())
            break;
        reader.skip(" \t");
        // "name=" belongs to the challenge before, any other word starts one.
        if (!challenges.empty() && reader.take('=')) {
            reader.skip(" \t");
            challenges.back().parameters.emplace_back(
                lower(std::move(word)), reader.take('"') ? reader.quoted() : reader.bareValue());
        } else {
            challenges.push_back({lower(std::move(word)), {}});
        }
    }
    return challenges;
}

} // namespace escale
