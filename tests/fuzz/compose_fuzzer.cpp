// Compose files and environment files, which people download: whatever they hold, they are read to an end,
// what was read stays within the limits and lies in the file, and what cannot be read has a problem that says
// so. A project of several files, cut from the input at lines "%%% NAME", reads nothing but what it names,
// and what its canonical text says is the same project.
#include "engine/container/container_options.h"
#include "engine/stack/compose/environment_file.h"
#include "engine/stack/compose/make_stack.h"
#include "engine/stack/compose/parse_yaml.h"
#include "tests/fuzz/promise.h"

#include <algorithm>
#include <map>
#include <string>

using namespace escale;
using namespace escale::compose;
using escale::fuzz::require;

namespace {

constexpr YamlLimits kLimits{.bytes = 20'000, .nodes = 2'000, .depth = 20};

void checkPlace(const Place& place, std::string_view text) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    require(place.file == 7, "a place names its file");
    require(place.line >= 1 && place.column >= 1, "places count from one");
    require(place.line <= lines, "a place lies in the file");
    require(place.column + place.length <= text.size() + 1, "a place lies in its line");
}

std::size_t check(const Node& node, std::string_view text, unsigned depth) {
    require(depth <= kLimits.depth, "depth has a limit");
    checkPlace(node.place, text);
    require(node.isList() || node.items.empty(), "only lists have items");
    require(node.isMap() || node.entries.empty(), "only maps have entries");
    require(node.isScalar() || node.text.empty(), "only scalars have texts");
    std::size_t count = 1;
    for (const auto& item : node.items)
        count += check(item, text, depth + 1);
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
        const NodeEntry& entry = node.entries[i];
        checkPlace(entry.place, text);
        require(node.find(entry.key) == &entry.value, "each key is there once");
        count += check(entry.value, text, depth + 1);
    }
    return count;
}

void checkProblems(const Problems& problems, std::string_view text) {
    for (const auto& problem : problems) {
        require(!problem.what.empty(), "a problem says what it is");
        require(!problem.what.starts_with("this is no YAML"), "a problem says what it is in words");
        checkPlace(problem.place, text);
    }
}

Variables variables() {
    Variables all;
    all["A"].value = "a";
    all["B"].value = "$A ${C";
    all["E"].value = "";
    return all;
}

void readCompose(std::string_view text) {
    Problems problems;
    auto documents = parseYaml(text, 7, problems, kLimits);
    checkProblems(problems, text);
    require(documents || hasErrors(problems), "a file that is not read has an error");
    if (!documents)
        return;
    std::size_t nodes = 0;
    std::set<std::string> used;
    for (auto& document : *documents) {
        nodes += check(document, text, 0);
        interpolate(document, variables(), used, problems);
        checkProblems(problems, text);
        check(document, text, 0);
    }
    require(nodes <= kLimits.nodes, "the number of values has a limit");
}

void readEnvironment(std::string_view text, bool raw) {
    Problems problems;
    for (const auto& line : parseEnvironmentFile(text, 7, variables(), raw, problems)) {
        require(!line.name.empty(), "a line has a name");
        checkPlace(line.place, text);
    }
    checkProblems(problems, text);
}

void readVariables(std::string_view text) {
    std::size_t last = 0;
    for (const auto& span : variableSpans(text)) {
        require(span.position >= last, "variables come in their order");
        require(span.position + span.length <= text.size(), "a variable lies in the text");
        require(text[span.position] == '$' && !span.name.empty(), "a variable begins with $");
        last = span.position;
    }
    const auto replaced = interpolateText(text, variables());
    require(replaced || !replaced.error().message.empty(), "an error says what it is");
}

/// What stands before the first "%%% NAME" is compose.yaml.
class Files {
public:
    explicit Files(std::string_view text) {
        std::string name = "compose.yaml";
        while (!text.empty()) {
            const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
            std::string_view line = text.substr(0, end);
            text.remove_prefix(end);
            if (line.starts_with("%%% ")) {
                line.remove_prefix(4);
                name = line.substr(0, line.find('\n'));
            } else {
                m_texts["/p/" + name] += line;
            }
        }
    }

