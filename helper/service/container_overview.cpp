#include "helper/service/container_overview.h"

#include "engine/container/oci_config.h"
#include "helper/dbus/container_settings.h"
#include "helper/service/container_bus.h"
#include "helper/service/network_bus.h"

#include <map>

namespace escale {
namespace {

// What containers have of their image: few images for many of them.
struct ImageParts {
    explicit ImageParts(const ImageConfig& image)
        : config(image)
        , exposedPorts(toStringList(image.exposedPorts)) {
        for (const auto& [name, value] : image.labels)
            labels.insert(toQString(name), toQString(value));
    }
    ImageConfig config;
    QStringList exposedPorts;
    dbus::TextMap labels;
};

class Overview {
public:
    explicit Overview(Containers& containers)
        : m_containers(containers) {}

    void add(const Container& container) {
        const ImageParts& image = imageOf(container);
        m_list.append(toBus(container));
        m_settings.append({m_list.last().id,
                           toStringList(processArguments(container.options, image.config).value_or(Texts())),
                           image.exposedPorts, toQString(container.options.network),
                           toStringList(container.options.mounts), image.labels});
        m_owners.emplace(container.id, EndpointOwner(container));
    }

    Result<QVariantList> answer(uid_t owner) {
        TRY_ASSIGN(const auto networks, m_containers.networks().list(owner));
        TRY_ASSIGN(const auto endpoints, m_containers.networks().endpointsOfOwner(owner));
        return QVariantList{QVariant::fromValue(m_list), QVariant::fromValue(m_settings),
                            QVariant::fromValue(toBus(networks, endpoints, m_owners))};
    }

private:
    const ImageParts& imageOf(const Container& container) {
        const auto known = m_images.find(container.imageDigest);
        if (known != m_images.end())
            return known->second;
        const ImageParts parts(m_containers.imageConfig(container).value_or(ImageConfig()));
        return m_images.emplace(container.imageDigest, parts).first->second;
    }

    Containers& m_containers;
    std::map<std::string, ImageParts> m_images; // by digest
    dbus::ContainerList m_list;
    dbus::ContainerSettingsList m_settings;
    EndpointOwners m_owners;
};

} // namespace

Result<QVariantList> containerOverview(Containers& containers, uid_t owner, const OverviewChoice& asked) {
    Overview overview(containers);
    if (asked.ids.empty())
        TRY(containers.visit(owner, asked.choice, [&](const Container& each) { overview.add(each); }));
    for (const std::string& id : asked.ids) {
        const auto found = containers.find(owner, id);
        if (found)
            overview.add(*found);
        else if (found.error().code != ErrorCode::NotFound)
            return fail(found.error());
    }
    return overview.answer(owner);
}

} // namespace escale
