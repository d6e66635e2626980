#include "tests/image/layer_builder.h"

#include <cstdio>
#include <cstring>
#include <isa-l/igzip_lib.h>
#include <memory>
#include <unistd.h>
#include <zstd.h>

namespace escale::test {
namespace {

void octal(char* field, std::size_t size, std::uint64_t value) {
    std::snprintf(field, size, "%0*llo", static_cast<int>(size) - 1, static_cast<unsigned long long>(value));
}

std::string paxRecord(const std::string& key, const std::string& value) {
    // "%d %s=%s\n", where the number counts itself.
    const std::size_t rest = key.size() + value.size() + 3;
    std::size_t length = rest + 1;
    while (std::to_string(length).size() + rest != length)
        ++length;
    return std::to_string(length) + " " + key + "=" + value + "\n";
}

} // namespace

TarBuilder& TarBuilder::add(const TarEntry& entry) {
    std::string records;
    for (const auto& [key, value] : entry.pax)
        records += paxRecord(key, value);
    TarEntry header = entry;
    if (entry.name.size() > 100) {
        records += paxRecord("path", entry.name);
        header.name.resize(100);
    }
    if (entry.link.size() > 100) {
        records += paxRecord("linkpath", entry.link);
        header.link.resize(100);
    }
    if (!records.empty())
        append({.name = "PaxHeaders/x", .type = 'x', .content = records});
    append(header);
    return *this;
}

void TarBuilder::append(const TarEntry& entry) {
    std::string header(512, '\0');
    char* field = header.data();
    std::memcpy(field, entry.name.data(), std::min<std::size_t>(entry.name.size(), 100));
    octal(field + 100, 8, entry.mode);
    octal(field + 108, 8, entry.owner == ~0U ? ::geteuid() : entry.owner);
    octal(field + 116, 8, entry.group == ~0U ? ::getegid() : entry.group);
    octal(field + 124, 12, entry.content.size());
    octal(field + 136, 12, static_cast<std::uint64_t>(entry.modified));
    std::memset(field + 148, ' ', 8);
    field[156] = entry.type;
    std::memcpy(field + 157, entry.link.data(), std::min<std::size_t>(entry.link.size(), 100));
    std::memcpy(field + 257, "ustar\00000", 8);
    if (entry.type == '3' || entry.type == '4') {
        octal(field + 329, 8, 1);
        octal(field + 337, 8, 3);
    }
    unsigned sum = 0;
    for (const char c : header)
        sum += static_cast<unsigned char>(c);
    std::snprintf(field + 148, 8, "%06o", sum);
    m_bytes += header;
    m_bytes += entry.content;
    m_bytes.append((512 - entry.content.size() % 512) % 512, '\0');
}

std::string gzip(std::string_view data) {
    isal_zstream stream;
    isal_deflate_init(&stream);
    auto level = std::make_unique<std::uint8_t[]>(ISAL_DEF_LVL1_DEFAULT);
    stream.level = 1;
    stream.level_buf = level.get();
    stream.level_buf_size = ISAL_DEF_LVL1_DEFAULT;
    stream.gzip_flag = IGZIP_GZIP;
    stream.end_of_stream = 1;
    std::string source(data);
    stream.next_in = reinterpret_cast<std::uint8_t*>(source.data());
    stream.avail_in = static_cast<std::uint32_t>(source.size());
    std::string out;
    std::string piece(1 << 20, '\0');
    do {
        stream.next_out = reinterpret_cast<std::uint8_t*>(piece.data());
        stream.avail_out = static_cast<std::uint32_t>(piece.size());
        isal_deflate(&stream);
        out.append(piece, 0, piece.size() - stream.avail_out);
    } while (stream.avail_out == 0);
    return out;
}

std::string zstd(std::string_view data) {
    std::string out(ZSTD_compressBound(data.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), data.data(), data.size(), 3));
    return out;
}

} // namespace escale::test
