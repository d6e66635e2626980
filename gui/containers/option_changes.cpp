#include "gui/containers/option_changes.h"

#include "gui/client/engine_client.h"
#include "gui/containers/docker_command.h"
#include "gui/containers/docker_options.h"
#include "gui/containers/shell_words.h"

#include <QDBusArgument>

namespace escale::gui {
namespace {

const QString kName = QStringLiteral("name");

// What Containers.Update takes, each with what holds when it is not set (engine/container/container.h).
const QVariantMap& liveDefaults() {
    static const QVariantMap kDefaults{{QStringLiteral("memory"), qulonglong(kDefaultMemory)},
                                       {QStringLiteral("memory-reservation"), qulonglong(0)},
                                       {QStringLiteral("memory-swap"), qlonglong(0)},
                                       {QStringLiteral("cpus"), 0.0},
                                       {QStringLiteral("cpu-shares"), qulonglong(0)},
                                       {QStringLiteral("cpu-period"), qulonglong(0)},
                                       {QStringLiteral("cpu-quota"), qlonglong(0)},
                                       {QStringLiteral("cpuset-cpus"), QString()},
                                       {QStringLiteral("cpuset-mems"), QString()},
                                       {QStringLiteral("pids"), qlonglong(1024)},
                                       {QStringLiteral("blkio-weight"), QVariant::fromValue(ushort(0))},
                                       {QStringLiteral("restart"), QStringLiteral("no")},
                                       {QStringLiteral("restart-max"), 0U}};
    return kDefaults;
}

QString shown(const DockerOption& option, const QVariantMap& options) {
    const QVariant value = options.value(QLatin1String(option.key));
    return value.isValid() ? optionTexts(option, value).join(QStringLiteral(", ")) : QString();
}

// Maps arrive from the bus as they travelled.
QVariant arrived(const QVariant& value) {
    return value.metaType() == QMetaType::fromType<QDBusArgument>()
               ? QVariant::fromValue(qdbus_cast<TextMap>(value))
               : value;
}

// The image's labels are told with those that were given; a newer image brings its own.
void dropImageLabels(QVariantMap& options, const TextMap& ofImage) {
    const QString key = QStringLiteral("labels");
    auto labels = options.value(key).value<TextMap>();
    for (auto label = ofImage.begin(); label != ofImage.end(); ++label) {
        if (const auto found = labels.find(label.key()); found != labels.end() && *found == *label)
            labels.erase(found);
    }
    labels.isEmpty() ? void(options.remove(key)) : void(options.insert(key, QVariant::fromValue(labels)));
}

} // namespace

RunRequest requestOf(const ContainerDetails& details) {
    RunRequest request{details.container.image, details.container.command, details.options};
    for (QVariant& value : request.options)
        value = arrived(value);
    dropImageLabels(request.options, arrived(details.image.value(QStringLiteral("labels"))).value<TextMap>());
    return request;
}

QList<OptionChange> optionChanges(const RunRequest& before, const RunRequest& after) {
    QList<OptionChange> changes;
    if (before.image != after.image)
        changes.append({QStringLiteral("image"), before.image, after.image});
    if (before.command != after.command)
        changes.append({QStringLiteral("command"), joinWords(before.command), joinWords(after.command)});
    for (const DockerOption& option : dockerOptions()) {
        const QString key = QString::fromLatin1(option.key);
        // To say the default is to say nothing.
        const QVariant unset = liveDefaults().value(key);
        if (before.options.value(key, unset) == after.options.value(key, unset))
            continue;
        changes.append({key, shown(option, before.options), shown(option, after.options),
                        liveDefaults().contains(key) || (key == kName && after.options.contains(kName))});
    }
    return changes;
}

QVariantMap inForce(const QVariantMap& options, const QStringList& keys) {
    QVariantMap held;
    for (const QString& key : keys)
        held.insert(key, options.value(key, liveDefaults().value(key)));
    return held;
}

QVariantMap updateOptions(const QList<OptionChange>& changes, const RunRequest& after) {
    QStringList keys;
    for (const OptionChange& change : changes) {
        if (change.live && change.key != kName)
            keys.append(change.key);
    }
    return inForce(after.options, keys);
}

QStringList dockerUpdateLines(const QList<OptionChange>& changes, const RunRequest& after,
                              const QString& name) {
    QStringList words, lines;
    const QVariantMap options = updateOptions(changes, after);
    for (auto option = options.begin(); option != options.end(); ++option) {
        const DockerOption* known = dockerOption(option.key());
        if (*known->flag != '\0')
            words << QStringLiteral("--") + QLatin1String(known->flag)
                  << optionTexts(*known, option.value()).value(0);
    }
    // docker has policy and number in one word.
    const qsizetype restart = words.indexOf(QStringLiteral("--restart"));
    const uint most = after.options.value(QStringLiteral("restart-max")).toUInt();
    if (restart < 0 && options.contains(QStringLiteral("restart-max")))
        words << QStringLiteral("--restart") << after.options.value(QStringLiteral("restart")).toString();
    if (const qsizetype at = words.indexOf(QStringLiteral("--restart")); at >= 0 && most > 0)
        words[at + 1] += u':' + QString::number(most);
    if (!words.isEmpty())
        lines << dockerCommand(QStringLiteral("update"), words << name);
    for (const OptionChange& change : changes) {
        if (change.key == kName && change.live)
            lines << dockerCommand(QStringLiteral("rename"), {name, change.after});
    }
    return lines;
}

} // namespace escale::gui
