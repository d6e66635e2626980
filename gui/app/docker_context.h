// The docker command line's own files, as far as they say which engine it talks to: its entry "escale" among
// the contexts, and which context is the current one. What `docker context create`, `use` and `rm` do,
// without a docker.
#pragma once

#include "engine/base/result.h"

#include <string>

namespace escale::gui {

class DockerContext {
public:
    static constexpr const char* kName = "escale";

    struct State {
        bool exists = false;    // there is an entry "escale"
        bool isCurrent = false; // and it is what docker uses when nobody says otherwise
    };

    /// `folder`: as folder() says.
    explicit DockerContext(std::string folder);
    /// $DOCKER_CONFIG, else ~/.docker.
    static std::string folder();
    /// Where the socket of this user's escale-docker-api is: $XDG_RUNTIME_DIR/escale/docker.sock; empty
    /// without a runtime folder.
    static std::string socket();

    // All of them read and write files, which may be slow: not on the GUI thread. Errors: a file that cannot
    // be read or written; InvalidArgument for a config.json that is no JSON object, which is left as it is.
    [[nodiscard]] Result<State> state() const;
    /// Makes the entry, or points it at this socket.
    [[nodiscard]] Result<void> add(const std::string& socket) const;
    /// Makes it the current one, or docker's own default. Everything else in config.json stays, in its order.
    [[nodiscard]] Result<void> setCurrent(bool current) const;
    /// Takes the entry away; when it was the current one, docker's default is it again.
    [[nodiscard]] Result<void> remove() const;

private:
    [[nodiscard]] std::string metaFolder() const;
    [[nodiscard]] std::string configFile() const;

    std::string m_folder;
};

} // namespace escale::gui
