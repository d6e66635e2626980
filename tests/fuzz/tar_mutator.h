// Changes tar archives as archives: whole entries, single fields, and each header's checksum made right
// again. Without it a fuzzer is turned away at the door.
#pragma once

#include <cstddef>
#include <cstdint>

namespace escale::fuzz {

/// For LLVMFuzzerCustomMutator. What is compressed is changed by libFuzzer's own ways alone.
std::size_t mutateTar(std::uint8_t* bytes, std::size_t size, std::size_t room, unsigned seed);

/// The same, but one of the JSON documents in it is changed as a document; else as mutateTar().
std::size_t mutateDocumentInTar(std::uint8_t* bytes, std::size_t size, std::size_t room, unsigned seed);

} // namespace escale::fuzz
