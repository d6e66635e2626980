#include "gui/containers/debug_terminal.h"

#include "engine/image/reference.h"
#include "gui/client/engine_client.h"
#include "gui/containers/docker_options.h"
#include "gui/containers/shell.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

namespace escale::gui {
namespace {

const QString kTargetLabel = QStringLiteral("org.escale.debug-of");
const QString kPtrace = QStringLiteral("SYS_PTRACE");
// The target's root lies in no mount of the tools' container, so getcwd(2) has no name for it: shells take
// the one in PWD, and the prompt must, too.
const QString kPrompt = QStringLiteral("PS1=$PWD # ");
constexpr int kLongestName = 128;

QString textOf(const QVariantMap& options, const char* key) {
    return options.value(QLatin1String(key)).toString();
}

QString nameFor(const QString& target) {
    const QString end = QStringLiteral("-debug-%1")
                            .arg(QRandomGenerator::global()->bounded(0x10000), 4, 16, QLatin1Char('0'));
    return target.left(kLongestName - end.size()) + end;
}

// Where the target shares processes with others its root is not that of process 1. Its cgroup has its id in
// it.
QString searchFor(const QString& id) {
    return QStringLiteral("for p in /proc/[0-9]*; do case $(cat $p/cgroup 2>/dev/null) in *%1*) "
                          "export ESCALE_TARGET_ROOT=$p/root; break;; esac; done; ")
        .arg(id);
}

QString fullName(const QString& reference) {
    const auto parsed = Reference::parse(reference.toStdString());
    return parsed ? QString::fromStdString(parsed->familiar()) : QString();
}

QString nameOf(const dbus::Image& image) {
    return fullName(image.tag.isEmpty() ? image.repository + QLatin1Char('@') + image.digest
                                        : image.repository + QLatin1Char(':') + image.tag);
}

} // namespace

QString debugTargetOf(const dbus::Container& container) {
    return container.labels.value(kTargetLabel);
}

bool isDebugEvent(const dbus::Event& event) {
    return event.attributes.contains(kTargetLabel);
}

RunRequest debugRequest(const ContainerDetails& target, const QString& image) {
    const QString id = target.container.id;
    const QString joined = QStringLiteral("container:") + id;
    const QVariantMap& given = target.options;
    const auto modeFor = [&](const char* key) {
        return textOf(given, key) == QLatin1String("host") ? QStringLiteral("host") : joined;
    };
    const bool alone = textOf(given, "pid").isEmpty();
    QString script = QStringLiteral("cd \"$ESCALE_TARGET_ROOT\" && export PWD; ") + bestShell();
    RunRequest request;
    request.image = image;
    request.options = {
        {QStringLiteral("name"), nameFor(target.container.name)},
        {QStringLiteral("remove"), true},
        {QStringLiteral("stdin"), true},
        {QStringLiteral("stdin-once"), true},
        {QStringLiteral("tty"), true},
        {QStringLiteral("user"), QStringLiteral("0")},
        {QStringLiteral("environment"),
         QStringList{QStringLiteral("COLORTERM=truecolor"), QStringLiteral("ESCALE_TARGET_ROOT=/proc/1/root"),
                     kPrompt}},
        {QStringLiteral("entrypoint"), QStringList{QStringLiteral("/bin/sh")}},
        {QStringLiteral("pid"), modeFor("pid")},
        {QStringLiteral("network"), modeFor("network")},
        // Without it a process of another user of the target, or with more rights, would not show its files.
        {QStringLiteral("cap-add"), QStringList{kPtrace}},
        {QStringLiteral("labels"), QVariant::fromValue(TextMap{{kTargetLabel, id}})},
        {QStringLiteral("log-driver"), QStringLiteral("none")}, // what is typed here is nobody's business
    };
    if (const QString ipc = textOf(given, "ipc");
        ipc == QLatin1String("shareable") || ipc == QLatin1String("host"))
        request.options.insert(QStringLiteral("ipc"), modeFor("ipc"));
    if (textOf(given, "userns") == QLatin1String("host") ||
        given.value(QStringLiteral("privileged")).toBool())
        request.options.insert(QStringLiteral("userns"), QStringLiteral("host"));
    if (!alone)
        script.prepend(searchFor(id));
    request.command = QStringList{QStringLiteral("-c"), script};
    return request;
}

QString debugHint(const QString& target, const QString& image) {
    const auto translated = [](const char* text) {
        return QCoreApplication::translate("escale::gui::DebugTerminal", text);
    };
    return translated(QT_TRANSLATE_NOOP("escale::gui::DebugTerminal",
                                        "Tools of %1, processes and network of %2. Its files are in "
                                        "$ESCALE_TARGET_ROOT, where you are."))
        .arg(fullName(image).isEmpty() ? image : fullName(image), target);
}

bool isHere(const QString& reference, const dbus::ImageList& images) {
    const QString wanted = fullName(reference);
    return !wanted.isEmpty() &&
           std::any_of(images.begin(), images.end(),
                       [&wanted](const dbus::Image& image) { return nameOf(image) == wanted; });
}

QString proposedToolImage(const QString& last, const dbus::ImageList& images) {
    if (!last.isEmpty())
        return last;
    for (const char* known : {"busybox", "alpine", "debian", "ubuntu"}) {
        for (const dbus::Image& image : images) {
            if (image.repository.section(QLatin1Char('/'), -1) == QLatin1String(known))
                return nameOf(image);
        }
    }
    return QStringLiteral("busybox:latest");
}

} // namespace escale::gui
