#include "helper/docker-api/containers/start_error.h"

namespace escale::docker_api {
namespace {

bool contains(const Error& error, std::string_view words) {
    return error.message.find(words) != std::string::npos;
}

// A message that says it in other words says it in these, too.
void ensure(Error& error, std::string_view words) {
    if (!contains(error, words))
        error.message += ": " + std::string(words);
}

} // namespace

Error startError(Error error) {
    const bool isMissing =
        error.code == ErrorCode::NotFound &&
        (contains(error, "no program") || contains(error, "the interpreter that it names"));
    const bool isForbidden = contains(error, "cannot be executed") || contains(error, "cannot run");
    if (isMissing && !contains(error, "executable file not found")) {
        ensure(error, "no such file or directory");
    } else if (!isMissing && isForbidden &&
               (contains(error, "Permission denied") || contains(error, "Is a directory"))) {
        ensure(error, "permission denied");
    }
    if (error.code == ErrorCode::InUse && contains(error, "port")) {
        ensure(error, "port is already allocated");
        error.code = ErrorCode::SystemFailure; // as with dockerd: 500
    }
    // The container itself is there: a 404 would say that it is not.
    if (isForbidden || error.code == ErrorCode::NotFound)
        error.code = ErrorCode::InvalidArgument;
    return error;
}

} // namespace escale::docker_api
