// Result<T>: a value or an Error, and the two statement macros that pass errors on.
#pragma once

#include "engine/base/error.h"

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace escale {

template <class T = void>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::NotFound, "no image \"x\"");`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint), {}});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}
/// `return failErrno("cannot open " + path);` — with the text and the code of errno.
[[nodiscard]] inline tl::unexpected<Error> failErrno(std::string_view what) {
    return tl::unexpected<Error>(systemError(what));
}

} // namespace escale

#define ESCALE_JOIN_(a, b) a##b
#define ESCALE_JOIN(a, b) ESCALE_JOIN_(a, b)

/// TRY(expression): returns the error of a Result from the calling function; drops the value.
/// A statement, never an expression: GCC 12 leaks half-built aggregates around statement expressions.
#define TRY(...) ESCALE_TRY_(ESCALE_JOIN(tryResult_, __COUNTER__), __VA_ARGS__)
#define ESCALE_TRY_(temporary, ...)                                                                          \
    do {                                                                                                     \
        if (auto temporary = (__VA_ARGS__); !temporary)                                                      \
            return tl::unexpected<::escale::Error>(std::move(temporary).error());                            \
    } while (false)

#define ESCALE_TRY_ASSIGN_(temporary, declaration, ...)                                                      \
    auto temporary = (__VA_ARGS__);                                                                          \
    if (!temporary)                                                                                          \
        return tl::unexpected<::escale::Error>(std::move(temporary).error());                                \
    declaration = std::move(temporary).value()

/// TRY_ASSIGN(auto fd, openFile(path)): declares or assigns, or returns the error.
#define TRY_ASSIGN(declaration, ...)                                                                         \
    ESCALE_TRY_ASSIGN_(ESCALE_JOIN(tryResult_, __COUNTER__), declaration, __VA_ARGS__)
