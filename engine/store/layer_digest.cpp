#include "engine/store/layer_digest.h"

#include <unistd.h>
#include <vector>

namespace escale {

Result<Digest> digestOfFile(int file, const std::function<Result<void>(std::uint64_t bytes)>& step) {
    constexpr std::size_t kBlock = 256 * 1024;
    std::vector<char> block(kBlock);
    DigestHasher hasher;
    for (off_t offset = 0;;) {
        const ssize_t count = ::pread(file, block.data(), block.size(), offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failErrno("cannot read a layer");
        if (count == 0)
            return hasher.finish();
        hasher.update(block.data(), static_cast<std::size_t>(count));
        offset += count;
        TRY(step(static_cast<std::uint64_t>(count)));
    }
}

} // namespace escale
