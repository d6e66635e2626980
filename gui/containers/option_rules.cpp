#include "gui/containers/option_rules.h"

#include "engine/base/identifier.h"
#include "engine/base/process.h"
#include "gui/containers/docker_options.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

#include <arpa/inet.h>
#include <array>

namespace escale::gui::rules {
namespace {

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

bool matches(const QString& text, const char* pattern) {
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)))
        .match(text)
        .hasMatch();
}

bool isAddress(QString text) {
    if (text.startsWith(u'[') && text.endsWith(u']'))
        text = text.mid(1, text.size() - 2);
    std::array<unsigned char, 16> buffer{};
    const QByteArray bytes = text.toUtf8();
    return ::inet_pton(AF_INET, bytes.constData(), buffer.data()) == 1 ||
           ::inet_pton(AF_INET6, bytes.constData(), buffer.data()) == 1;
}

// The ports of "80" or "8000-8010": how many, or 0 when it is no such text.
int portCount(const QString& text) {
    static const QRegularExpression kRange(QStringLiteral("\\A(\\d{1,5})(?:-(\\d{1,5}))?\\z"));
    const auto match = kRange.match(text);
    const int first = match.captured(1).toInt();
    const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
    return match.hasMatch() && first > 0 && last >= first && last <= 65535 ? last - first + 1 : 0;
}

QString oneOf(const QString& text, const QStringList& words, bool container) {
    const bool good = text.isEmpty() || words.contains(text) ||
                      (container && text.startsWith(u"container:") && text.size() > 10);
    if (good)
        return {};
    QStringList list = words;
    if (container)
        list.append(QStringLiteral("container:NAME"));
    return translate("DockerOption", "Choose one of: %1.").arg(list.join(QStringLiteral(", ")));
}

} // namespace

QString name(const QString& text) {
    if (text.isEmpty() || validateName(text.toStdString()))
        return {};
    return translate("DockerOption", "A name has two or more letters, digits, “_”, “.” or “-”, and begins "
                                     "with a letter or a digit.");
}

QString hostName(const QString& text) {
    if (text.isEmpty() || matches(text, "[A-Za-z0-9_][A-Za-z0-9._-]{0,63}"))
        return {};
    return translate("DockerOption", "Use letters, digits, hyphens and dots, at most 64 of them.");
}

QString variable(const QString& text) {
    return text.indexOf(u'=') > 0 ? QString() : translate("DockerOption", "Write NAME=value.");
}

QString named(const QString& text) {
    return text.startsWith(u'=') || text.isEmpty() ? translate("DockerOption", "Write NAME=value.")
                                                   : QString();
}

QString absolutePath(const QString& text) {
    return text.isEmpty() || text.startsWith(u'/') ? QString()
                                                   : translate("DockerOption", "Begin it with a slash.");
}

QString tmpfs(const QString& text) {
    const QString path = text.section(u':', 0, 0);
    const bool good = path.startsWith(u'/') && path != QLatin1String("/") &&
                      !(u'/' + path + u'/').contains(QLatin1String("/../"));
    return good ? QString() : translate("DockerOption", "Write an absolute path below /, for example /run.");
}

QString restart(const QString& text) {
    return oneOf(text,
                 {QStringLiteral("no"), QStringLiteral("always"), QStringLiteral("unless-stopped"),
                  QStringLiteral("on-failure")},
                 false);
}

QString signalName(const QString& text) {
    if (text.isEmpty() || parseSignal(text.toStdString()))
        return {};
    return translate("DockerOption", "Give a signal's name, for example SIGINT, or its number.");
}

QString cpuList(const QString& text) {
    return matches(text, "[0-9,-]{0,1024}") ? QString()
                                            : translate("DockerOption", "Write numbers as 0-2,4.");
}

QString deviceNumber(const QString& text) {
    const auto colon = text.lastIndexOf(u':');
    if (text.startsWith(u"/dev/") && colon > 0 && parseSizeText(text.mid(colon + 1)))
        return {};
    return translate("DockerOption", "Write /dev/DEVICE:NUMBER, for example /dev/sda:10m.");
}

