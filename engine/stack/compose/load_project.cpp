#include "engine/stack/compose/load_project.h"

#include "engine/base/file.h"
#include "engine/base/relative_path.h"
#include "engine/stack/compose/consistency.h"
#include "engine/stack/compose/defaults.h"
#include "engine/stack/compose/model.h"
#include "engine/stack/compose/profiles.h"
#include "engine/stack/compose/project_name.h"
#include "engine/stack/compose/project_paths.h"
#include "engine/stack/compose/project_variables.h"
#include "engine/stack/compose/service_environment.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

namespace escale::compose {
namespace {

constexpr std::size_t kFileBytes = 4U << 20;

class ProjectLoader {
public:
    explicit ProjectLoader(const LoadRequest& request)
        : m_loading(request)
        , m_project(m_loading.loaded.project) {}

    Loaded run() {
        m_project.directory = directory();
        m_variables = projectVariables(m_loading, m_project.directory, m_project.environmentFiles);
        m_project.files = files();
        m_project.name = chooseProjectName(m_loading, m_project.files, m_project.directory, m_variables);
        m_variables["COMPOSE_PROJECT_NAME"] = {m_project.name, Variable::Source::Environment, {}};
        if (!m_project.files.empty())
            load();
        m_loading.loaded.variables.merge(m_variables);
        return std::move(m_loading.loaded);
    }

private:
    [[nodiscard]] std::string directory() const {
        const auto& request = m_loading.request;
        if (!request.projectDirectory.empty())
            return cleanPath(request.projectDirectory);
        return request.files.empty() ? "/" : cleanPath(parentPath(request.files.front()));
    }

    std::vector<std::string> files() {
        if (!m_loading.request.files.empty())
            return m_loading.request.files;
        if (auto named = filesOfVariable(); !named.empty())
            return named;
        auto found = findComposeFiles(m_project.directory);
        if (found)
            return std::move(*found);
        m_loading.error({}, {}, found.error().message, found.error().hint);
        return {};
    }

    /// COMPOSE_FILE, separated by COMPOSE_PATH_SEPARATOR.
    std::vector<std::string> filesOfVariable() {
        const auto variable = m_variables.find("COMPOSE_FILE");
        if (variable == m_variables.end())
            return {};
        const auto separator = m_variables.find("COMPOSE_PATH_SEPARATOR");
        const std::string by = separator != m_variables.end() && !separator->second.value.empty()
                                   ? separator->second.value
                                   : ":";
        std::vector<std::string> paths;
        for (std::string_view rest = variable->second.value; !rest.empty();) {
            const auto end = std::min(rest.find(by), rest.size());
            if (end > 0)
                paths.push_back(absolutePath(rest.substr(0, end), m_project.directory, homeOf(m_variables)));
            rest.remove_prefix(std::min(end + by.size(), rest.size()));
        }
        m_loading.loaded.used.insert("COMPOSE_FILE");
        return paths;
    }

    void load() {
        ModelRequest request{{}, m_project.directory, m_variables, {}};
        for (const auto& path : m_project.files)
            request.files.push_back({cleanPath(path), {}});
        m_project.root = loadModel(m_loading, request);
        applyProfiles(m_loading, m_project, m_variables);
        softenDisabled();
        resolveFiles(m_loading, m_project.root, m_project.enabled, m_variables);
        completeProject(m_project.root, m_project.name);
        checkConsistency(m_loading, m_project);
        dropFailedExtends();
        sortProblems();
    }

    void dropFailedExtends() {
        if (Node* services = m_project.root.find("services")) {
            for (auto& service : services->entries)
                service.value.erase("extends");
        }
    }

    /// What the engine cannot do hinders nobody in a service that is left out.
    void softenDisabled() {
        for (const auto& name : serviceNames(m_project)) {
            if (m_project.enabled.contains(name))
                continue;
            const std::string part = "services." + name;
            for (auto& problem : m_loading.loaded.problems) {
                if (problem.severity == Problem::Severity::Error && isWithin(problem.path, part) &&
                    problem.what.starts_with("not supported"))
                    problem.severity = Problem::Severity::Warning;
            }
        }
    }

    /// As they stand in the files, each once: a file that is included twice is read twice.
    void sortProblems() {
        auto& problems = m_loading.loaded.problems;
        const auto order = [](const Problem& problem) {
            return std::tie(problem.place.file, problem.place.line, problem.place.column);
        };
        std::stable_sort(problems.begin(), problems.end(),
                         [&](const Problem& a, const Problem& b) { return order(a) < order(b); });
        const auto last =
            std::unique(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
                return a.place == b.place && a.severity == b.severity && a.what == b.what;
            });
        problems.erase(last, problems.end());
    }

    Loading m_loading;
    Project& m_project;
    Variables m_variables;
};

} // namespace

Loaded loadProject(const LoadRequest& request) {
    return ProjectLoader(request).run();
}

Result<std::string> readFile(const std::string& path) {
    // Without waiting for a named pipe's writer.
    TRY_ASSIGN(const UniqueFd file, openFile(path, O_RDONLY | O_NONBLOCK));
    struct stat status {};
    if (::fstat(file.get(), &status) != 0)
        return failErrno("cannot read " + path);
    if (S_ISDIR(status.st_mode))
        return fail(ErrorCode::NotFound, path + " is a folder", "Name a file in it.");
    if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
        return fail(ErrorCode::InvalidArgument, path + " is neither a file nor a pipe", "Name a file.");
    if (::fcntl(file.get(), F_SETFL, 0) != 0)
        return failErrno("cannot read " + path);
    auto text = readFd(file.get(), kFileBytes);
    if (!text)
        return fail(std::move(text).error().prefixed(path));
    return text;
}

} // namespace escale::compose
