// Accounts of registries as clients send them: the headers X-Registry-Auth and X-Registry-Config, and the
// body of POST /auth. No error holds what was sent.
#pragma once

#include "engine/base/result.h"
#include "engine/registry/credentials.h"

#include <QVariantMap>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace escale {
class Json;
}

namespace escale::docker_api {

/// {"username", "password", "auth", "identitytoken", "registrytoken", "serveraddress"}; nothing: no account
/// is in it. Unsupported: a registry token, which the engine cannot use.
Result<std::optional<Credentials>> credentialsOf(const Json& account);

/// Such a JSON in base64url; empty, "{}" and "null": no account. InvalidArgument (400).
Result<std::optional<Credentials>> readRegistryAuth(std::string_view header);
/// {"https://index.docker.io/v1/": {…}, "localhost:5000": {…}} in base64url; by registry ("docker.io",
/// "localhost:5000").
Result<std::map<std::string, Credentials>> readRegistryConfig(std::string_view header);

/// "docker.io" of "https://index.docker.io/v1/", "localhost:5000" of "http://localhost:5000"; empty is Docker
/// Hub. InvalidArgument: no host is in it.
Result<std::string> registryOfServer(std::string_view serverAddress);

/// As Images.Pull and Images.Push take it.
void addAccount(QVariantMap& options, const std::optional<Credentials>& account);

} // namespace escale::docker_api