QString device(const QString& text) {
    const QStringList parts = text.split(u':');
    const auto isPath = [](const QString& part) {
        return part.startsWith(u'/') && !part.endsWith(u'/') && !part.contains(QLatin1String("/../"));
    };
    const auto isAccess = [](const QString& part) { return matches(part, "[rwm]+"); };
    const bool good = isPath(parts[0]) && parts.size() <= 3 &&
                      (parts.size() < 2 || isPath(parts[1]) || (parts.size() == 2 && isAccess(parts[1]))) &&
                      (parts.size() < 3 || isAccess(parts[2]));
    return good ? QString()
                : translate("DockerOption", "Write /dev/HOST, /dev/HOST:/dev/INSIDE or "
                                            "/dev/HOST:/dev/INSIDE:rwm.");
}

QString deviceRule(const QString& text) {
    return matches(text, "[abc] (\\d{1,9}|\\*):(\\d{1,9}|\\*) [rwm]+")
               ? QString()
               : translate("DockerOption", "Write TYPE MAJOR:MINOR ACCESS, for example c 10:229 rwm.");
}

QString ulimit(const QString& text) {
    static const QRegularExpression kForm(
        QStringLiteral("\\A(core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|"
                       "sigpending|stack|as)=(-1|unlimited|\\d{1,19})(?::(-1|unlimited|\\d{1,19}))?\\z"));
    const auto match = kForm.match(text);
    if (!match.hasMatch())
        return translate("DockerOption", "Write NAME=SOFT:HARD, for example nofile=1024:4096.");
    const auto limit = [](const QString& word) {
        return word == QLatin1String("-1") || word == QLatin1String("unlimited") ? UINT64_MAX
                                                                                 : word.toULongLong();
    };
    if (!match.captured(3).isEmpty() && limit(match.captured(2)) > limit(match.captured(3)))
        return translate("DockerOption", "The soft limit is above the hard limit.");
    return {};
}

QString capability(const QString& text) {
    static const QStringList kNames =
        QStringLiteral("ALL CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP "
                       "LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER "
                       "SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE "
                       "SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP "
                       "MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF "
                       "CHECKPOINT_RESTORE")
            .split(u' ');
    QString wanted = text.toUpper();
    if (wanted.startsWith(u"CAP_"))
        wanted.remove(0, 4);
    return kNames.contains(wanted)
               ? QString()
               : translate("DockerOption", "There is no such capability; one is NET_ADMIN.");
}

QString publish(const QString& text) {
    const auto wrong = [] {
        return translate("DockerOption", "Write [ADDRESS:][PORT:]CONTAINERPORT[/tcp|udp|sctp].");
    };
    static const QRegularExpression kForm(
        QStringLiteral("\\A(?:(?:(.*):)?([0-9-]*):)?([0-9-]+)(?:/(?:tcp|udp|sctp))?\\z"));
    const auto match = kForm.match(text);
    const int inside = portCount(match.captured(3));
    if (!match.hasMatch() || inside == 0)
        return wrong();
    const bool hasAddress = match.capturedStart(1) >= 0;
    const QString outside = match.captured(2);
    if (hasAddress && !isAddress(match.captured(1)))
        return wrong();
    if (match.capturedStart(2) >= 0 && outside.isEmpty())
        return hasAddress ? QString() : wrong();
    if (outside.isEmpty())
        return {};
    if (portCount(outside) == 0)
        return wrong();
    return portCount(outside) == inside ? QString()
                                        : translate("DockerOption", "Make both ranges equally long.");
}

QString address(const QString& text) {
    return isAddress(text) && !text.startsWith(u'[')
               ? QString()
               : translate("DockerOption", "Write an IPv4 or IPv6 address.");
}

QString address4(const QString& text) {
    return isAddress(text) && !text.contains(u':') ? QString()
                                                   : translate("DockerOption", "Write an IPv4 address.");
}

QString address6(const QString& text) {
    return isAddress(text) && text.contains(u':') && !text.startsWith(u'[')
               ? QString()
               : translate("DockerOption", "Write an IPv6 address.");
}

QString macAddress(const QString& text) {
    return matches(text, "[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}")
               ? QString()
               : translate("DockerOption", "Write six bytes, for example 02:42:ac:11:00:02.");
}

QString alias(const QString& text) {
    return matches(text, "[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*")
               ? QString()
               : translate("DockerOption", "Use letters, digits, dots, dashes and underscores.");
}

