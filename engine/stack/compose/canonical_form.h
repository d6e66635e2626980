// The long form of everything that has a short one: ports, volumes, environment, depends_on, build, …
// (05-services.md), so that what comes after reads one form. As `docker compose config` writes it: sizes are
// texts of bytes, durations Go's, numbers and booleans what the table of properties says, texts texts.
#pragma once

#include "engine/stack/compose/problem.h"

namespace escale::compose {

/// A whole file or a merged one; parts that are wrong are left and told. Twice is as once.
void makeCanonical(Node& file, Problems& problems);

// What the long forms hold, read from scalars. Nullopt: it is none.
std::optional<std::int64_t>
durationOf(const Node& node); // milliseconds, of "1h5m30s20ms" (11-extension.md, "Specifying durations")
std::optional<std::uint64_t> bytesOf(const Node& node); // "2b", "512m", "1gb", or a number

} // namespace escale::compose
