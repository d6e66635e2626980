#include "helper/docker-api/containers/create_request.h"

#include "helper/docker-api/containers/create_request_parts.h"

namespace escale::docker_api {

tl::unexpected<Error> refused(const std::string& what, const std::string& why, const std::string& instead) {
    return fail(ErrorCode::Unsupported, what + " is not supported: " + why, instead);
}

Result<void> refuseUnlessEmpty(const Fields& fields, std::string_view name, const std::string& why,
                               const std::string& instead) {
    const Json& value = fields.at(name);
    const bool isEmpty =
        value.isNull() || (value.isString() && value.toString().empty()) ||
        (value.isBool() && !value.toBool()) || (value.isInteger() && value.toInteger() == 0) ||
        (value.isArray() && value.items().empty()) || (value.isObject() && value.members().empty());
    if (!isEmpty)
        return refused(fields.nameOf(name), why, instead);
    return {};
}

Result<CreateRequest> readCreateRequest(const Json& body, ApiVersion /*version*/) {
    if (!body.isObject())
        return fail(ErrorCode::InvalidArgument, "config cannot be empty in order to create a container");
    CreateRequest request;
    request.options.memoryBytes = 0;
    request.options.noNewPrivileges = false;
    const Fields config(body);
    TRY_ASSIGN(const Fields host, config.object("HostConfig"));
    TRY(readConfig(config, request));
    TRY(readHostConfig(host, request));
    TRY(readSecurity(host, request.options));
    TRY(readLimits(host, request.options));
    TRY(readDevices(host, request.options));
    TRY(readMounts(config, host, request));
    TRY(readNetworks(config, host, request.options));
    TRY(readPorts(config, host, request));
    return request;
}

} // namespace escale::docker_api
