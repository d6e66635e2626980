// Descriptors that callers pass: looked at before anything reads from them.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <QDBusUnixFileDescriptor>

namespace escale {

/// A copy of a pipe, stream socket or regular file that is open for reading. InvalidArgument: anything else,
/// such as a folder, a device or an O_PATH descriptor.
Result<UniqueFd> takeReadable(const QDBusUnixFileDescriptor& passed);
/// The same, or of a folder.
Result<UniqueFd> takeReadableOrFolder(const QDBusUnixFileDescriptor& passed);

} // namespace escale
