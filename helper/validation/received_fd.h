// Descriptors that callers pass: looked at before anything reads from them. None of this waits for who serves
// the file, so it may be called on the bus's thread.
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

/// A copy of an O_PATH descriptor of a folder, file, socket or named pipe: it names something, and lets
/// nobody read it.
Result<UniqueFd> takePath(const QDBusUnixFileDescriptor& passed);

/// A copy of an O_PATH descriptor of a socket.
Result<UniqueFd> takeSocketPath(const QDBusUnixFileDescriptor& passed);

/// A copy of a connected stream socket: both ways of a conversation.
Result<UniqueFd> takeSocket(const QDBusUnixFileDescriptor& passed);

/// A copy of a pipe or regular file that is open for writing, at the place where it is written to. The same.
Result<UniqueFd> takeWritable(const QDBusUnixFileDescriptor& passed);

} // namespace escale
