#include "gui/stacks/compose_surroundings.h"

#include "gui/stacks/place_text.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ComposeSurroundings)
public:
    static QString environment() { return tr("your environment"); }
};

struct Part {
    const char* key;
    QStringList ComposeSurroundings::*names;
};
constexpr Part kParts[] = {{"services", &ComposeSurroundings::services},
                           {"networks", &ComposeSurroundings::networks},
                           {"volumes", &ComposeSurroundings::volumes},
                           {"secrets", &ComposeSurroundings::secrets},
                           {"configs", &ComposeSurroundings::configs}};

void addOnce(QStringList& names, const QString& name) {
    if (!name.isEmpty() && !names.contains(name))
        names.append(name);
}

} // namespace

ComposeSurroundings surroundingsOf(const compose::Loaded* loaded) {
    ComposeSurroundings all;
    if (loaded == nullptr)
        return all;
    for (const Part& part : kParts) {
        const compose::Node* named = loaded->project.root.find(part.key);
        for (std::size_t i = 0; named != nullptr && i < named->entries.size(); ++i)
            addOnce(all.*part.names, QString::fromStdString(named->entries[i].key));
    }
    for (const std::string& profile : loaded->project.allProfiles)
        addOnce(all.profiles, QString::fromStdString(profile));
    for (const auto& [name, variable] : loaded->variables) {
        const bool isOfFile = variable.source == compose::Variable::Source::File;
        all.variables[QString::fromStdString(name)] = {
            QString::fromStdString(variable.value),
            isOfFile ? placeText(*loaded, variable.place) : Words::environment(), isOfFile};
    }
    return all;
}

ComposeSurroundings withNamesOf(const ComposeOutline& outline, ComposeSurroundings all) {
    for (const Part& part : kParts) {
        const int holder = outline.find({QLatin1String(part.key)});
        if (holder < 0)
            continue;
        for (const QString& name : outline.keysBelow(holder))
            addOnce(all.*part.names, name);
    }
    for (std::size_t i = 0; i < outline.entries().size(); ++i) {
        const OutlineEntry& entry = outline.entries()[i];
        if (entry.isItem && entry.schema != nullptr &&
            entry.schema->path == QLatin1String("services.*.profiles[]"))
            addOnce(all.profiles, outline.valueOf(static_cast<int>(i)));
    }
    return all;
}

} // namespace escale::gui
