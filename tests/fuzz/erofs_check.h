// Reads an EROFS image without trust, as the kernel would, and aborts where it is not sound.
#pragma once

#include <cstdint>

namespace escale::fuzz {

struct ErofsCounts {
    std::uint64_t names = 0; // without "." and ".."
    std::uint64_t bytes = 0; // of regular files, each once
};

/// `file`: the image.
ErofsCounts checkErofs(int file);

} // namespace escale::fuzz
