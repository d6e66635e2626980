// The table of properties() as the tree that its paths span: what the checks walk beside a file.
#pragma once

#include "engine/stack/compose/schema.h"

#include <memory>
#include <string>
#include <vector>

namespace escale::compose {

struct SchemaBranch {
    std::string_view name;                           // of the key; "*" and "[]" for any
    std::string path;                                // "services.*.ports[]"
    const Property* property = nullptr;              // none of "*", "[]" and the root
    std::vector<std::unique_ptr<SchemaBranch>> keys; // in the table's order
    std::unique_ptr<SchemaBranch> any;               // of a map whose keys are free
    std::unique_ptr<SchemaBranch> item;              // of a list

    [[nodiscard]] const SchemaBranch* find(std::string_view key) const;
};

const SchemaBranch& schemaTree();
/// The branch of a way in a file ("services.web.ports[0]", or with "*" and "[]"); null: none. A free key with
/// dots in it is taken whole as far as nothing after its dots is known.
const SchemaBranch* schemaBranch(std::string_view path);

} // namespace escale::compose
