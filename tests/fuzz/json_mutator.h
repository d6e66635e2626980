// Changes JSON documents as documents: a fuzzer that flips bytes spends its time on the JSON reader and
// seldom reaches what stands behind it.
#pragma once

#include "engine/base/json.h"

#include <random>

namespace escale::fuzz {

/// The document with one to four values changed, dropped, doubled or given another type. The same seed gives
/// the same document.
Json mutate(const Json& document, std::minstd_rand& random);

/// For LLVMFuzzerCustomMutator: as a document when the bytes are one, else by libFuzzer's own ways
/// (`fallback`).
std::size_t mutateText(std::uint8_t* bytes, std::size_t size, std::size_t room, unsigned seed,
                       std::size_t (*fallback)(std::uint8_t*, std::size_t, std::size_t));

} // namespace escale::fuzz
