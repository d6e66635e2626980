// The history an image's configuration tells (image-spec config.md, "history"), as instructions of a
// Dockerfile, each with the layer that it made.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct HistoryStep {
    std::string
        instruction; // "RUN apt-get update", "CMD [\"bash\"]"; as people wrote it, as far as it is told
    std::string author;
    std::string comment;
    std::int64_t created = 0;         // Unix time, milliseconds; 0: unknown
    std::optional<std::size_t> layer; // that it made, base first; nothing: it changed no file
};

/// "/bin/sh -c #(nop)  CMD [\"bash\"]" → "CMD [\"bash\"]"; "/bin/sh -c make" → "RUN make".
std::string instructionOf(std::string_view createdBy);

/// Oldest first. `layers`: how many there are; steps that cannot have made one of them name none.
/// InvalidArgument when the bytes are no configuration.
Result<std::vector<HistoryStep>> imageHistory(std::string_view config, std::size_t layers);

} // namespace escale
