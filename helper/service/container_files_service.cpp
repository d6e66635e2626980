#include "helper/service/container_files_service.h"

#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"

namespace escale {

ContainerFilesService::ContainerFilesService(Dispatcher& dispatcher, const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_calls({parts.jobs, parts.pool, parts.files}) {
    const auto handle = [&dispatcher, this](const char* member, auto method) {
        dispatcher.handle("org.escale.Engine1.Containers", member, [this, method](const CallPointer& call) {
            const auto id = checkContainerId(call->arguments().at(0).toString());
            if (!id) {
                call->refuse(id.error());
                return;
            }
            method(call, [this, owner = call->owner(), id = *id] { return placeOf(owner, id); });
        });
    };
    using Find = FilesCalls::Find;
    handle("StatFile", [this](const CallPointer& call, const Find& find) { m_calls.stat(call, find); });
    handle("ListFiles", [this](const CallPointer& call, const Find& find) { m_calls.list(call, find); });
    handle("CopyOut", [this](const CallPointer& call, const Find& find) { m_calls.copyOut(call, find); });
    handle("CopyIn", [this](const CallPointer& call, const Find& find) { m_calls.copyIn(call, find); });
    handle("Export", [this](const CallPointer& call, const Find& find) { exportAll(call, find); });
    dispatcher.handle("org.escale.Engine1.Containers", "Changes",
                      [this](const CallPointer& call) { changes(call); });
}

Result<FilesPlace> ContainerFilesService::placeOf(uid_t owner, const std::string& id) {
    TRY_ASSIGN(const Container container, m_parts.containers.find(owner, id));
    const auto open = [this, owner, id = container.id](const std::string& action,
                                                       const Cancellation&) -> Result<OpenFiles> {
        TRY_ASSIGN(ContainerRoot root, m_parts.containers.openRoot(owner, id, action));
        const auto held = std::make_shared<const ContainerRoot>(std::move(root));
        return OpenFiles{{held->directory(), held->userNamespace()}, held};
    };
    FilesPlace place{toQString(container.options.name), toQString(container.id), open, std::nullopt};
    if (container.options.readOnly)
        place.readOnly = Error{ErrorCode::WrongState,
                               "the container " + container.options.name + " has a read-only file system",
                               {},
                               {}};
    return place;
}

void ContainerFilesService::changes(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    answerFrom(m_parts.pool, call, [this, owner = call->owner(), id = *id]() -> Result<QVariantList> {
        TRY_ASSIGN(ContainerLayers layers, m_parts.containers.openLayers(owner, id));
        TRY_ASSIGN(const auto found, m_parts.files.changes(layers.upper.get(), layers.layersFolder.get(),
                                                           std::move(layers.layers), Cancellation()));
        dbus::FileChanges list;
        list.reserve(static_cast<qsizetype>(found.size()));
        for (const FileChange& change : found)
            list.append({toQString(change.path), static_cast<uchar>(change.kind)});
        return QVariantList{QVariant::fromValue(list)};
    });
}

void ContainerFilesService::exportAll(const CallPointer& call, const FilesCalls::Find& find) {
    m_calls.sendArchive(call, find,
                        {.kind = QStringLiteral("export"),
                         .action = "export",
                         .path = "/",
                         .options = {.contentOnly = true},
                         .tellsFile = false});
}

} // namespace escale
