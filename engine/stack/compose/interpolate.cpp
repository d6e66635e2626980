#include "engine/stack/compose/interpolate.h"

#include "engine/stack/compose/text_places.h"

#include <algorithm>
#include <utility>

namespace escale::compose {
namespace {

constexpr unsigned kNesting = 30;
constexpr std::size_t kTextBytes = 4U << 20;  // of one value
constexpr std::size_t kTreeBytes = 16U << 20; // of all values of a file
constexpr int kTold = 200;         // more than anybody reads, of each severity: each costs a path and a place
constexpr std::size_t kShown = 40; // bytes of what is wrong: more is not looked at, for each mistake
constexpr auto npos = std::string_view::npos;

bool beginsName(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}
bool isInName(char letter) {
    return beginsName(letter) || (letter >= '0' && letter <= '9');
}

struct Mistake {
    Error error;
    std::size_t position = 0, length = 0;
};

/// One walk over a text, each byte once. Words that are not chosen are walked over silently: their variables
/// are neither used nor missed.
class Walk {
public:
    Walk(std::string_view text, const Variables& variables)
        : m_text(text)
        , m_variables(variables) {}

    Interpolated result;
    std::vector<VariableSpan> spans;
    std::optional<Mistake> mistake; // the first
    [[nodiscard]] std::size_t position() const { return m_position; }

    /// Up to the text's end, or the first mistake. `replaces`: false looks at the form alone.
    bool run(bool replaces = true) {
        m_wants = replaces;
        return word(0, result.text, false);
    }
    /// Goes on behind a mistake.
    void skipMistake() {
        mistake.reset();
        m_position = std::min(m_text.size(), std::max(m_position, m_began + 1));
    }

private:
    bool fail(std::size_t position, std::size_t length, std::string message, std::string hint) {
        mistake =
            Mistake{{ErrorCode::InvalidArgument, std::move(message), std::move(hint), {}}, position, length};
        return false;
    }

    [[nodiscard]] char at(std::size_t position) const {
        return position < m_text.size() ? m_text[position] : '\0';
    }

    /// Text and variables, to the end or to the brace that closes the variable that the word belongs to.
    bool word(unsigned depth, std::string& out, bool inBraces) {
        unsigned braces = 0; // plain ones: a default can be JSON
        while (m_position < m_text.size()) {
            const char letter = m_text[m_position];
            if (letter == '$') {
                if (!dollar(depth, out))
                    return false;
                continue;
            }
            if (inBraces && letter == '{')
                ++braces;
            if (inBraces && letter == '}' && braces-- == 0)
                return true;
            const auto end = std::min(m_text.find_first_of("${}", m_position + 1), m_text.size());
            if (!put(m_text.substr(m_position, end - m_position), out))
                return false;
            m_position = end;
        }
        return true;
    }

    bool put(std::string_view text, std::string& out) {
        if (!m_wants)
            return true;
        if (out.size() + text.size() > kTextBytes)
            return fail(m_position, 1, "the text becomes longer than 4 MiB when its variables are replaced",
                        "use shorter values");
        out += text;
        return true;
    }

    bool dollar(unsigned depth, std::string& out) {
        m_began = m_position;
        const char next = at(m_position + 1);
        if (next == '{')
            return braced(depth, out);
        if (beginsName(next)) {
            const std::size_t begin = m_position;
            ++m_position;
            const std::string_view name = takeName();
            spans.push_back({begin, m_position - begin, std::string(name)});
            return plain(name, out);
        }
        m_position += next == '$' ? 2 : 1;
        return put("$", out);
    }

    std::string_view takeName() {
        const std::size_t begin = m_position;
        if (beginsName(at(m_position))) {
            while (isInName(at(m_position)))
                ++m_position;
        }
        return m_text.substr(begin, m_position - begin);
    }

    const Variable* look(std::string_view name) {
        if (!m_wants)
            return nullptr;
        result.used.emplace(name);
        const auto found = m_variables.find(name);
        return found == m_variables.end() ? nullptr : &found->second;
    }

