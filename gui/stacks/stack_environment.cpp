#include "gui/stacks/stack_environment.h"

#include "gui/stacks/place_text.h"

#include "gui/containers/secrets.h"

#include <QCoreApplication>
#include <QDir>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StackEnvironment)
};

QString text(const std::string& bytes) {
    return QString::fromStdString(bytes);
}

// "DB_USER from .env:3", "TAG by default"
QStringList variablesIn(const compose::Loaded& loaded, const std::string& raw) {
    QStringList told;
    for (const compose::VariableSpan& span : compose::variableSpans(raw)) {
        const QString name = text(span.name);
        const auto known = loaded.variables.find(span.name);
        if (known == loaded.variables.end())
            told << Words::tr("%1 is not set: its default").arg(name);
        else if (known->second.source == compose::Variable::Source::Environment)
            told << Words::tr("%1 from your environment").arg(name);
        else
            told << Words::tr("%1 from %2").arg(name, placeText(loaded, known->second.place));
    }
    told.removeDuplicates();
    return told;
}

QString originOf(const compose::Loaded& loaded, const compose::Node& value) {
    const QString where = placeText(loaded, value.place);
    QStringList parts;
    if (!where.isEmpty())
        parts << where;
    parts << variablesIn(loaded, value.raw);
    return parts.isEmpty() ? Words::tr("your environment") : parts.join(QStringLiteral(", "));
}

} // namespace

QList<EnvironmentEntry> environmentOf(const compose::Loaded& loaded) {
    QList<EnvironmentEntry> entries;
    for (const std::string& service : compose::serviceNames(loaded.project)) {
        const compose::Node* node = compose::serviceOf(loaded.project, service);
        const compose::Node* environment = node == nullptr ? nullptr : node->find("environment");
        if (environment == nullptr || !loaded.project.enabled.contains(service))
            continue;
        for (const compose::NodeEntry& entry : environment->entries) {
            EnvironmentEntry told;
            told.service = text(service);
            told.name = text(entry.key);
            told.value = text(entry.value.text);
            told.raw = text(entry.value.raw);
            told.origin = originOf(loaded, entry.value);
            told.place = entry.value.place;
            told.isSecret = looksSecret(told.name);
            entries.append(told);
        }
    }
    return entries;
}

} // namespace escale::gui
