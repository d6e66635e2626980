// What the targets that read JSON share: the mutator by documents.
#pragma once

#include "tests/fuzz/json_mutator.h"
#include "tests/fuzz/promise.h"

extern "C" inline std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t room,
                                                      unsigned seed) {
    return escale::fuzz::mutateText(bytes, size, room, seed, LLVMFuzzerMutate);
}
