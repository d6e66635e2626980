#include "helper/docker-api/http/request.h"

namespace escale::docker_api {
namespace {

std::string valueOf(const std::vector<std::pair<std::string, std::string>>& pairs, std::string_view name) {
    for (const auto& [key, value] : pairs) {
        if (key == name)
            return value;
    }
    return {};
}

} // namespace

std::string Request::header(std::string_view name) const {
    return valueOf(headers, name);
}

std::string Request::parameter(std::string_view name) const {
    return valueOf(parameters, name);
}

} // namespace escale::docker_api
