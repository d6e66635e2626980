#include "gui/app/docker_context.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/json.h"

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::gui {
namespace {

constexpr const char* kCurrent = "currentContext";

std::string variable(const char* name) {
    const char* const value = ::getenv(name);
    return value == nullptr ? "" : value;
}

// The document, {} when there is none. docker itself takes an empty file for that, too.
Result<Json> readConfig(const std::string& path) {
    if (!exists(path))
        return Json(Json::Object());
    TRY_ASSIGN(const std::string text, readFile(path));
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        return Json(Json::Object());
    auto config = Json::parse(text);
    if (!config)
        return fail(std::move(config).error().prefixed(path));
    if (!config->isObject())
        return fail(ErrorCode::InvalidArgument, path + " is no JSON object");
    return config;
}

// Where a link leads to, as people keep such files elsewhere: the link stays.
std::string target(const std::string& path) {
    const std::unique_ptr<char, decltype(&::free)> real(::realpath(path.c_str(), nullptr), &::free);
    return real ? std::string(real.get()) : path;
}

Result<void> writeConfig(const std::string& path, const Json& config) {
    struct stat before {};
    const std::string file = target(path);
    const mode_t mode = ::stat(file.c_str(), &before) == 0 ? before.st_mode & 07777U : 0600;
    return writeFileAtomically(file, config.dumpPretty() + "\n", mode);
}

Json withCurrent(const Json& config, bool current) {
    Json::Object members;
    bool isThere = false;
    for (const auto& [name, value] : config.members()) {
        if (name != kCurrent) {
            members.emplace_back(name, value);
        } else if (current) {
            members.emplace_back(name, DockerContext::kName);
            isThere = true;
        }
    }
    if (current && !isThere)
        members.emplace_back(kCurrent, DockerContext::kName);
    return members;
}

} // namespace

DockerContext::DockerContext(std::string folder)
    : m_folder(std::move(folder)) {}

std::string DockerContext::folder() {
    const std::string chosen = variable("DOCKER_CONFIG");
    return chosen.empty() ? variable("HOME") + "/.docker" : chosen;
}

std::string DockerContext::socket() {
    const std::string runtime = variable("XDG_RUNTIME_DIR");
    return runtime.empty() ? runtime : runtime + "/escale/docker.sock";
}

std::string DockerContext::metaFolder() const {
    return m_folder + "/contexts/meta/" + std::string(Digest::ofData(kName).hex());
}

std::string DockerContext::configFile() const {
    return m_folder + "/config.json";
}

Result<DockerContext::State> DockerContext::state() const {
    TRY_ASSIGN(const Json config, readConfig(configFile()));
    State state;
    state.exists = exists(metaFolder() + "/meta.json");
    state.isCurrent = state.exists && config.at(kCurrent).toString() == kName;
    return state;
}

Result<void> DockerContext::add(const std::string& socket) const {
    if (socket.empty())
        return fail(Error{ErrorCode::InvalidArgument,
                          "this session has no runtime folder for the socket",
                          "Log in anew, or set XDG_RUNTIME_DIR.",
                          {}});
    Json endpoint;
    endpoint.set("Host", "unix://" + socket).set("SkipTLSVerify", false);
    Json meta;
    meta.set("Name", kName)
        .set("Metadata", Json().set("Description", "Escale"))
        .set("Endpoints", Json().set("docker", endpoint));
    TRY(makeDirectories(m_folder, 0700));
    TRY(makeDirectories(metaFolder(), 0755));
    return writeFileAtomically(metaFolder() + "/meta.json", meta.dump(), 0644);
}

Result<void> DockerContext::setCurrent(bool current) const {
    TRY_ASSIGN(const Json config, readConfig(configFile()));
    if (config.at(kCurrent).toString() != kName && !current)
        return {}; // another one is, which is not ours to change
    TRY(makeDirectories(m_folder, 0700));
    return writeConfig(configFile(), withCurrent(config, current));
}

Result<void> DockerContext::remove() const {
    TRY(setCurrent(false)); // first: a current context that is not there is an error to docker
    const std::string file = metaFolder() + "/meta.json";
    if (::unlink(file.c_str()) != 0 && errno != ENOENT)
        return failErrno("cannot remove " + file);
    if (::rmdir(metaFolder().c_str()) != 0 && errno != ENOENT)
        return failErrno("cannot remove " + metaFolder());
    return {};
}

} // namespace escale::gui
