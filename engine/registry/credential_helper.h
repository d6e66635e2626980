// Asks a program docker-credential-NAME (docker/docker-credential-helpers) for a registry's account.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/registry/credentials.h"

#include <chrono>
#include <optional>
#include <string>

namespace escale {

/// `docker-credential-NAME get`, found in PATH, with our environment; the server's name goes to its standard
/// input, so no process list shows what is asked. Nothing when it has no such account. Blocking: NotFound
/// without the program, Timeout when it does not answer (it may wait for a person), RemoteFailure when it
/// fails; it is ended then. No error holds what it wrote.
Result<std::optional<Credentials>> askCredentialHelper(const std::string& name, const std::string& server,
                                                       std::chrono::milliseconds longest,
                                                       const Cancellation& cancellation);

} // namespace escale
