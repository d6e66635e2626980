#include "engine/container/seccomp_profile.h"

#include "engine/base/log.h"

namespace escale {

extern const char* const kDefaultSeccompText; // made of the resource at build time

const Json& defaultSeccompProfile() {
    static const Json profile = [] {
        auto parsed = Json::parse(kDefaultSeccompText);
        // The build compiled in a broken resource: without a filter no container may start, and the runtime
        // refuses this.
        if (!parsed) {
            logError("the built-in seccomp profile is not valid: " + parsed.error().text());
            return Json(Json::Object{{"defaultAction", Json("SCMP_ACT_ERRNO")}});
        }
        Json json = *std::move(parsed);
#if defined(__aarch64__)
        json.set("architectures", Json::strings({"SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"}));
#endif
        return json;
    }();
    return profile;
}

} // namespace escale
