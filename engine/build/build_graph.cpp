#include "engine/build/build_graph.h"

#include "engine/base/csv.h"
#include "engine/build/expand.h"

#include <algorithm>
#include <array>

namespace escale {
namespace {

using Arguments = std::map<std::string, std::string>;

void addPlatform(Arguments& arguments, const std::string& prefix, const std::string& platform) {
    std::array<std::string, 3> parts;
    std::size_t at = 0;
    for (auto& part : parts) {
        const auto end = std::min(platform.find('/', at), platform.size());
        part = platform.substr(std::min(at, platform.size()), end - std::min(at, end));
        at = end + 1;
    }
    arguments[prefix + "PLATFORM"] = platform;
    arguments[prefix + "OS"] = parts[0];
    arguments[prefix + "ARCH"] = parts[1];
    arguments[prefix + "VARIANT"] = parts[2];
}

class Planner {
public:
    Planner(const BuildFile& file, const BuildRequest& request, char escape)
        : m_file(file)
        , m_request(request) {
        m_rules.escape = escape;
    }

    Result<BuildGraph> run() {
        if (!m_file.problems.empty()) {
            const SourceProblem& first = m_file.problems.front();
            return fail(ErrorCode::InvalidArgument,
                        "line " + std::to_string(first.range.begin.line) + ": " + first.message, first.hint);
        }
        TRY_ASSIGN(m_graph.target, findTarget());
        TRY(readArguments());
        TRY(need(m_graph.target));
        return std::move(m_graph);
    }

private:
    Result<std::size_t> findTarget() const {
        if (m_request.target.empty())
            return m_file.stages.size() - 1;
        if (const auto found = m_file.findStage(m_request.target, m_file.stages.size()))
            return *found;
        std::vector<std::string_view> names;
        std::string shown;
        for (const auto& stage : m_file.stages) {
            if (stage.name.empty())
                continue;
            names.push_back(stage.name);
            shown += (shown.empty() ? "" : ", ") + stage.name;
        }
        const auto nearest = nearestWord(m_request.target, names);
        return fail(ErrorCode::InvalidArgument, "the Dockerfile has no stage \"" + m_request.target + "\"",
                    !nearest.empty() ? "Did you mean " + std::string(nearest) + "?"
                    : shown.empty()  ? std::string("Its stages have no names; they are numbered from 0.")
                                     : "It has " + shown + ".");
    }

    Result<std::string> expand(const std::string& text) const {
        const VariableLookup lookup = [this](const std::string& name) -> std::optional<std::string> {
            const auto found = m_graph.arguments.find(name);
            return found == m_graph.arguments.end() ? std::nullopt : std::optional(found->second);
        };
        TRY_ASSIGN(Expanded expanded, expandVariables(text, lookup, m_rules));
        return std::move(expanded.text);
    }

    // Those before the first FROM. What is given goes over a default; what is predefined may be given, too.
    Result<void> readArguments() {
        Arguments& arguments = m_graph.arguments;
        const std::string& build = m_request.buildPlatform;
        addPlatform(arguments, "BUILD", build);
        addPlatform(arguments, "TARGET", m_request.targetPlatform.empty() ? build : m_request.targetPlatform);
        const BuildStage& target = m_file.stages[m_graph.target];
        arguments["TARGETSTAGE"] = target.name.empty() ? "default" : target.name;
        for (auto& [name, value] : arguments) {
            if (const auto given = m_request.arguments.find(name); given != m_request.arguments.end())
                value = given->second;
        }
        for (const ArgDefinition& argument : m_file.arguments) {
            const auto given = m_request.arguments.find(argument.name);
            if (given != m_request.arguments.end()) {
                arguments[argument.name] = given->second;
            } else if (argument.value) {
                TRY_ASSIGN(arguments[argument.name], expand(*argument.value));
            }
        }
        return {};
    }

    // Depth first: a stage comes behind all that it needs, which stand above it in the file.
    Result<void> need(std::size_t index) {
        if (!m_planned.insert(index).second)
            return {};
        TRY_ASSIGN(PlannedStage planned, planStage(index));
        for (const std::size_t before : planned.stages)
            TRY(need(before));
        m_graph.stages.push_back(std::move(planned));
        return {};
    }

    Result<PlannedStage> planStage(std::size_t index) const {
        const BuildStage& stage = m_file.stages[index];
        PlannedStage planned;
        planned.stage = index;
        TRY_ASSIGN(planned.base, expand(stage.base));
        TRY_ASSIGN(planned.platform, expand(stage.platform));
        if (planned.base.empty())
            return fail(ErrorCode::InvalidArgument,
                        "\"FROM " + stage.base + "\" names no image: its variables are empty",
                        "Give the variable a default, as ARG NAME=value above FROM.");
        // By name only: "FROM 0" is an image's name.
        for (std::size_t i = index; i-- > 0 && !planned.baseStage;) {
            if (!m_file.stages[i].name.empty() && m_file.stages[i].name == lowerCase(planned.base))
                planned.baseStage = i;
        }
        if (planned.baseStage) {
            planned.stages.insert(*planned.baseStage);
            planned.base.clear();
        }
        for (const BuildStep& step : stage.steps) {
            if (const auto* copy = std::get_if<CopyInstruction>(&step.instruction)) {
                if (!copy->from.empty())
                    TRY(addSource(planned, copy->from, "COPY --from"));
            } else if (const auto* run = std::get_if<RunInstruction>(&step.instruction)) {
                for (const auto& mount : run->mounts)
                    TRY(addMount(planned, mount));
            }
        }
        return planned;
    }

    // Its other keys may hold variables still; "from" may not.
    Result<void> addMount(PlannedStage& planned, const std::string& mount) const {
        TRY_ASSIGN(const auto fields, csvFields(mount));
        for (const auto& field : fields) {
            if (lowerCase(field.substr(0, 5)) != "from=" || field.size() == 5)
                continue;
            if (field.find('$') != std::string::npos)
                return fail(ErrorCode::InvalidArgument, "\"" + field + "\" of a mount cannot hold a variable",
                            "Name a stage: FROM image-with-variable AS name.");
            TRY(addSource(planned, field.substr(5), "a mount"));
        }
        return {};
    }

    Result<void> addSource(PlannedStage& planned, const std::string& from, const std::string& what) const {
        const std::string name = lowerCase(from);
        if (name == "scratch")
            return {};
        if (const auto found = m_file.findStage(from, planned.stage)) {
            planned.stages.insert(*found);
            return {};
        }
        const bool isNumber =
            std::all_of(from.begin(), from.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (isNumber || name == m_file.stages[planned.stage].name)
            return fail(ErrorCode::InvalidArgument,
                        what + " names stage \"" + from + "\", which does not stand above it",
                        "A stage sees only those before it.");
        planned.images.insert(from);
        return {};
    }

    const BuildFile& m_file;
    const BuildRequest& m_request;
    ExpandRules m_rules;
    BuildGraph m_graph;
    std::set<std::size_t> m_planned;
};

} // namespace

Result<BuildGraph> planBuild(const BuildFile& file, const BuildRequest& request, char escape) {
    return Planner(file, request, escape).run();
}

bool isPredefinedArgument(std::string_view name) {
    const std::string upper = upperCase(name);
    return upper == "HTTP_PROXY" || upper == "HTTPS_PROXY" || upper == "FTP_PROXY" || upper == "NO_PROXY" ||
           upper == "ALL_PROXY";
}

} // namespace escale
