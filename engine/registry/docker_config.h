// The accounts that `docker login` has kept: ~/.docker/config.json (docker/cli: cli/config). Read only.
//
//   auths        the account itself: "auth" is base64 of "name:password"; "identitytoken"
//   credHelpers  by registry, and
//   credsStore   for all others: the NAME of a program docker-credential-NAME, which is asked instead
//                (credential_helper.h)
#pragma once

#include "engine/base/result.h"
#include "engine/registry/credentials.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace escale {

class DockerConfig {
public:
    /// InvalidArgument when it is no JSON object; members that are malformed are as if they were not there.
    static Result<DockerConfig> parse(std::string_view json);
    /// Empty when the file does not exist. Errors name the file.
    static Result<DockerConfig> load(const std::string& file);
    /// $DOCKER_CONFIG/config.json, else ~/.docker/config.json.
    static std::string path();
    /// Under which name Docker keeps a registry's account: "https://index.docker.io/v1/" for "docker.io".
    static std::string serverName(const std::string& registry);

    /// Who knows the registry's account: a NAME, or empty when it stands in the file.
    [[nodiscard]] std::string helperFor(const std::string& registry) const;
    /// The account in the file; as in Docker, one with a helper does not count.
    [[nodiscard]] std::optional<Credentials> stored(const std::string& registry) const;

private:
    std::map<std::string, Credentials> m_accounts; // by serverName()
    std::map<std::string, std::string> m_helpers;  // by serverName()
    std::string m_store;
};

} // namespace escale
