// What the fuzz targets share: the mutator by documents, and a check whose failure is a finding.
#pragma once

#include "tests/fuzz/json_mutator.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* bytes, std::size_t size, std::size_t room);
extern "C" inline std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t room,
                                                      unsigned seed) {
    return escale::fuzz::mutateText(bytes, size, room, seed, LLVMFuzzerMutate);
}

namespace escale::fuzz {

/// What the code behind the parser relies on. libFuzzer keeps the input that breaks it.
inline void require(bool holds, const char* what) {
    if (holds)
        return;
    std::fprintf(stderr, "a parsed document breaks a promise: %s\n", what);
    std::abort();
}

} // namespace escale::fuzz
