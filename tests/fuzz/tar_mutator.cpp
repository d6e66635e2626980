#include "tests/fuzz/tar_mutator.h"

#include "tests/fuzz/json_mutator.h"
#include "tests/fuzz/promise.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace escale::fuzz {
namespace {

using namespace std::string_view_literals;
using Random = std::minstd_rand;
constexpr std::size_t kBlock = 512;

std::size_t below(Random& random, std::size_t end) {
    return end == 0 ? 0 : random() % end;
}

bool isHeader(const std::uint8_t* block) {
    return std::memcmp(block + 257, "ustar", 5) == 0;
}

void mendChecksum(std::uint8_t* block) {
    std::memset(block + 148, ' ', 8);
    unsigned sum = 0;
    for (std::size_t i = 0; i < kBlock; ++i)
        sum += block[i];
    std::snprintf(reinterpret_cast<char*>(block) + 148, 8, "%06o", sum);
}

struct Field {
    std::size_t offset;
    std::size_t size;
};
// ustar(5): name, mode, uid, gid, size, mtime, typeflag, linkname, prefix
constexpr std::array kFields{Field{0, 100},  Field{100, 8}, Field{108, 8},   Field{116, 8}, Field{124, 12},
                             Field{136, 12}, Field{156, 1}, Field{157, 100}, Field{329, 8}, Field{345, 155}};
constexpr std::array<std::string_view, 18> kNames{
    "a",     "a/b",     "a/b/c",          "../a",         "/etc/passwd",  ".",    "./",     "..",
    ".wh.a", "a/.wh.b", "a/.wh..wh..opq", ".wh..wh..opq", ".wh..wh.plnk", ".wh.", ".wh...", "a//b",
    "",      "a/../b"};
// Of base 256 the last two: 4096 and -1.
constexpr std::array kNumbers{"00000000000"sv,
                              "00000000001"sv,
                              "00000000777"sv,
                              "00000001000"sv,
                              "00000010000"sv,
                              "77777777777"sv,
                              "-1"sv,
                              "\x80\0\0\0\0\0\0\0\0\0\x10\0"sv,
                              "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"sv};
constexpr std::string_view kTypes("0123456789xgLKSDMNV\0A", 21);

void changeField(std::uint8_t* header, Random& random) {
    const Field& field = kFields.at(below(random, kFields.size()));
    std::uint8_t* at = header + field.offset;
    const auto put = [&](std::string_view text) {
        std::memset(at, 0, field.size);
        std::memcpy(at, text.data(), std::min(text.size(), field.size));
    };
    if (field.size == 1)
        *at = static_cast<std::uint8_t>(kTypes[below(random, kTypes.size())]);
    else if (below(random, 4) == 0)
        (void)LLVMFuzzerMutate(at, field.size, field.size);
    else
        put(field.size >= 100 ? kNames.at(below(random, kNames.size()))
                              : kNumbers.at(below(random, kNumbers.size())));
}

// A run of blocks is put in, taken out, or moved.
std::size_t changeBlocks(std::uint8_t* bytes, std::size_t size, std::size_t room, Random& random) {
    const std::size_t count = size / kBlock;
    const std::size_t from = below(random, count);
    const std::size_t length = 1 + below(random, std::min<std::size_t>(count - from, 4));
    const std::vector<std::uint8_t> run(bytes + from * kBlock, bytes + (from + length) * kBlock);
    const bool keeps = below(random, 2) == 0;
    if (!keeps) {
        std::memmove(bytes + from * kBlock, bytes + (from + length) * kBlock,
                     size - (from + length) * kBlock);
        size -= run.size();
    }
    if ((keeps || below(random, 2) == 0) && size + run.size() <= room) {
        const std::size_t to = below(random, size / kBlock + 1) * kBlock;
        std::memmove(bytes + to + run.size(), bytes + to, size - to);
        std::memcpy(bytes + to, run.data(), run.size());
        size += run.size();
    }
    return size;
}

// The size that a header says, when the content is in the archive; else 0.
std::size_t contentSize(const std::uint8_t* bytes, std::size_t at, std::size_t size) {
    const std::string digits(reinterpret_cast<const char*>(bytes + at + 124), 11);
    const std::size_t said = std::strtoull(digits.c_str(), nullptr, 8);
    return said <= size - at - kBlock ? said : 0;
}

} // namespace

std::size_t mutateDocumentInTar(std::uint8_t* bytes, std::size_t size, std::size_t room, unsigned seed) {
    Random random(seed);
    std::vector<std::size_t> documents;
    for (std::size_t at = 0; at + kBlock < size; at += kBlock) {
        const bool isDocument = isHeader(bytes + at) && contentSize(bytes, at, size) > 0 &&
                                (bytes[at + kBlock] == '{' || bytes[at + kBlock] == '[');
        if (isDocument)
            documents.push_back(at);
    }
    if (documents.empty())
        return mutateTar(bytes, size, room, seed);
    const std::size_t at = documents.at(below(random, documents.size()));
    std::uint8_t* content = bytes + at + kBlock;
    const std::size_t length = contentSize(bytes, at, size);
    const std::size_t blocks = std::min((length + kBlock - 1) / kBlock * kBlock, size - at - kBlock);
    const auto document = Json::parse({reinterpret_cast<const char*>(content), length});
    const std::string text = document ? mutate(*document, random).dump() : std::string();
    if (text.empty() || text.size() > blocks) // it stays in its blocks
        return mutateTar(bytes, size, room, seed);
    std::memset(content, 0, blocks);
    std::memcpy(content, text.data(), text.size());
    std::snprintf(reinterpret_cast<char*>(bytes + at) + 124, 12, "%011zo", text.size());
    mendChecksum(bytes + at);
    return size;
}

std::size_t mutateTar(std::uint8_t* bytes, std::size_t size, std::size_t room, unsigned seed) {
    Random random(seed);
    std::vector<std::size_t> headers;
    for (std::size_t at = 0; at + kBlock <= size; at += kBlock) {
        if (isHeader(bytes + at))
            headers.push_back(at);
    }
    if (headers.empty())
        return LLVMFuzzerMutate(bytes, size, room);
    switch (below(random, 4)) {
    case 0:
        size = LLVMFuzzerMutate(bytes, size, room);
        break;
    case 1:
        size = changeBlocks(bytes, size, room, random);
        break;
    case 2: { // of what lies between: pax records, contents, sparse maps
        const std::size_t at = headers.at(below(random, headers.size())) + kBlock;
        if (at + kBlock <= size)
            (void)LLVMFuzzerMutate(bytes + at, kBlock, kBlock);
        break;
    }
    default:
        changeField(bytes + headers.at(below(random, headers.size())), random);
    }
    for (std::size_t at = 0; at + kBlock <= size; at += kBlock) {
        if (isHeader(bytes + at))
            mendChecksum(bytes + at);
    }
    return size;
}

} // namespace escale::fuzz
