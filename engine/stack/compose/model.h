// One model: files merged over each other, relative to one folder, with one set of variables. The project is
// one, and each include is one.
#pragma once

#include "engine/stack/compose/loading.h"

namespace escale::compose {

struct ModelRequest {
    struct File {
        std::string path; // absolute
        Place named;      // where it was asked for
    };
    std::vector<File> files;
    std::string directory; // absolute
    const Variables& variables;
    std::vector<std::string> including; // the files that led here, outermost first
};

/// Canonical and merged, paths absolute, `include` and `extends` done, variables put where a name stands
/// alone.
Node loadModel(Loading& loading, const ModelRequest& request);

/// A document as it is read → canonical.
void prepareDocument(Loading& loading, Node& document, const Variables& variables, Problems& problems);

} // namespace escale::compose
