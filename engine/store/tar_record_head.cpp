#include "engine/store/tar_record_head.h"

#include <sys/stat.h>
#include <unistd.h>

namespace escale {

Result<TarRecordHead> readTarRecordHead(int record) {
    TarRecordHead head;
    const ssize_t size = ::pread(record, &head, sizeof head, 0);
    struct stat info {};
    if (size < 0 || ::fstat(record, &info) != 0)
        return failErrno("cannot read the record of the layer's archive");
    if (size != static_cast<ssize_t>(sizeof head) || head.magic != TarRecordHead::kMagic ||
        head.version != TarRecordHead::kVersion || head.tarSize > TarRecordHead::kLargestTar ||
        head.recordSize != static_cast<std::uint64_t>(info.st_size))
        return fail(ErrorCode::Untrusted,
                    "the record of the layer's archive is damaged or of another version",
                    "Remove the image and pull it again.");
    if (!head.isComplete())
        return fail(ErrorCode::Unsupported,
                    "the layer's archive replaces its own files by others, and Escale could not keep both",
                    "It can be run, but not be packed again. Build the image anew with fewer layers, or copy "
                    "it from registry to registry.");
    return head;
}

} // namespace escale
