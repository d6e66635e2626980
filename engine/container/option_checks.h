// What the files that check options share; nobody else includes it.
#pragma once

#include "engine/base/result.h"
#include "engine/container/container_options.h"

namespace escale {

constexpr std::size_t kMostEntries = 1024; // of a list among the options

// Names the option in front of what is wrong with it.
inline Result<void> inOption(const char* option, Result<void> checked) {
    if (!checked)
        return fail(std::move(checked).error().prefixed(option));
    return {};
}

template <class Parse>
Result<void> checkEach(const char* option, const Texts& texts, const Parse& parse) {
    if (texts.size() > kMostEntries)
        return fail(ErrorCode::InvalidArgument, std::string(option) + " has too many entries");
    for (const auto& text : texts) {
        if (auto parsed = parse(text); !parsed)
            return fail(std::move(parsed).error().prefixed(option));
    }
    return {};
}

Result<void> checkResources(const ContainerOptions& options, const MachineLimits& machine);

} // namespace escale
