#include "engine/stack/compose/model.h"

#include "engine/stack/compose/canonical_form.h"
#include "engine/stack/compose/extends.h"
#include "engine/stack/compose/include.h"
#include "engine/stack/compose/merge.h"
#include "engine/stack/compose/project_paths.h"
#include "engine/stack/compose/schema.h"
#include "engine/stack/compose/service_environment.h"

#include <algorithm>

namespace escale::compose {
namespace {

void loadFile(Loading& loading, const ModelRequest& request, const ModelRequest::File& file,
              ExtendsResolver& extends, Node& model) {
    const auto index = loading.read(file.path);
    if (!index) {
        loading.error(file.named, {}, index.error().message,
                      index.error().hint.empty() && index.error().code == ErrorCode::NotFound
                          ? "Make the file, or correct its name."
                          : index.error().hint);
        return;
    }
    for (auto& document : loading.documents(*index)) {
        prepareDocument(loading, document, request.variables, loading.loaded.problems);
        if (!document.isMap())
            continue;
        includeInto(loading, request, file.path, document);
        extends.resolve(document, file.path);
        mergeInto(model, std::move(document), {}, loading.loaded.problems);
    }
}

/// The steps behind look for each of them among all of them: a file of a hundred thousand would keep somebody
/// waiting for minutes. The engine takes 500 services in a stack, and others may be left out by profiles.
void boundSections(Loading& loading, Node& file) {
    constexpr std::size_t kMost = 1000;
    for (const std::string section : {"services", "networks", "volumes", "secrets", "configs"}) {
        Node* const map = file.find(section);
        if (map == nullptr || map->entries.size() <= kMost)
            continue;
        loading.error(map->entries[kMost].place, section,
                      "not supported: more than " + std::to_string(kMost) + ' ' + section +
                          " in a project, because the engine takes fewer in one stack",
                      "Make several projects of it.");
        map->entries.resize(kMost);
    }
}

/// Before paths are resolved: the folder is that of the model.
void completeBuilds(Node& model) {
    Node* services = model.find("services");
    if (services == nullptr)
        return;
    for (auto& service : services->entries) {
        Node* build = service.value.find("build");
        if (build == nullptr || !build->isMap())
            continue;
        if (Node& context = build->set("context");
            context.isNull() || (context.isScalar() && context.text.empty()))
            context = Node::scalar(".");
    }
}

} // namespace

void prepareDocument(Loading& loading, Node& document, const Variables& variables, Problems& problems) {
    interpolate(document, variables, loading.loaded.used, problems);
    boundSections(loading, document);
    checkSchema(document, {}, problems);
    if (document.isMap())
        makeCanonical(document, problems);
}

Node loadModel(Loading& loading, const ModelRequest& request) {
    Node model; // stands where the first document does
    ExtendsResolver extends(loading, request);
    for (const auto& file : request.files)
        loadFile(loading, request, file, extends, model);
    applyTags(model);
    boundSections(loading, model);
    completeBuilds(model);
    resolvePaths(model, request.directory, homeOf(request.variables));
    resolveNames(loading, model, request.variables);
    return model;
}

} // namespace escale::compose
