// Looking into an archive before it is extracted (tree_archive.h): whether it is one, and what it holds.
#pragma once

#include "engine/base/result.h"

#include <functional>
#include <string>

namespace escale {

/// Whether the file is a tar archive, plain or by gzip, bzip2, xz or zstd, with anything in it. Reads from
/// the file's start and leaves its position there.
Result<bool> isTarArchive(int file);
/// Names of its entries, as they stand in it, in their order. Reads as above.
Result<void> visitArchive(int file, const std::function<Result<void>(const std::string& name)>& visit);

} // namespace escale
