// A build's files as a client sends them, in a private folder: engine/build/context_sender.h serves them from
// there.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <memory>
#include <string>

namespace escale::docker_api {

class Exchange;

/// Removed with all that is in it when the object goes.
class BuildFolder {
public:
    /// Unpacks the request's body, a tar archive (plain, or by gzip, bzip2, xz, zstd), below $TMPDIR or
    /// /var/tmp, with this process' rights; the files are its own. InvalidArgument: no archive, or one with a
    /// name or link that leads elsewhere.
    static Result<std::unique_ptr<BuildFolder>> receive(Exchange& exchange);
    ~BuildFolder();
    BuildFolder(const BuildFolder&) = delete;
    BuildFolder& operator=(const BuildFolder&) = delete;

    [[nodiscard]] int fd() const { return m_folder.get(); }
    /// Opens the Dockerfile. Then takes away what only came for the builder, as dockerd does: .dockerignore,
    /// and the Dockerfile, where .dockerignore names them (its other lines are the client's affair).
    /// InvalidArgument: there is none.
    Result<UniqueFd> takeDockerfile(const std::string& name);

private:
    BuildFolder(std::string path, UniqueFd folder)
        : m_path(std::move(path))
        , m_folder(std::move(folder)) {}
    Result<void> unpack(Exchange& exchange);
    Result<void> markContents();
    Result<void> removeOne(const std::string& path);

    std::string m_path;
    UniqueFd m_folder;
};

} // namespace escale::docker_api