    bool plain(std::string_view name, std::string& out) {
        const Variable* variable = look(name);
        if (m_wants && variable == nullptr)
            result.unset.emplace(name);
        return variable == nullptr || put(variable->value, out);
    }

    bool braced(unsigned depth, std::string& out) {
        const std::size_t begin = m_position;
        if (depth >= kNesting)
            return fail(begin, 2, "variables are nested too deeply", "at most 30 levels are read");
        m_position += 2;
        const std::string_view name = takeName();
        if (name.empty())
            return nameMistake(begin);
        bool done = false;
        if (at(m_position) == '}') {
            done = plain(name, out);
        } else {
            const bool colon = at(m_position) == ':';
            const char kind = at(m_position + (colon ? 1 : 0));
            if (m_position >= m_text.size())
                return openMistake(begin);
            if (kind != '-' && kind != '?' && kind != '+')
                return operatorMistake(begin, name);
            m_position += colon ? 2 : 1;
            done = operation(depth, begin, name, kind, colon, out);
        }
        if (!done)
            return false;
        if (at(m_position) != '}')
            return openMistake(begin);
        ++m_position;
        spans.push_back({begin, m_position - begin, std::string(name)});
        return true;
    }

    bool operation(unsigned depth, std::size_t begin, std::string_view name, char kind, bool colon,
                   std::string& out) {
        const Variable* variable = look(name);
        const bool counts = variable != nullptr && (!colon || !variable->value.empty());
        const bool takesWord = m_wants && (kind == '+' ? counts : !counts);
        const bool wanted = m_wants;
        m_wants = takesWord;
        std::string message;
        const bool read = word(depth + 1, kind == '?' ? message : out, true);
        m_wants = wanted;
        if (!read)
            return false;
        if (at(m_position) != '}')
            return openMistake(begin);
        if (takesWord && kind == '?')
            return missing(begin, name, variable != nullptr, message);
        return kind == '+' || takesWord || variable == nullptr || put(variable->value, out);
    }

    bool missing(std::size_t begin, std::string_view name, bool isEmpty, const std::string& message) {
        const std::string variable(name);
        return fail(begin, m_position + 1 - begin,
                    "the variable " + variable + (isEmpty ? " is empty" : " is not set") +
                        (message.empty() ? ", and is needed here" : ": " + message),
                    "set " + variable + " in the environment or in .env");
    }

    bool openMistake(std::size_t begin) {
        const auto line = m_text.substr(begin, kShown);
        return fail(begin, line.substr(0, line.find('\n')).size(), "the ${ that opens here is not closed",
                    "write ${NAME}, or $$ for a dollar sign");
    }
    bool nameMistake(std::size_t begin) {
        if (m_position >= m_text.size())
            return openMistake(begin);
        const char letter = at(m_position);
        const std::string what = letter == '}'   ? "a variable's name is missing between the braces"
                                 : letter == ' ' ? "a space stands before the variable's name"
                                                 : "a variable's name begins with a letter or _";
        return fail(begin, m_position + 1 - begin, what, "write ${NAME}, or $$ for a dollar sign");
    }
    bool operatorMistake(std::size_t begin, std::string_view name) {
        const auto rest = m_text.substr(m_position, kShown);
        const auto wrong = rest.substr(0, rest.find_first_of("}\n"));
        const bool isClosed = at(m_position + wrong.size()) == '}';
        const std::string variable(name);
        return fail(begin, m_position + wrong.size() + (isClosed ? 1 : 0) - begin,
                    "\"" + std::string(wrong) + "\" cannot follow the variable's name " + variable,
                    "what can follow it is :- - :? ? :+ and +, as in ${" + variable +
                        ":-default}; $$ is a dollar sign");
    }

    std::string_view m_text;
    const Variables& m_variables;
    std::size_t m_position = 0;
    std::size_t m_began = 0; // the dollar sign walked over last
    bool m_wants = true;     // whether what is walked over counts
};

/// Over a tree: where it is, and of what it has warned.
class TreeWalk {
public:
    TreeWalk(const Variables& variables, std::set<std::string>& used, Problems& problems)
        : m_variables(variables)
        , m_used(used)
        , m_problems(problems) {
        for (const auto& problem : problems)
            m_warned.insert(problem.what);
    }

