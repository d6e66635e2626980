// Changes tar archives as archives: whole entries, single fields, and each header's checksum made right again.
// Without it a fuzzer is turned away at the door.
#pragma once

#include <cstddef>
#include <cstdint>

namespace escale::fuzz {

/// For LLVMFuzzerCustomMutator. What is compressed is changed by libFuzzer's own ways alone.
std::size_t mutateTar(std::uint8_t* bytes, std::size_t size, std::size_t room, unsigned seed);

} // namespace escale::fuzz
