#include "gui/containers/file_drag.h"

#include <utility>

namespace escale::gui {

static const QString kUrls = QStringLiteral("text/uri-list");

FileDrag::FileDrag(Fetch fetch)
    : m_fetch(std::move(fetch)) {}

QStringList FileDrag::formats() const {
    return {kUrls};
}

bool FileDrag::hasFormat(const QString& mimeType) const {
    return mimeType == kUrls;
}

QVariant FileDrag::retrieveData(const QString& mimeType, QMetaType type) const {
    if (mimeType != kUrls)
        return {};
    if (const Fetch fetch = std::exchange(m_fetch, nullptr))
        m_urls = fetch();
    if (type == QMetaType::fromType<QByteArray>()) {
        QByteArray lines;
        for (const QUrl& url : std::as_const(m_urls))
            lines += url.toEncoded() + "\r\n";
        return lines;
    }
    return QVariantList(m_urls.begin(), m_urls.end());
}

} // namespace escale::gui
