// A layer's tar, put together from its record (tar_record.h) and the layer's files.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <functional>
#include <span>

namespace escale {

/// The tar's next bytes, valid during the call.
using TakeTar = std::function<Result<void>(std::span<const std::uint8_t>)>;

/// Both descriptors are borrowed: the record's file, and the layer's root as a folder; files are opened below
/// it, through no link. Answers with the tar's size when `take` got all of it; an error of `take` ends it.
/// Whether it is the same tar only its digest tells. Untrusted: the record is damaged, or a file of the layer
/// has gone or is shorter than it was. Unsupported: the record says that it cannot be done.
Result<std::uint64_t> assembleTar(int record, int root, const TakeTar& take);

} // namespace escale
