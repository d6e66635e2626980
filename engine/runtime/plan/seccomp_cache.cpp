#include "engine/runtime/plan/seccomp_cache.h"

#include "engine/base/file.h"

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <seccomp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kMostFilters = 64; // profiles are few; whoever makes up more compiles them each time

class KeyText {
public:
    KeyText& add(std::string_view text) { // with its length: no two lists give the same text
        m_text += std::to_string(text.size());
        m_text += ':';
        m_text += text;
        return *this;
    }
    KeyText& add(const std::vector<std::string>& texts) {
        add(std::to_string(texts.size()));
        for (const auto& text : texts)
            add(text);
        return *this;
    }
    KeyText& add(const std::optional<std::uint32_t>& number) {
        return add(number ? std::to_string(*number) : std::string("-"));
    }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

std::string keyOf(const spec::Seccomp& seccomp) {
    KeyText key;
    key.add("escale-1 libseccomp " + std::to_string(SCMP_VER_MAJOR) + "." + std::to_string(SCMP_VER_MINOR) +
            "." + std::to_string(SCMP_VER_MICRO));
    key.add(seccomp.defaultAction)
        .add(seccomp.defaultErrnoRet)
        .add(seccomp.architectures)
        .add(seccomp.flags)
        .add(seccomp.failUnknown ? "strict" : "")
        .add(seccomp.listenerPath.empty() ? "" : "listener");
    for (const auto& rule : seccomp.syscalls) {
        key.add("rule").add(rule.names).add(rule.action).add(rule.errnoRet);
        for (const auto& argument : rule.args)
            key.add("argument")
                .add(std::to_string(argument.index))
                .add(std::to_string(argument.value))
                .add(std::to_string(argument.valueTwo))
                .add(argument.op);
    }
    return key.take();
}

// Names the file only; the key inside decides.
std::string fileName(const std::string& key) {
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a
    for (const char letter : key)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    char name[24];
    std::snprintf(name, sizeof name, "%016llx", static_cast<unsigned long long>(hash));
    return name;
}

// The file: the key's length and flags, the key, the instructions.
struct Header {
    std::uint32_t keySize = 0;
    std::uint32_t flags = 0;
};

std::optional<SeccompFilter> readFilter(const std::string& path, const std::string& key) {
    const auto content = readFile(path);
    if (!content || content->size() < sizeof(Header) + key.size())
        return std::nullopt;
    Header header;
    std::memcpy(&header, content->data(), sizeof header);
    if (header.keySize != key.size() || content->compare(sizeof header, key.size(), key) != 0)
        return std::nullopt;
    const auto bytes = std::string_view(*content).substr(sizeof header + key.size());
    if (bytes.empty() || bytes.size() % sizeof(sock_filter) != 0)
        return std::nullopt;
    SeccompFilter filter;
    filter.flags = header.flags;
    filter.program.resize(bytes.size() / sizeof(sock_filter));
    std::memcpy(filter.program.data(), bytes.data(), bytes.size());
    return filter;
}

// Renamed into place: a reader sees all of it or nothing. Not synced: the folder is on a file system in
// memory.
Result<void> writeFilter(const std::string& folder, const std::string& name, const std::string& key,
                         const SeccompFilter& filter) {
    TRY(makeDirectories(folder, 0700));
    TRY_ASSIGN(const auto names, listDirectory(folder));
    if (names.size() >= kMostFilters)
        return {};
    const Header header{static_cast<std::uint32_t>(key.size()), filter.flags};
    std::string content(reinterpret_cast<const char*>(&header), sizeof header);
    content += key;
    content.append(reinterpret_cast<const char*>(filter.program.data()),
                   filter.program.size() * sizeof(sock_filter));
    const std::string temporary = folder + "/." + name + "." + std::to_string(::getpid());
    const auto written = [&]() -> Result<void> {
        TRY_ASSIGN(const auto file, openFile(temporary, O_WRONLY | O_CREAT | O_EXCL, 0600));
        TRY(writeAll(file.get(), content, temporary));
        if (::rename(temporary.c_str(), (folder + "/" + name).c_str()) != 0)
            return failErrno("cannot rename " + temporary);
        return {};
    }();
    if (!written)
        ::unlink(temporary.c_str());
    return written;
}

} // namespace

Result<SeccompFilter> cachedSeccomp(const spec::Seccomp& seccomp, const std::string& folder) {
    const std::string key = keyOf(seccomp);
    const std::string name = fileName(key);
    if (auto known = readFilter(folder + "/" + name, key))
        return std::move(*known);
    TRY_ASSIGN(auto filter, compileSeccomp(seccomp));
    // Not kept is not wrong: the next container compiles it again.
    [[maybe_unused]] const auto kept = writeFilter(folder, name, key, filter);
    return filter;
}

} // namespace escale
