// Content digests, image-spec descriptor.md#digests. Only sha256 is registered for use here.
#pragma once

#include "engine/base/result.h"

#include <compare>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st; // OpenSSL's EVP_MD_CTX

namespace escale {

/// "sha256:" and 64 lower-case hex digits; a Digest that exists is well-formed.
class Digest {
public:
    static Result<Digest> parse(std::string_view text);
    static Digest ofData(std::string_view data);

    [[nodiscard]] const std::string& toString() const { return m_text; }
    [[nodiscard]] std::string_view hex() const { return std::string_view(m_text).substr(7); }
    /// The first 12 hex digits, as people see it.
    [[nodiscard]] std::string shortHex() const { return m_text.substr(7, 12); }
    auto operator<=>(const Digest&) const = default;

private:
    friend class DigestHasher;
    explicit Digest(std::string text)
        : m_text(std::move(text)) {}
    std::string m_text;
};

/// Hashes a stream. Not thread-safe; one hasher a stream.
class DigestHasher {
public:
    DigestHasher();
    ~DigestHasher();
    DigestHasher(DigestHasher&&) noexcept;
    DigestHasher& operator=(DigestHasher&&) noexcept;
    void update(const void* data, std::size_t size);
    void update(std::string_view data) { update(data.data(), data.size()); }
    /// Ends the stream; the hasher may be reused for a new one afterwards.
    Digest finish();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> m_context;
};

} // namespace escale
