// The body of POST /containers/create: whatever it says, it becomes options or an error that says why.
#include "helper/docker-api/containers/create_request.h"
#include "tests/fuzz/fuzz_target.h"

using namespace escale;
using namespace escale::docker_api;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto json = Json::parse({reinterpret_cast<const char*>(bytes), size});
    if (!json)
        return 0;
    for (const ApiVersion version : {kOldestVersion, ApiVersion{1, 44}, kNewestVersion}) {
        const auto request = readCreateRequest(*json, version);
        if (!request) {
            require(!request.error().message.empty(), "a refusal says why");
            require(request.error().code == ErrorCode::InvalidArgument ||
                        request.error().code == ErrorCode::Unsupported,
                    "a refusal is the caller's affair");
            continue;
        }
        for (const HostPortRange& range : request->portRanges)
            require(range.first <= range.last && !range.inside.empty(), "a range of ports is one");
        for (const std::string& port : request->exposedPorts)
            require(port.find('/') != std::string::npos, "a port has a protocol");
    }
    return 0;
}
