// The folder of one process in /proc, held by a descriptor: whatever is read through it is of that process,
// also when its number has been given to another one meanwhile. Thread-safe.
#pragma once

#include "engine/base/process.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace escale {

class ProcessFolder {
public:
    /// NotFound when there is no such process. One that waits to be reaped is there.
    static Result<ProcessFolder> open(pid_t pid);

    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// O_PATH, for what is below: openat(2), fstatat(2).
    [[nodiscard]] int descriptor() const { return m_folder.get(); }

    /// A file's first `longest` bytes; the rest is not read. NotFound when the process has ended.
    [[nodiscard]] Result<std::string> read(const std::string& file, std::size_t longest = 65536) const;
    [[nodiscard]] Result<ProcessStat> stat() const;
    /// Its arguments with blanks between them, as plainText(); at most 4 KiB. Empty: a kernel's thread, or
    /// one that waits to be reaped.
    [[nodiscard]] std::string command() const;

private:
    ProcessFolder(pid_t pid, UniqueFd folder)
        : m_pid(pid)
        , m_folder(std::move(folder)) {}
    pid_t m_pid;
    UniqueFd m_folder;
};

/// The value of a line "Name:\t…" of proc_pid_status(5); empty when there is none.
std::string_view statusField(std::string_view status, std::string_view name);

/// What there is to read, at most `longest` bytes; the rest is left.
Result<std::string> readStart(int fd, std::size_t longest);

/// When the machine started by its own clock: Unix time, milliseconds.
std::int64_t bootTime();

/// What a stranger calls something, fit to be shown: control characters are question marks, blanks blanks.
std::string plainText(std::string_view text);

} // namespace escale
