#include "helper/docker-api/images/image_labels.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/image/image_config.h"
#include "helper/docker-api/bus/bus.h"

#include <map>
#include <mutex>

namespace escale::docker_api {
namespace {

constexpr std::size_t kMostRemembered = 2000; // images

class RememberedLabels {
public:
    std::optional<dbus::TextMap> find(const std::string& image) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_labels.find(image);
        return found == m_labels.end() ? std::nullopt : std::optional(found->second);
    }
    void keep(const std::string& image, const dbus::TextMap& labels) {
        const std::lock_guard lock(m_mutex);
        if (m_labels.size() >= kMostRemembered)
            m_labels.clear();
        m_labels.insert_or_assign(image, labels);
    }

private:
    std::mutex m_mutex;
    std::map<std::string, dbus::TextMap> m_labels;
};

RememberedLabels& remembered() {
    static RememberedLabels labels;
    return labels;
}

Result<dbus::TextMap> readLabels(const Bus& bus, const std::string& image) {
    TRY_ASSIGN(const auto opened, (bus.ask<QString, QDBusUnixFileDescriptor, QDBusUnixFileDescriptor>(
                                      Face::Images, "OpenDocuments", toQString(image))));
    TRY_ASSIGN(const std::string config, readFd(std::get<2>(opened).fileDescriptor(), kLongestImageConfig));
    TRY_ASSIGN(const Json json, Json::parse(config));
    dbus::TextMap labels;
    for (const auto& [name, value] : json.at("config").at("Labels").members())
        labels.insert(toQString(name), toQString(value.toString()));
    return labels;
}

} // namespace

Result<void> addLabels(const Bus& bus, std::vector<KnownImage>& images) {
    for (KnownImage& image : images) {
        if (const auto known = remembered().find(image.id)) {
            image.labels = *known;
            continue;
        }
        auto read = readLabels(bus, image.id);
        if (!read && read.error().code == ErrorCode::NotFound)
            continue;
        TRY_ASSIGN(image.labels, std::move(read));
        remembered().keep(image.id, image.labels);
    }
    return {};
}

} // namespace escale::docker_api
