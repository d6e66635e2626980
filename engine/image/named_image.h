// Which of a person's images is meant by what they wrote.
#pragma once

#include "engine/image/reference.h"
#include "engine/store/store.h"

#include <optional>

namespace escale {

struct NamedImage {
    Image image;
    std::optional<Reference> name; // with a tag; nothing when it was written as a digest
};

/// A reference, short as people write it, or a digest or at least six of its digits. A name comes before the
/// digits of a digest, as Docker looks for it. NotFound; InvalidArgument when several are meant.
Result<NamedImage> findImageAsWritten(Store& store, uid_t owner, const std::string& text);

/// Of what is worked on for a while: it stays until `kept` goes, whatever becomes of its names.
struct KeptNamedImage {
    NamedImage found;
    KeptImage kept;
};

/// The same.
Result<KeptNamedImage> keepImageAsWritten(Store& store, uid_t owner, const std::string& text);

} // namespace escale
