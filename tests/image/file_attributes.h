// Extended attributes of files for tests: ACLs in the kernel's form.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <sys/xattr.h>
#include <vector>

namespace escale::test {

struct AclLine {
    std::uint16_t tag; // 1 owner, 2 user, 4 group, 8 named group, 16 mask, 32 others
    std::uint16_t permissions;
    std::uint32_t id = UINT32_MAX;
};

inline std::string acl(const std::vector<AclLine>& lines) {
    const std::uint32_t version = 2;
    std::string value(reinterpret_cast<const char*>(&version), sizeof version);
    value.append(reinterpret_cast<const char*>(lines.data()), lines.size() * sizeof(AclLine));
    return value;
}

inline bool setAttribute(const std::string& path, const char* name, const std::string& value) {
    return ::lsetxattr(path.c_str(), name, value.data(), value.size(), 0) == 0;
}

/// "none" when it has none.
inline std::string attribute(const std::string& path, const char* name) {
    std::array<char, 4096> value{};
    const ssize_t length = ::lgetxattr(path.c_str(), name, value.data(), value.size());
    return length < 0 ? "none" : std::string(value.data(), static_cast<std::size_t>(length));
}

inline const char* const kAccessAcl = "system.posix_acl_access";
inline const char* const kDefaultAcl = "system.posix_acl_default";

} // namespace escale::test
