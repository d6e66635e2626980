// What went wrong, as a value. The project's error convention, in one page:
//
// - A function that can fail returns Result<T> (base/result.h). Nothing throws across a module's border.
// - `code` is stable: it names the D-Bus error (org.escale.Error.<Code>) and callers may branch on it.
// - `message` says what failed, on what, and why (errno text): "cannot open /etc/x: Permission denied".
// - `hint` says what the person can do next; it may be empty when nothing sensible can be said.
// - A failed undo is added with addCause(), never dropped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

enum class ErrorCode : std::uint8_t {
    InvalidArgument,      // the caller's input is wrong; nothing was changed
    NotFound,             // the named object does not exist
    AlreadyExists,        // the name is taken
    InUse,                // the object is used by another one
    WrongState,           // the object's state does not allow this (e.g. already stopped)
    PermissionDenied,     // the caller may not do this
    AuthorizationNeeded,  // the caller may do this after an administrator's password
    AuthenticationNeeded, // a registry asks for (other) credentials
    RateLimited,          // a registry asks us to wait
    Unreachable,          // a remote end does not answer, or stopped in the middle
    RemoteFailure,        // a remote end answered with an error or with nonsense
    Untrusted,            // content is not what it claims to be (digest, size, format, hostile layer)
    Unsupported,          // known, but not supported here (other architecture, kernel without the feature)
    NoSpace,              // the disk or a quota is full
    Cancelled,            // the user cancelled
    Timeout,              // it took too long
    SystemFailure,        // a system call failed
    Internal,             // a defect of Escale
};

/// The code's name as used in D-Bus error names, e.g. "NotFound".
std::string_view errorName(ErrorCode code);
/// The inverse; ErrorCode::Internal for a name it does not know.
ErrorCode errorCodeFromString(std::string_view name);

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string hint;
    std::vector<std::string> causes; // of failed undos and of lower layers, outermost first

    Error& withHint(std::string text) &;
    Error&& withHint(std::string text) &&;
    Error& addCause(const Error& cause);
    /// Puts `what` before the message: "what: message".
    Error&& prefixed(std::string_view what) &&;
    /// Message, causes and hint on one line, for logs and command lines.
    [[nodiscard]] std::string text() const;
};

/// "<what>: <strerror(number)>" with the code that fits errno `number` (ENOENT → NotFound, ENOSPC → NoSpace,
/// …).
Error systemError(int number, std::string_view what);
/// The same for the calling thread's errno.
Error systemError(std::string_view what);

} // namespace escale
