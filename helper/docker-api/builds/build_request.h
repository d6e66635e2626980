// What a client asks of POST /build, in the words of Builds.Build. Pure. Options of Docker's without an
// effect here are accepted; those that would change the image or the limits of RUN are honoured or refused.
// InvalidArgument, Unsupported.
#pragma once

#include "engine/base/result.h"
#include "helper/docker-api/http/query.h"

#include <QVariantMap>

#include <string>
#include <vector>

namespace escale::docker_api {

struct BuildRequest {
    std::string dockerfile = "Dockerfile"; // below the folder that is sent
    std::vector<std::string> tags;         // as written
    bool isQuiet = false;
    QVariantMap options; // of Build, but its accounts
    /// It wants what an administrator must allow.
    [[nodiscard]] bool mayAskAPerson() const {
        return options.value(QStringLiteral("network")) == QLatin1String("host");
    }
};
Result<BuildRequest> buildRequest(const Query& query);

/// The header X-Registry-Config, base64url of {"https://index.docker.io/v1/": {"username": …}}, as the option
/// "accounts". No message shows anything of it.
Result<QVariantMap> accountOptions(const std::string& header);

} // namespace escale::docker_api
