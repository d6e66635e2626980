// The list of an image's files, from a worker that has read a stranger's layers.
#include "engine/image/layer_records.h"
#include "tests/fuzz/promise.h"

#include <algorithm>
#include <sys/stat.h>

using namespace escale;
using fuzz::require;

namespace {

void check(const std::vector<LayerEntry>& layer) {
    for (std::size_t i = 0; i < layer.size(); ++i) {
        const LayerEntry& entry = layer[i];
        require(i == 0 ? entry.parent == 0 && entry.name.empty() : entry.parent < i, "folders come first");
        require(S_ISDIR(layer[entry.parent].mode), "what holds others is a folder");
        require(entry.name.find('/') == std::string::npos && entry.name != "..", "a name is one component");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view stream(reinterpret_cast<const char*>(bytes), size);
    LayerRecordReader whole;
    const auto read = whole.take(stream);
    // In pieces, as a pipe gives them, it is the same.
    LayerRecordReader pieces;
    Result<void> piecesRead;
    const std::size_t step = size == 0 ? 1 : 1 + bytes[size - 1] % 23;
    for (std::size_t at = 0; at < size && piecesRead; at += step)
        piecesRead = pieces.take(stream.substr(at, step));
    require(read.has_value() == piecesRead.has_value(), "pieces are read as the whole is");
    if (!read)
        return 0;
    require(whole.hasEnded() == pieces.hasEnded() && whole.isListed() == pieces.isListed(), "the same state");
    for (const auto& content : whole.contents())
        require(content.entry < whole.entryCount(), "a mark is one of a file that is there");
    const auto layers = whole.takeLayers();
    require(layers == pieces.takeLayers(), "the same entries");
    for (const auto& layer : layers)
        check(layer);
    return 0;
}
