// What a prune of images would take away, by the rules of Images.Prune. Pure.
#pragma once

#include "helper/dbus/types.h"

#include <QHash>
#include <QSet>
#include <QVariantMap>

#include <optional>

namespace escale::gui {

struct PruneChoice {
    bool all = false; // those with a tag, too
    qint64 until = 0; // made before, Unix time in milliseconds; 0: at any time
    QStringList labels;

    [[nodiscard]] QVariantMap options() const;
};

struct PrunePlan {
    dbus::ImageList images; // every name that goes
    int count = 0;          // images
    quint64 bytes = 0;      // of layers that no image stays with; another user may have some of them
};

/// `used`: digests of the images that containers use. `labels`: of images by digest, as "name=value"; of
/// those that are not in it nothing is known, and they stay when labels are asked for.
PrunePlan prunePlan(const dbus::ImageList& images, const QSet<QString>& used, const PruneChoice& choice,
                    const QHash<QString, QStringList>& labels);

} // namespace escale::gui
