#include "engine/stack/compose/schema.h"

#include "engine/stack/compose/schema_table.h"
#include "engine/stack/compose/schema_tree.h"

#include <vector>

namespace escale::compose {
namespace {

std::vector<Property> allProperties() {
    std::vector<Property> all;
    for (const auto part :
         {projectProperties(), serviceProperties(), serviceLimitProperties(), serviceNetworkProperties(),
          serviceFileProperties(), buildProperties(), deployProperties(), developProperties()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

std::span<const Property> properties() {
    static const std::vector<Property> all = allProperties();
    return all;
}

const Property* findProperty(std::string_view path) {
    const SchemaBranch* branch = schemaBranch(path);
    return branch == nullptr ? nullptr : branch->property;
}

std::vector<const Property*> propertiesBelow(std::string_view path) {
    std::vector<const Property*> below;
    if (const SchemaBranch* branch = schemaBranch(path)) {
        for (const auto& key : branch->keys)
            below.push_back(key->property);
    }
    return below;
}

void checkSchema(const Node& node, std::string_view part, Problems& problems) {
    checkShape(node, part, problems);
    checkSupport(node, part, problems);
}

} // namespace escale::compose
