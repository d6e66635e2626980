// Makes the bytes of layers in tests, hostile ones too: tar headers by hand (POSIX ustar and pax), as no
// honest library would write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale::test {

struct TarEntry {
    std::string name;
    char type =
        '0'; // '0' file, '1' hard link, '2' symbolic link, '3' '4' devices, '5' folder, '6' named pipe
    std::string content = {};
    std::string link = {};
    unsigned mode = 0644;
    unsigned owner = ~0U; // of the test process
    unsigned group = ~0U;
    std::int64_t modified = 1'600'000'000;
    std::vector<std::pair<std::string, std::string>> pax = {}; // "SCHILY.xattr.user.x" …
};

class TarBuilder {
public:
    TarBuilder& add(const TarEntry& entry);
    TarBuilder& folder(const std::string& name, unsigned mode = 0755) {
        return add({.name = name, .type = '5', .mode = mode});
    }
    TarBuilder& file(const std::string& name, const std::string& content = {}) {
        return add({.name = name, .content = content});
    }
    /// With the end-of-archive mark.
    [[nodiscard]] std::string finish() const { return m_bytes + std::string(1024, '\0'); }
    /// Without it.
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    void append(const TarEntry& entry);
    std::string m_bytes;
};

std::string gzip(std::string_view data);
std::string zstd(std::string_view data);

} // namespace escale::test
