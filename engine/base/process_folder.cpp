#include "engine/base/process_folder.h"

#include "engine/base/file.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kLongestCommand = 4096;

} // namespace

Result<ProcessFolder> ProcessFolder::open(pid_t pid) {
    if (pid <= 0)
        return fail(ErrorCode::InvalidArgument, std::to_string(pid) + " is no process");
    auto folder = openFile("/proc/" + std::to_string(pid), O_PATH | O_DIRECTORY);
    if (!folder && folder.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "no process " + std::to_string(pid), "It may just have ended.");
    if (!folder)
        return fail(std::move(folder).error());
    return ProcessFolder(pid, *std::move(folder));
}

Result<std::string> ProcessFolder::read(const std::string& file, std::size_t longest) const {
    const std::string what = "process " + std::to_string(m_pid) + ": " + file;
    auto opened = openFileAt(m_folder.get(), file, O_RDONLY);
    if (!opened)
        return fail(std::move(opened).error().prefixed(what));
    auto content = readStart(opened->get(), longest);
    if (!content)
        return fail(std::move(content).error().prefixed(what));
    return content;
}

Result<ProcessStat> ProcessFolder::stat() const {
    TRY_ASSIGN(const std::string text, read("stat", 4096));
    return parseProcessStat(text);
}

std::string ProcessFolder::command() const {
    auto line = read("cmdline", kLongestCommand).value_or("");
    while (!line.empty() && line.back() == '\0')
        line.pop_back();
    for (char& letter : line)
        letter = letter == '\0' ? ' ' : letter;
    return plainText(line);
}

std::string_view statusField(std::string_view status, std::string_view name) {
    while (!status.empty()) {
        const std::string_view line = status.substr(0, status.find('\n'));
        status.remove_prefix(std::min(line.size() + 1, status.size()));
        if (line.size() <= name.size() || !line.starts_with(name) || line[name.size()] != ':')
            continue;
        const auto value = line.find_first_not_of(" \t", name.size() + 1);
        return value == std::string_view::npos ? std::string_view() : line.substr(value);
    }
    return {};
}

Result<std::string> readStart(int fd, std::size_t longest) {
    std::string content;
    std::size_t used = 0;
    while (used < longest) {
        content.resize(std::min(longest, std::max<std::size_t>(4096, 2 * used)));
        const ssize_t got = ::read(fd, content.data() + used, content.size() - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failErrno("cannot read");
        if (got == 0)
            break;
        used += static_cast<std::size_t>(got);
    }
    content.resize(used);
    return content;
}

std::int64_t bootTime() {
    timespec boot{};
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &boot);
    ::clock_gettime(CLOCK_REALTIME, &now);
    return (now.tv_sec - boot.tv_sec) * 1000 + (now.tv_nsec - boot.tv_nsec) / 1'000'000;
}

std::string plainText(std::string_view text) {
    std::string plain(text);
    for (char& letter : plain) {
        if (letter == '\n' || letter == '\t' || letter == '\r')
            letter = ' ';
        else if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f)
            letter = '?';
    }
    return plain;
}

} // namespace escale
