// The record of a layer's tar. Compressed layers are not kept; what makes the unpacked ones the tar again,
// byte by byte, is this: everything of the tar that is not a regular file's content (headers, pax records,
// long names, padding, the end's zeros), and in between, which piece of which of the layer's files belongs
// there. tar-split's idea.
//
//   TarRecordHead (engine/store/tar_record_head.h), then, as one zstd stream, steps one after the other:
//     'R' length, bytes               these bytes
//     'F' length, path                of this file of the layer …
//     'C' offset, length              … this piece of its content
//     'O' number, length, bytes       the whole content of the number'th 'F', which a later entry replaced
//     'E'                             the end
//   Numbers are LEB128.
//
// No tar is parsed here: unpack.cpp tells where in the tar the reader found the content it hands out, and
// only bytes that are the same there are left out. So a record can be large, but not wrong.
#pragma once

#include "engine/base/result.h"
#include "engine/image/layer_sink.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace escale {

/// Writes a record while its layer is unpacked. Its memory is bounded but for some bytes a file. Not
/// thread-safe.
class TarRecorder {
public:
    /// `file` is borrowed; empty, open for writing. Nothing is synced.
    explicit TarRecorder(int file);
    TarRecorder(const TarRecorder&) = delete;
    TarRecorder& operator=(const TarRecorder&) = delete;
    ~TarRecorder();

    /// The tar's next bytes, valid until endPiece(). What no addContent() has named by then is kept as it is.
    void beginPiece(std::span<const std::uint8_t> piece);
    Result<void> endPiece();
    /// Whose content addContent() is about, from now on.
    void beginFile(const EntryPath& path);
    /// `bytes` stand at `tarOffset` of the tar, and at `fileOffset` of the file in the layer.
    Result<void> addContent(std::uint64_t tarOffset, std::uint64_t fileOffset, std::span<const char> bytes);
    /// An entry of this path comes, and takes the place of what `sink` has there: its content is kept here;
    /// of a folder that gives way to something else nothing is, and the record says so.
    Result<void> beforeEntry(const EntryPath& path, bool isFolder, LayerSink& sink);
    /// After the last piece.
    Result<void> finish();

private:
    class Output;
    Result<void> addRaw(std::span<const std::uint8_t> bytes);
    Result<void> endStretch();
    Result<void> nameFile();

    std::unique_ptr<Output> m_output;
    std::span<const std::uint8_t> m_piece;
    std::uint64_t m_seen = 0;     // of the tar, the piece included
    std::uint64_t m_recorded = 0; // of the tar; never before the piece's beginning
    // The file that is being unpacked; it is named in the record when it has content.
    std::string m_path;
    bool m_isNamed = false;
    // Content that is not yet in the record, as the next may go on with it.
    std::uint64_t m_stretchStart = 0;
    std::uint64_t m_stretchSize = 0;
    std::unordered_map<std::size_t, std::uint32_t>
        m_files;                               // by their paths' hashes, the numbers of their 'F'
    std::unordered_set<std::size_t> m_folders; // the hashes of the paths above them
    std::uint32_t m_count = 0;
    std::uint64_t m_replacedBytes = 0;
    std::uint32_t m_flags = 0;
};

/// Reads a record, step by step. Untrusted: it is not what TarRecorder writes.
class TarRecordReader {
public:
    enum class Kind : std::uint8_t { Raw = 'R', File = 'F', Content = 'C', Replaced = 'O', End = 'E' };
    struct Step {
        Kind kind = Kind::End;
        std::string path;                    // File
        std::uint64_t number = 0;            // Replaced: of the file
        std::uint64_t offset = 0;            // Content
        std::uint64_t length = 0;            // Content; Replaced: all of it
        std::span<const std::uint8_t> bytes; // Raw, Replaced: a part; valid until the next step
    };

    /// `record` is borrowed; read from behind its head.
    explicit TarRecordReader(int record);
    TarRecordReader(const TarRecordReader&) = delete;
    TarRecordReader& operator=(const TarRecordReader&) = delete;
    ~TarRecordReader();

    /// After End it must not be called again.
    Result<Step> next();

private:
    class Input;
    Result<Step> nextPart();
    std::unique_ptr<Input> m_input;
    Step m_step;              // of which bytes are left
    std::uint64_t m_left = 0; // of m_step's bytes
};

/// What a record may keep of contents that were replaced, all together.
constexpr std::uint64_t kMostReplacedBytes = 64U << 20;
constexpr std::size_t kLongestEntryPath = 4095;

} // namespace escale
