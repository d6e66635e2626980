// Containers on their way from one place of the pane to another, by drag and drop.
#pragma once

#include <QMimeData>
#include <QStringList>

#include <optional>

namespace escale::gui {

struct ContainerDrag {
    static constexpr auto kMimeType = "application/x-escale-containers";

    QString network;        // that they are dragged off; empty: of none
    QStringList containers; // ids

    /// The taker owns it.
    [[nodiscard]] QMimeData* toMime() const {
        auto* data = new QMimeData;
        data->setData(QString::fromLatin1(kMimeType),
                      (QStringList(network) + containers).join(u'\n').toUtf8());
        return data;
    }
    /// Nothing for what is something else.
    static std::optional<ContainerDrag> fromMime(const QMimeData* data) {
        if (data == nullptr || !data->hasFormat(QString::fromLatin1(kMimeType)))
            return std::nullopt;
        QStringList words = QString::fromUtf8(data->data(QString::fromLatin1(kMimeType))).split(u'\n');
        ContainerDrag drag;
        drag.network = words.takeFirst();
        drag.containers = words;
        return drag;
    }
};

} // namespace escale::gui
