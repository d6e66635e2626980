// What code behind a parser relies on, checked in the fuzz targets.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>

// libFuzzer's own ways to change bytes.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* bytes, std::size_t size, std::size_t room);

namespace escale::fuzz {

/// libFuzzer keeps the input that breaks it.
inline void require(bool holds, const char* what) {
    if (holds)
        return;
    std::fprintf(stderr, "what was read breaks a promise: %s\n", what);
    std::abort();
}

} // namespace escale::fuzz
