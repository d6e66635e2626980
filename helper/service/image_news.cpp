#include "helper/service/image_news.h"

namespace escale {

void ImageNews::happened(uid_t owner, const std::string& action, const std::string& image,
                         const std::string& name) {
    m_events.add(owner, "image", action, image, {{"name", name}});
    changed(owner, image);
}

void ImageNews::isWithoutName(uid_t owner, const Digest& image) {
    const auto kept = m_store.imageByDigest(image);
    if (!kept && kept.error().code == ErrorCode::NotFound)
        m_events.add(owner, "image", "delete", image.toString(), {});
    changed(owner, image.toString());
}

void ImageNews::pruned(uid_t owner, std::uint64_t bytes) {
    m_events.add(owner, "image", "prune", {}, {{"reclaimed", std::to_string(bytes)}});
}

void ImageNews::changed(uid_t owner, const std::string& image) {
    QMetaObject::invokeMethod(
        &m_changes,
        [changes = &m_changes, owner, id = QString::fromStdString(image)] {
            changes->note(owner, QStringLiteral("images"), id);
        },
        Qt::QueuedConnection);
}

} // namespace escale