    void visit(Node& node) {
        if (node.isScalar() && node.text.find('$') != npos)
            replace(node);
        const std::size_t length = m_path.size();
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            m_path += "[" + std::to_string(i) + "]";
            visit(node.items[i]);
            m_path.resize(length);
        }
        for (auto& entry : node.entries) {
            m_path += (length == 0 ? "" : ".") + entry.key;
            visit(entry.value);
            m_path.resize(length);
        }
    }

private:
    void replace(Node& node) {
        Walk walk(node.text, m_variables);
        if (!walk.run()) {
            tell(Problem::Severity::Error, within(node, walk.mistake->position, walk.mistake->length),
                 walk.mistake->error.message, walk.mistake->error.hint);
            return;
        }
        m_bytes += walk.result.text.size();
        if (m_bytes > kTreeBytes) {
            if (!m_isFull)
                tell(Problem::Severity::Error, node.place,
                     "the file becomes larger than 16 MiB when its variables are replaced",
                     "use shorter values");
            m_isFull = true;
            return;
        }
        for (const auto& name : walk.result.unset)
            warn(node, walk, name);
        m_used.merge(walk.result.used);
        node.raw = std::exchange(node.text, std::move(walk.result.text));
    }

    void warn(const Node& node, const Walk& walk, const std::string& name) {
        if (m_warnings >= kTold)
            return;
        std::string what = "the variable " + name + " is not set: an empty text takes its place";
        if (!m_warned.insert(what).second)
            return;
        const auto span = std::find_if(walk.spans.begin(), walk.spans.end(),
                                       [&](const VariableSpan& one) { return one.name == name; });
        tell(Problem::Severity::Warning, within(node, span->position, span->length), std::move(what),
             "set " + name + " in the environment or in .env, or give it a default: ${" + name +
                 ":-default}; $$ is a dollar sign");
    }

    /// The place of a part of a scalar, where the file has the text as it is.
    static Place within(const Node& node, std::size_t position, std::size_t length) {
        const std::size_t characters = characterCount(node.text);
        const std::size_t quote = node.place.length == characters + 2 && node.quoted ? 1 : 0;
        if (node.place.length != characters + 2 * quote)
            return node.place;
        const std::string_view text = node.text;
        Place place = node.place;
        place.column += static_cast<std::uint32_t>(quote + characterCount(text.substr(0, position)));
        place.length = static_cast<std::uint32_t>(characterCount(text.substr(position, length)));
        return place;
    }

    void tell(Problem::Severity severity, Place place, std::string what, std::string hint) {
        int& told = severity == Problem::Severity::Error ? m_errors : m_warnings;
        if (told++ < kTold)
            m_problems.push_back({severity, place, m_path, std::move(what), std::move(hint)});
    }

    const Variables& m_variables;
    std::set<std::string>& m_used;
    Problems& m_problems;
    std::set<std::string> m_warned;
    std::string m_path;
    std::size_t m_bytes = 0;
    bool m_isFull = false;
    int m_errors = 0;
    int m_warnings = 0;
};

} // namespace

Result<Interpolated> interpolateText(std::string_view text, const Variables& variables) {
    Walk walk(text, variables);
    if (!walk.run())
        return fail(std::move(walk.mistake->error));
    return std::move(walk.result);
}

void interpolate(Node& node, const Variables& variables, std::set<std::string>& used, Problems& problems) {
    TreeWalk(variables, used, problems).visit(node);
}

std::vector<VariableSpan> variableSpans(std::string_view text) {
    const Variables none;
    Walk walk(text, none);
    while (!walk.run(false))
        walk.skipMistake();
    std::sort(walk.spans.begin(), walk.spans.end(),
              [](const VariableSpan& a, const VariableSpan& b) { return a.position < b.position; });
    return std::move(walk.spans);
}

} // namespace escale::compose
