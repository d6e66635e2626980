#include "engine/base/digest.h"

#include <algorithm>
#include <array>
#include <openssl/evp.h>

namespace escale {
namespace {

constexpr std::string_view kPrefix = "sha256:";
constexpr std::size_t kHexLength = 64;

bool isLowerHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

} // namespace

Result<Digest> Digest::parse(std::string_view text) {
    const std::string_view hex = text.substr(std::min(text.size(), kPrefix.size()));
    if (!text.starts_with(kPrefix) || hex.size() != kHexLength ||
        !std::all_of(hex.begin(), hex.end(), isLowerHex))
        return fail(ErrorCode::InvalidArgument,
                    "not a sha256 digest: \"" + std::string(text.substr(0, 100)) + "\"",
                    "A digest looks like sha256: and 64 hex digits.");
    return Digest(std::string(text));
}

Digest Digest::ofData(std::string_view data) {
    DigestHasher hasher;
    hasher.update(data);
    return hasher.finish();
}

void DigestHasher::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

DigestHasher::DigestHasher()
    : m_context(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr);
}
DigestHasher::~DigestHasher() = default;
DigestHasher::DigestHasher(DigestHasher&&) noexcept = default;
DigestHasher& DigestHasher::operator=(DigestHasher&&) noexcept = default;

void DigestHasher::update(const void* data, std::size_t size) {
    EVP_DigestUpdate(m_context.get(), data, size);
}

Digest DigestHasher::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned length = 0;
    EVP_DigestFinal_ex(m_context.get(), bytes.data(), &length);
    EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(kPrefix);
    text.reserve(kPrefix.size() + kHexLength);
    for (unsigned i = 0; i < length; ++i) {
        text += digits[bytes.at(i) >> 4];
        text += digits[bytes.at(i) & 15];
    }
    return Digest(std::move(text));
}

} // namespace escale