    [[nodiscard]] Result<std::string> read(const std::string& path) const {
        const auto found = m_texts.find(path);
        if (found == m_texts.end())
            return fail(ErrorCode::NotFound, "there is no file " + path);
        return found->second;
    }

private:
    std::map<std::string, std::string> m_texts;
};

void checkLoaded(const Loaded& loaded) {
    for (const auto& problem : loaded.problems) {
        require(!problem.what.empty(), "a problem says what it is");
        require(problem.place.line == 0 || problem.place.file < loaded.files.size(),
                "a place names a file that was read");
    }
    for (const auto& name : loaded.project.enabled)
        require(serviceOf(loaded.project, name) != nullptr, "what is enabled is there");
}

void checkMade(const MadeStack& made) {
    const std::size_t count = made.sources.size();
    for (const auto& service : made.stack.services) {
        for (const auto source : service.binds)
            require(source < count, "a bind has a source");
        for (const auto& file : service.files)
            require(file.source < count, "a file has a source");
        require(!service.build || (service.build->context < count && service.build->dockerfile < count),
                "a build has its sources");
    }
}

/// The canonical text, loaded as a file, is the same project: with the same text and the same containers.
void checkAgain(const Loaded& loaded, const MadeStack& made) {
    const std::string text = configText(loaded.project);
    LoadRequest request;
    request.files = {"/p/compose.yaml"};
    request.projectName = loaded.project.name;
    request.profiles = {"*"};
    request.read = [&text](const std::string& path) -> Result<std::string> {
        if (path != "/p/compose.yaml")
            return fail(ErrorCode::NotFound, "there is no file " + path);
        return text;
    };
    const Loaded again = loadProject(request);
    if (text.size() > (4U << 20)) // longer than a file may be
        return;
    if (hasErrors(again.problems)) {
        for (const auto& problem : again.problems)
            std::fprintf(stderr, "%u:%u: %s: %s\n", problem.place.line, problem.place.column,
                         problem.path.c_str(), problem.what.c_str());
    }
    require(!hasErrors(again.problems), "a canonical text is a good file");
    const std::string other = configText(again.project);
    if (other != text)
        std::fprintf(stderr, "%s\n=== becomes\n%s\n", text.c_str(), other.c_str());
    require(other == text, "a canonical text is its own canonical text");
    if (hasErrors(made.problems))
        return;
    const MadeStack madeAgain = makeStack(again.project, {}, request.read);
    if (hasErrors(madeAgain.problems)) // a variable or a profile of seccomp that is not there now
        return;
    require(madeAgain.stack.services.size() == made.stack.services.size(), "no service is lost");
    for (std::size_t i = 0; i < made.stack.services.size(); ++i) {
        const auto& one = made.stack.services[i];
        const auto same = std::find_if(madeAgain.stack.services.begin(), madeAgain.stack.services.end(),
                                       [&](const auto& service) { return service.name == one.name; });
        require(same != madeAgain.stack.services.end(), "no service is lost");
        const std::string before = optionsToJson(one.options).dump();
        const std::string after = optionsToJson(same->options).dump();
        if (before != after)
            std::fprintf(stderr, "%s\n=== becomes\n%s\n", before.c_str(), after.c_str());
        require(before == after, "a canonical text asks for the same containers");
    }
}

void readProject(std::string_view text) {
    const Files files(text);
    LoadRequest request;
    request.files = {"/p/compose.yaml"};
    request.environment = {{"A", "a"}, {"B", "$A ${C"}, {"E", ""}, {"HOME", "/home/me"}};
    request.read = [&files](const std::string& path) { return files.read(path); };
    if (files.read("/p/compose.override.yaml"))
        request.files.emplace_back("/p/compose.override.yaml");
    const Loaded loaded = loadProject(request);
    checkLoaded(loaded);
    const MadeStack made = makeStack(loaded.project, loaded.variables, request.read);
    checkMade(made);
    if (!hasErrors(loaded.problems) && !loaded.project.enabled.empty())
        checkAgain(loaded, made);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    readCompose(text);
    readEnvironment(text, false);
    readEnvironment(text, true);
    readVariables(text);
    readProject(text);
    return 0;
}
