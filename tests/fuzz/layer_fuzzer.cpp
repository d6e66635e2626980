// A layer's way from its bytes to the image that the kernel mounts: decompressed, read as tar, written as
// EROFS, its tar recorded. What was accepted must be an image that is sound, with nothing outside, and a
// record of the whole tar.
#include "engine/base/unique_fd.h"
#include "engine/image/erofs_image.h"
#include "engine/image/tar_record.h"
#include "engine/image/unpack.h"
#include "tests/fuzz/erofs_check.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/tar_mutator.h"

#include <sys/mman.h>
#include <unistd.h>

using namespace escale;
using fuzz::require;

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t room,
                                               unsigned seed) {
    return fuzz::mutateTar(bytes, size, room, seed);
}

namespace {

// Looks at what a sink is given before the image gets it.
class CheckedSink final : public LayerSink {
public:
    explicit CheckedSink(int file)
        : m_image(file) {}
    Result<void> makeDirectory(const EntryPath& path, EntryAttributes attributes) override {
        checkBetween(path);
        return m_image.makeDirectory(path, std::move(attributes));
    }
    Result<void> beginFile(const EntryPath& path, std::uint64_t size) override {
        checkBetween(path);
        require(!path.name.empty(), "a file has a name");
        m_isOpen = true;
        m_size = size;
        m_end = 0;
        return m_image.beginFile(path, size);
    }
    Result<void> write(std::uint64_t offset, std::span<const char> bytes) override {
        require(m_isOpen && offset >= m_end && offset <= m_size && bytes.size() <= m_size - offset,
                "content comes in order and within its size");
        m_end = offset + bytes.size();
        return m_image.write(offset, bytes);
    }
    Result<void> finishFile(const EntryAttributes& attributes) override {
        require(m_isOpen, "a file was begun");
        m_isOpen = false;
        return m_image.finishFile(attributes);
    }
    Result<void> makeSymlink(const EntryPath& path, const std::string& target,
                             const EntryAttributes& attributes) override {
        checkBetween(path);
        return m_image.makeSymlink(path, target, attributes);
    }
    Result<void> makeFifo(const EntryPath& path, const EntryAttributes& attributes) override {
        checkBetween(path);
        return m_image.makeFifo(path, attributes);
    }
    Result<void> makeHardLink(const EntryPath& path, const EntryPath& target) override {
        checkBetween(path);
        checkBetween(target);
        return m_image.makeHardLink(path, target);
    }
    Result<void> makeWhiteout(const std::string& parent, const std::string& name) override {
        checkBetween({parent, name});
        require(!name.empty(), "a whiteout hides a name");
        return m_image.makeWhiteout(parent, name);
    }
    Result<void> makeOpaque(const std::string& parent) override {
        checkBetween({parent, "x"});
        return m_image.makeOpaque(parent);
    }
    Result<std::string> readBack(const EntryPath& path, std::uint64_t most) override {
        checkBetween(path);
        return m_image.readBack(path, most);
    }
    Result<void> finish() override {
        require(!m_isOpen, "the last file was finished");
        return m_image.finish();
    }

private:
    void checkBetween(const EntryPath& path) const {
        require(!m_isOpen, "one file at a time");
        const std::string whole = "/" + path.text() + "/";
        require(path.text().empty() || whole.find("//") == std::string::npos, "no empty component");
        require(whole.find("/../") == std::string::npos && whole.find("/./") == std::string::npos,
                "nothing leads outside");
        require(whole.find('\0') == std::string::npos, "a name ends where it ends");
        require(path.name.size() <= 255 && path.name.find('/') == std::string::npos,
                "a name is one component");
    }
    ErofsImage m_image;
    bool m_isOpen = false;
    std::uint64_t m_size = 0;
    std::uint64_t m_end = 0;
};

/// The record must account for every byte of the tar: kept, or said to stand in a file.
void checkRecord(int record, std::uint64_t tarSize) {
    TarRecordReader reader(record);
    std::uint64_t accounted = 0;
    for (;;) {
        const auto step = reader.next();
        require(step.has_value(), "what was recorded can be read");
        if (step->kind == TarRecordReader::Kind::End)
            break;
        if (step->kind == TarRecordReader::Kind::Raw)
            accounted += step->bytes.size();
        if (step->kind == TarRecordReader::Kind::Content)
            accounted += step->length;
    }
    require(accounted == tarSize, "no byte of the tar is forgotten");
}

int emptied(const UniqueFd& file) {
    require(::ftruncate(file.get(), 0) == 0 && ::lseek(file.get(), 0, SEEK_SET) == 0, "a file in memory");
    return file.get();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const UniqueFd input(::memfd_create("layer", MFD_CLOEXEC));
    static const UniqueFd output(::memfd_create("image", MFD_CLOEXEC));
    static const UniqueFd record(::memfd_create("record", MFD_CLOEXEC));
    require(::pwrite(emptied(input), bytes, size, 0) == static_cast<ssize_t>(size), "a file in memory");
    // Bounds as in a worker, but for what a fuzzer has no time to unpack.
    UnpackLimits limits = UnpackLimits::forBlob(size);
    limits.tarSize = 8U << 20;
    limits.entries = 5'000;
    CheckedSink sink(emptied(output));
    TarRecorder recorder(emptied(record));
    const auto layer = unpackLayer(input.get(), sink, LayerCompression::None, limits, &recorder);
    if (!layer)
        return 0;
    require(layer->blobSize == size &&
                layer->blobDigest == Digest::ofData({reinterpret_cast<const char*>(bytes), size}),
            "the blob is the one that came");
    require(layer->entries <= limits.entries && layer->size <= limits.tarSize, "the bounds hold");
    checkRecord(record.get(), layer->tarSize);
    const auto counts = fuzz::checkErofs(output.get());
    require(counts.bytes <= limits.fileSize, "files are bounded");
    return 0;
}
