// Files of a container or a volume on their way to another program, which wants them with a path of this
// machine: they are fetched when it asks for them.
#pragma once

#include <QList>
#include <QMimeData>
#include <QUrl>

#include <functional>

namespace escale::gui {

class FileDrag : public QMimeData {
    Q_OBJECT
public:
    /// `fetch` is called once at most, and may run the event loop.
    using Fetch = std::function<QList<QUrl>()>;

    explicit FileDrag(Fetch fetch);
    [[nodiscard]] QStringList formats() const override;
    [[nodiscard]] bool hasFormat(const QString& mimeType) const override;

protected:
    [[nodiscard]] QVariant retrieveData(const QString& mimeType, QMetaType type) const override;

private:
    mutable Fetch m_fetch;
    mutable QList<QUrl> m_urls;
};

} // namespace escale::gui
