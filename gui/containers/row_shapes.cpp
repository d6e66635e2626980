// How the texts of each option become cells (row_list.h).
#include "gui/containers/mount_option.h"
#include "gui/containers/option_rules.h"
#include "gui/containers/row_list.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace escale::gui {
namespace {

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

RowShape plain(const QString& placeholder, const QString& add) {
    return {{{placeholder}},
            add,
            [](const QString& text) { return QStringList(text); },
            [](const QStringList& cells) { return cells.value(0); }};
}

// "name=value"; with `bare` a text without the separator stays one.
RowShape pair(const RowCell& first, const RowCell& second, QChar separator, bool bare, const QString& add) {
    return {{first, second},
            add,
            [separator](const QString& text) {
                const auto at = text.indexOf(separator);
                return QStringList{at < 0 ? text : text.left(at), at < 0 ? QString() : text.mid(at + 1)};
            },
            [separator, bare](const QStringList& cells) {
                const bool alone = bare && cells.value(1).isEmpty();
                return alone ? cells.value(0) : cells.value(0) + separator + cells.value(1);
            }};
}

RowShape named(const QString& name, const QString& value, const QString& add) {
    return pair({name, {}, 2}, {value, QStringLiteral("="), 3}, u'=', false, add);
}

RowShape device(const QString& value) {
    // The last colon: a device's name may hold one.
    RowShape shape = pair({QStringLiteral("/dev/sda"), {}, 3}, {value, QStringLiteral(":"), 2}, u':', true,
                          translate("RowShape", "Add a device"));
    shape.split = [](const QString& text) {
        const auto at = text.lastIndexOf(u':');
        return QStringList{at < 0 ? text : text.left(at), at < 0 ? QString() : text.mid(at + 1)};
    };
    return shape;
}

RowNote whoReaches(const QStringList& cells) {
    QString address = cells.value(0).trimmed();
    if (address.startsWith(u'[') && address.endsWith(u']'))
        address = address.mid(1, address.size() - 2);
    if (address.isEmpty() || address == QLatin1String("0.0.0.0") || address == QLatin1String("::"))
        return {translate("RowShape", "everyone on your network"), true};
    if (!rules::address(address).isEmpty())
        return {};
    if (address.startsWith(QLatin1String("127.")) || address == QLatin1String("::1"))
        return {translate("RowShape", "only this computer"), false};
    return {translate("RowShape", "whoever reaches %1").arg(address), true};
}

RowShape ports() {
    RowShape shape;
    shape.cells = {{translate("RowShape", "Address of this computer"),
                    {},
                    4,
                    {QStringLiteral("127.0.0.1"), QStringLiteral("0.0.0.0"), QStringLiteral("[::1]"),
                     QStringLiteral("[::]")},
                    true},
                   {translate("RowShape", "Port here"), QStringLiteral(":"), 2},
                   {translate("RowShape", "Port inside"), QStringLiteral("→"), 2},
                   {translate("RowShape", "Protocol"),
                    QStringLiteral("/"),
                    2,
                    {QStringLiteral("tcp"), QStringLiteral("udp"), QStringLiteral("sctp")}}};
    shape.add = translate("RowShape", "Add a port");
    shape.fresh = {QStringLiteral("127.0.0.1"), {}, {}, QStringLiteral("tcp")};
    shape.split = [](const QString& text) {
        static const QRegularExpression kForm(
            QStringLiteral("\\A(?:(?:(.*):)?([^:]*):)?([^:/]*)(?:/(.*))?\\z"));
        const auto match = kForm.match(text);
        if (!match.hasMatch())
            return QStringList{{}, {}, text, QStringLiteral("tcp")};
        const QString protocol = match.captured(4);
        return QStringList{match.captured(1), match.captured(2), match.captured(3),
                           protocol.isEmpty() ? QStringLiteral("tcp") : protocol};
    };
    shape.join = [](const QStringList& cells) {
        QString address = cells[0];
        if (address.contains(u':') && !address.startsWith(u'['))
            address = u'[' + address + u']';
        QString text = cells[2];
        if (!address.isEmpty())
            text = address + u':' + cells[1] + u':' + text;
        else if (!cells[1].isEmpty())
            text = cells[1] + u':' + text;
        return cells[3] == QLatin1String("tcp") ? text : text + u'/' + cells[3];
    };
    shape.note = whoReaches;
    return shape;
}

} // namespace

RowShape rowShape(const QString& key) {
    const auto is = [&key](const char* wanted) { return key == QLatin1String(wanted); };
    if (is("publish"))
        return ports();
    if (is("mounts"))
        return mountShape();
    if (is("secrets"))
        return secretShape();
    if (is("volumes-from"))
        return plain(translate("RowShape", "a container's name"), translate("RowShape", "Add a container"));
    if (is("environment"))
        return named(translate("RowShape", "NAME"), translate("RowShape", "value"),
                     translate("RowShape", "Add a variable"));
    if (is("labels"))
        return named(translate("RowShape", "name"), translate("RowShape", "value"),
                     translate("RowShape", "Add a label"));
    if (is("annotations"))
        return named(translate("RowShape", "name"), translate("RowShape", "value"),
                     translate("RowShape", "Add an annotation"));
    if (is("log-options"))
        return named(QStringLiteral("max-size"), QStringLiteral("10m"),
                     translate("RowShape", "Add a log option"));
    if (is("sysctls"))
        return named(QStringLiteral("net.core.somaxconn"), QStringLiteral("1024"),
                     translate("RowShape", "Add a setting"));
    if (is("ulimits"))
        return named(QStringLiteral("nofile"), QStringLiteral("1024:4096"),
                     translate("RowShape", "Add a limit"));
    if (is("tmpfs"))
        return pair({QStringLiteral("/run"), {}, 3}, {QStringLiteral("size=64m"), QStringLiteral(":"), 2},
                    u':', true, translate("RowShape", "Add a folder"));
    if (is("extra-hosts"))
        return pair({QStringLiteral("db"), {}, 3}, {QStringLiteral("192.168.1.5"), QStringLiteral(":"), 3},
                    u':', false, translate("RowShape", "Add a host"));
    if (is("blkio-weight-device"))
        return device(QStringLiteral("500"));
    if (is("device-read-bps") || is("device-write-bps"))
        return device(QStringLiteral("10m"));
    if (is("device-read-iops") || is("device-write-iops"))
        return device(QStringLiteral("1000"));
    if (is("devices"))
        return plain(QStringLiteral("/dev/fuse"), translate("RowShape", "Add a device"));
    if (is("device-cgroup-rules"))
        return plain(QStringLiteral("c 10:229 rwm"), translate("RowShape", "Add a rule"));
    if (is("cap-add") || is("cap-drop"))
        return plain(is("cap-add") ? QStringLiteral("NET_ADMIN") : QStringLiteral("ALL"),
                     translate("RowShape", "Add a capability"));
    if (is("groups"))
        return plain(QStringLiteral("audio"), translate("RowShape", "Add a group"));
    if (is("dns"))
        return plain(QStringLiteral("9.9.9.9"), translate("RowShape", "Add a server"));
    if (is("dns-search"))
        return plain(QStringLiteral("example.org"), translate("RowShape", "Add a domain"));
    return plain(QStringLiteral("ndots:2"), translate("RowShape", "Add an option"));
}

} // namespace escale::gui
