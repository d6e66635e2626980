// The members of a request's body, with their types. A member that is missing or null leaves what it is read
// into as it is; one of another type is an error that names it ("HostConfig.Memory is no whole number").
// Members that nobody asks for are passed over, as dockerd does.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale::docker_api {

class Fields {
public:
    /// `path`: how errors call the object; empty for the body itself. Keeps a reference to `object`.
    explicit Fields(const Json& object, std::string path = {})
        : m_object(object)
        , m_path(std::move(path)) {}

    /// Exactly that name, else in whatever case: as Go reads it, in which these clients and dockerd are
    /// written.
    [[nodiscard]] const Json& at(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return !at(name).isNull(); }
    /// The name as errors show it: "HostConfig.Memory".
    [[nodiscard]] std::string nameOf(std::string_view name) const;

    Result<void> read(std::string_view name, std::string& into) const;
    Result<void> read(std::string_view name, bool& into) const;
    Result<void> read(std::string_view name, std::vector<std::string>& into) const;
    Result<void> read(std::string_view name, std::map<std::string, std::string>& into) const;
    template <std::integral Number>
    Result<void> read(std::string_view name, Number& into) const {
        TRY_ASSIGN(const auto number, whole(name, std::int64_t(std::numeric_limits<Number>::min()),
                                            std::uint64_t(std::numeric_limits<Number>::max())));
        if (number)
            into = static_cast<Number>(*number);
        return {};
    }
    /// One text or a list of them, as commands are written.
    Result<void> readWords(std::string_view name, std::optional<std::vector<std::string>>& into) const;

    /// An object; empty when it is missing.
    Result<Fields> object(std::string_view name) const;
    /// The elements of a list of objects.
    Result<std::vector<Fields>> objects(std::string_view name) const;
    /// The members of an object of objects (or nulls), by their names.
    Result<std::vector<std::pair<std::string, Fields>>> entries(std::string_view name) const;

private:
    // Two's complement in any case: `least` is 0 or below.
    Result<std::optional<std::uint64_t>> whole(std::string_view name, std::int64_t least,
                                               std::uint64_t most) const;
    [[nodiscard]] tl::unexpected<Error> wrong(std::string_view name, std::string_view what) const;

    const Json& m_object;
    std::string m_path;
};

} // namespace escale::docker_api
