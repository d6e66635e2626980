#include "engine/registry/proxy.h"

#include <cstdlib>
#include <initializer_list>

namespace escale {

static std::string firstOf(std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
            return value;
    }
    return {};
}

ProxySettings ProxySettings::ofEnvironment() {
    return {firstOf({"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}),
            firstOf({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}),
            firstOf({"no_proxy", "NO_PROXY"})};
}

} // namespace escale
