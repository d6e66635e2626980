#include "gui/images/prune_plan.h"

#include <algorithm>

namespace escale::gui {

QVariantMap PruneChoice::options() const {
    QVariantMap options;
    if (all)
        options.insert(QStringLiteral("all"), true);
    if (until > 0)
        options.insert(QStringLiteral("until"), until);
    if (!labels.isEmpty())
        options.insert(QStringLiteral("label"), labels);
    return options;
}

// "name" finds any value of it.
static bool hasLabel(const QStringList& labels, const QString& wanted) {
    return std::any_of(labels.begin(), labels.end(), [&](const QString& label) {
        return label == wanted || (!wanted.contains(u'=') && label.section(u'=', 0, 0) == wanted);
    });
}

PrunePlan prunePlan(const dbus::ImageList& images, const QSet<QString>& used, const PruneChoice& choice,
                    const QHash<QString, QStringList>& labels) {
    QSet<QString> tagged;
    for (const dbus::Image& image : images) {
        if (!image.tag.isEmpty())
            tagged.insert(image.digest);
    }
    const auto goes = [&](const dbus::Image& image) {
        const QStringList has = labels.value(image.digest);
        return !used.contains(image.digest) && (choice.all || !tagged.contains(image.digest)) &&
               (choice.until == 0 || image.created < choice.until) &&
               std::all_of(choice.labels.begin(), choice.labels.end(),
                           [&](const QString& label) { return hasLabel(has, label); });
    };
    PrunePlan plan;
    QSet<QString> kept, counted, going;
    for (const dbus::Image& image : images) {
        if (goes(image)) {
            plan.images.append(image);
            going.insert(image.digest);
            continue;
        }
        for (const dbus::ImageLayer& layer : image.layers)
            kept.insert(layer.diffId);
    }
    plan.count = static_cast<int>(going.size());
    for (const dbus::Image& image : std::as_const(plan.images)) {
        for (const dbus::ImageLayer& layer : image.layers) {
            if (kept.contains(layer.diffId) || counted.contains(layer.diffId))
                continue;
            counted.insert(layer.diffId);
            plan.bytes += layer.size;
        }
    }
    return plan;
}

} // namespace escale::gui
