// The parts that readCreateRequest() is made of; nobody else but update_request.cpp includes it.
#pragma once

#include "helper/docker-api/containers/create_request.h"
#include "helper/docker-api/containers/fields.h"

namespace escale::docker_api {

Result<void> readConfig(const Fields& body, CreateRequest& request);
/// How it lives: restarts, logs, namespaces; and what of HostConfig is refused.
Result<void> readHostConfig(const Fields& host, CreateRequest& request);
Result<void> readSecurity(const Fields& host, ContainerOptions& options);
/// Memory, processors, processes, block devices: also of POST /containers/{id}/update, where 0 leaves a limit
/// as it is.
Result<void> readLimits(const Fields& host, ContainerOptions& options);
/// Devices and other things of the kernel.
Result<void> readDevices(const Fields& host, ContainerOptions& options);
Result<void> readRestartPolicy(const Fields& host, ContainerOptions& options);
Result<void> readMounts(const Fields& body, const Fields& host, CreateRequest& request);
Result<void> readNetworks(const Fields& body, const Fields& host, ContainerOptions& options);
/// After the networks.
Result<void> readPorts(const Fields& body, const Fields& host, CreateRequest& request);

/// Unsupported: that this cannot be had, and why.
tl::unexpected<Error> refused(const std::string& what, const std::string& why,
                              const std::string& instead = {});
/// Refuses a member that says anything else than nothing: "", 0, false, or an empty list or object.
Result<void> refuseUnlessEmpty(const Fields& fields, std::string_view name, const std::string& why,
                               const std::string& instead = {});

} // namespace escale::docker_api
