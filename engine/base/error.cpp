#include "engine/base/error.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace escale {
namespace {

constexpr std::array<std::string_view, 18> kNames{
    "InvalidArgument", "NotFound",         "AlreadyExists",       "InUse",
    "WrongState",      "PermissionDenied", "AuthorizationNeeded", "AuthenticationNeeded",
    "RateLimited",     "Unreachable",      "RemoteFailure",       "Untrusted",
    "Unsupported",     "NoSpace",          "Cancelled",           "Timeout",
    "SystemFailure",   "Internal"};

ErrorCode codeForErrno(int number) {
    switch (number) {
    case ENOENT:
    case ESRCH:
        return ErrorCode::NotFound;
    case EEXIST:
        return ErrorCode::AlreadyExists;
    case EBUSY:
        return ErrorCode::InUse;
    case EACCES:
    case EPERM:
        return ErrorCode::PermissionDenied;
    case ENOSPC:
    case EDQUOT:
        return ErrorCode::NoSpace;
    case ENOSYS:
    case EOPNOTSUPP:
        return ErrorCode::Unsupported;
    case ETIMEDOUT:
        return ErrorCode::Timeout;
    default:
        return ErrorCode::SystemFailure;
    }
}

} // namespace

std::string_view errorName(ErrorCode code) {
    return kNames.at(static_cast<std::size_t>(code));
}

ErrorCode errorCodeFromString(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (kNames.at(i) == name)
            return static_cast<ErrorCode>(i);
    }
    return ErrorCode::Internal;
}

Error& Error::withHint(std::string text) & {
    hint = std::move(text);
    return *this;
}

Error&& Error::withHint(std::string text) && {
    hint = std::move(text);
    return std::move(*this);
}

Error& Error::addCause(const Error& cause) {
    causes.push_back(cause.message);
    causes.insert(causes.end(), cause.causes.begin(), cause.causes.end());
    return *this;
}

Error&& Error::prefixed(std::string_view what) && {
    message.insert(0, ": ").insert(0, what);
    return std::move(*this);
}

std::string Error::text() const {
    std::string all = message;
    for (const auto& cause : causes)
        all += "; " + cause;
    if (!hint.empty())
        all += " (" + hint + ")";
    return all;
}

Error systemError(int number, std::string_view what) {
    std::string message(what);
    message.append(": ").append(std::strerror(number));
    return Error{codeForErrno(number), std::move(message), {}, {}};
}

Error systemError(std::string_view what) {
    return systemError(errno, what);
}

} // namespace escale
