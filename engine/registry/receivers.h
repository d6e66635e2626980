// The kinds of answers: a small document kept in memory, a blob that streams on, and a head that says all.
#pragma once

#include "engine/base/digest.h"
#include "engine/registry/exchange.h"

namespace escale {

class DocumentReceiver : public ResumableReceiver {
public:
    /// `who` answers, for messages.
    DocumentReceiver(std::size_t limit, std::string who);
    Result<void> head(const HttpHead& head) override;
    Result<void> body(std::string_view bytes) override;
    [[nodiscard]] std::uint64_t position() const override { return 0; }
    Result<bool> finish() override { return m_endIsCertain || !m_text.empty(); }
    [[nodiscard]] bool hasAll() const override { return false; }
    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] std::string takeText() { return std::move(m_text); }

private:
    std::size_t m_limit;
    std::string m_who;
    std::string m_text;
    bool m_endIsCertain = false; // an empty answer that does not say so was cut within its headers
};

/// For answers whose status and headers are what matters; a body is passed over.
class HeadReceiver : public ResumableReceiver {
public:
    Result<void> head(const HttpHead&) override { return {}; }
    Result<void> body(std::string_view) override { return {}; }
    [[nodiscard]] std::uint64_t position() const override { return 0; }
    Result<bool> finish() override { return true; }
    [[nodiscard]] bool hasAll() const override { return false; }
};

/// Hashes and counts over all tries; gives each byte to the sink once.
class BlobReceiver : public ResumableReceiver {
public:
    BlobReceiver(std::string what, std::string who, std::uint64_t size, const BlobSink& sink,
                 const BlobProgress& progress);
    Result<void> head(const HttpHead& head) override;
    Result<void> body(std::string_view bytes) override;
    [[nodiscard]] std::uint64_t position() const override { return m_received; }
    Result<bool> finish() override;
    [[nodiscard]] bool hasAll() const override { return m_received == m_size; }
    /// Whether an error came from the sink: then no other source can help.
    [[nodiscard]] bool sinkHasFailed() const { return m_sinkHasFailed; }
    /// Call once, when all is there.
    Result<void> verify(const Digest& expected);

private:
    [[nodiscard]] tl::unexpected<Error> wrongSize(const std::string& how) const;

    std::string m_what;
    std::string m_who;
    std::uint64_t m_size;
    const BlobSink& m_sink;
    const BlobProgress& m_progress;
    DigestHasher m_hasher;
    std::uint64_t m_received = 0;
    std::uint64_t m_toSkip = 0;  // of this answer: the registry began at the start again
    bool m_endIsCertain = false; // this answer says itself where it ends
    bool m_sinkHasFailed = false;
    std::chrono::steady_clock::time_point m_told{};
};

} // namespace escale
