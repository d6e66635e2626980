#include "gui/registry/pull_cost.h"

#include "gui/common/format.h"

#include <QCoreApplication>

namespace escale::gui {

static QString translated(const char* text, int n = -1) {
    return QCoreApplication::translate("escale::gui::PullCost", text, nullptr, n);
}

PullCost pullCost(const QList<TagLayer>& layers, const QSet<QString>& here) {
    PullCost cost;
    cost.layers = static_cast<int>(layers.size());
    QSet<QString> counted;
    for (const TagLayer& layer : layers) {
        const bool isHere = here.contains(layer.diffId);
        cost.present += isHere ? 1 : 0;
        if (counted.contains(layer.diffId))
            continue;
        counted.insert(layer.diffId);
        cost.total += layer.size;
        if (!isHere)
            cost.needed += layer.size;
    }
    return cost;
}

QString costHeadline(const PullCost& cost) {
    if (cost.present == cost.layers)
        return translated(QT_TRANSLATE_NOOP("escale::gui::PullCost", "Nothing to download"));
    return translated(QT_TRANSLATE_NOOP("escale::gui::PullCost", "%1 to download"))
        .arg(formatBytes(cost.needed));
}

QString costDetail(const PullCost& cost) {
    if (cost.layers == 0)
        return {};
    if (cost.present == cost.layers)
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::PullCost", "all %n layer(s) are here"),
                          cost.layers);
    if (cost.present == 0)
        return translated(QT_TRANSLATE_N_NOOP("escale::gui::PullCost", "%n layer(s), none of them here"),
                          cost.layers);
    return translated(QT_TRANSLATE_N_NOOP("escale::gui::PullCost", "of %1: %2 of %n layer(s) are here"),
                      cost.layers)
        .arg(formatBytes(cost.total), QString::number(cost.present));
}

} // namespace escale::gui