QString resolverWord(const QString& text) {
    return matches(text, "[^ \\t\\n\\r#;]{1,253}") ? QString()
                                                   : translate("DockerOption", "Write one word a line.");
}

QString extraHost(const QString& text) {
    static const QRegularExpression kForm(QStringLiteral("\\A([^:=\\s#]+)[:=](.+)\\z"));
    const auto match = kForm.match(text);
    const QString target = match.captured(2);
    return match.hasMatch() && (target == QLatin1String("host-gateway") || isAddress(target))
               ? QString()
               : translate("DockerOption", "Write NAME:ADDRESS, for example db:192.168.1.5.");
}

QString network(const QString& text) {
    const bool fits = text.startsWith(QLatin1String("container:"))
                          ? text.size() > 10
                          : validateName(text.toStdString()).has_value();
    return fits ? QString()
                : translate("DockerOption", "Write a network's name, none, host or container:NAME.");
}
QString networkChoice(const QString& text) {
    const auto wrong = [] {
        return translate("DockerOption",
                         "Write name=NETWORK, and alias=, ip=, ip6= or mac-address= behind commas.");
    };
    bool isNamed = false;
    for (const QString& part : text.split(u',')) {
        const QString key = part.section(u'=', 0, 0), value = part.section(u'=', 1);
        const bool isName = key == u"name" || !text.contains(u'=');
        isNamed = isNamed || isName;
        const bool fits = isName
                              ? validateName((text.contains(u'=') ? value : text).toStdString()).has_value()
                          : key == u"alias"       ? alias(value).isEmpty()
                          : key == u"ip"          ? address4(value).isEmpty()
                          : key == u"ip6"         ? address6(value).isEmpty()
                          : key == u"mac-address" ? macAddress(value).isEmpty()
                                                  : false;
        if (!fits)
            return wrong();
    }
    return isNamed ? QString() : wrong();
}
QString ipc(const QString& text) {
    return oneOf(text,
                 {QStringLiteral("private"), QStringLiteral("shareable"), QStringLiteral("none"),
                  QStringLiteral("host")},
                 true);
}
QString pidMode(const QString& text) {
    return oneOf(text, {QStringLiteral("host")}, true);
}
QString hostOnly(const QString& text) {
    return oneOf(text, {QStringLiteral("host")}, false);
}
QString cgroupNamespace(const QString& text) {
    return oneOf(text, {QStringLiteral("private"), QStringLiteral("host")}, false);
}
QString logDriver(const QString& text) {
    return oneOf(text, {QStringLiteral("json-file"), QStringLiteral("none")}, false);
}
QString systemPaths(const QString& text) {
    return oneOf(text, {QStringLiteral("unconfined")}, false);
}

QString logOption(const QString& text) {
    const QString key = text.section(u'=', 0, 0);
    const QString value = text.section(u'=', 1);
    if (key == QLatin1String("max-size")) {
        const auto bytes = parseSizeText(value);
        const bool good = value.isEmpty() || value == QLatin1String("-1") || value == QLatin1String("0") ||
                          (bytes && *bytes >= 256 * 1024);
        return good ? QString() : translate("DockerOption", "Give at least 256k, or -1 for no limit.");
    }
    if (key == QLatin1String("max-file"))
        return value.isEmpty() || (matches(value, "\\d{1,4}") && value.toInt() >= 1 && value.toInt() <= 1000)
                   ? QString()
                   : translate("DockerOption", "Give a number from 1 to 1000.");
    if (key == QLatin1String("compress"))
        return value.isEmpty() || value == QLatin1String("true") || value == QLatin1String("false")
                   ? QString()
                   : translate("DockerOption", "Choose one of: %1.").arg(QStringLiteral("true, false"));
    return translate("DockerOption", "The log options are max-size, max-file and compress.");
}

QString seccomp(const QString& text) {
    if (text.isEmpty() || text == QLatin1String("unconfined") ||
        QJsonDocument::fromJson(text.toUtf8()).isObject())
        return {};
    return translate("DockerOption",
                     "This is no seccomp profile: it must be a JSON object, or “unconfined”.");
}

} // namespace escale::gui::rules
