// An image whose containers are clients of the Docker API themselves: busybox and the docker command line,
// and what stands in for testcontainers' Ryuk (ryuk/reap.sh, which is what it runs).
#pragma once

#include "tests/support/docker_registry.h"

#include <string>

namespace escale::test {

/// Pushed as "client:1"; its whole name. NotFound: the command line is not made for this machine's C library.
Result<std::string> pushClientImage(DockerRegistry& registry, const std::string& docker);

} // namespace escale::test
