// The resources of `update -r FILE`, which an engine writes from what its own users ask for.
#include "engine/runtime/spec/document.h"
#include "engine/runtime/spec/parse_linux.h"
#include "tests/fuzz/fuzz_target.h"

using namespace escale;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto json = spec::parseDocument({reinterpret_cast<const char*>(bytes), size}, "resources");
    if (!json)
        return 0;
    const auto limits = spec::parseResources(*json);
    if (!limits)
        return 0;
    for (const auto& [file, value] : limits->unified)
        require(file.find('\0') == std::string::npos && value.find('\0') == std::string::npos, "unified");
    for (const auto& rule : limits->devices)
        require(rule.access.find_first_not_of("rwm") == std::string::npos && !rule.access.empty(),
                "devices.access");
    return 0;
}
