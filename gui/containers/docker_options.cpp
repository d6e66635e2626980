#include "gui/containers/docker_options.h"

#include "gui/containers/mount_option.h"
#include "gui/containers/option_rules.h"
#include "gui/containers/shell_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <array>
#include <cmath>

namespace escale::gui {
namespace {

using Form = DockerOption::Form;

constexpr double kLeastMemory = 6 << 20;
constexpr double kLongestHealthTime = 24 * 3600 * 1000.0;

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

tl::unexpected<Error> wrong(const QString& message) {
    return fail(ErrorCode::InvalidArgument, message.toStdString());
}

} // namespace

const QList<DockerOption>& dockerOptions() {
    // In the order in which a line shows them.
    static const QList<DockerOption> kOptions{
        {"name", "name", 0, Form::Text, rules::name},
        {"remove", "rm", 0, Form::Flag},
        {"stdin", "interactive", 'i', Form::Flag},
        {"stdin-once", "", 0, Form::Flag}, // without -d
        {"tty", "tty", 't', Form::Flag},
        {"init", "init", 0, Form::Flag},
        {"restart", "restart", 0, Form::Text, rules::restart},
        {"restart-max", "", 0, Form::UInt, nullptr, 0, 4294967295.0},
        {"publish", "publish", 'p', Form::List, rules::publish},
        {"environment", "env", 'e', Form::List, rules::variable},
        {"memory", "memory", 'm', Form::Size, nullptr, kLeastMemory},
        {"cpus", "cpus", 0, Form::Decimal, nullptr, 0.01, 1e6},
        {"network", "network", 0, Form::Text, rules::network},
        {"network-alias", "network-alias", 0, Form::List, rules::alias},
        {"ip", "ip", 0, Form::Text, rules::address4},
        {"ip6", "ip6", 0, Form::Text, rules::address6},
        {"mac-address", "mac-address", 0, Form::Text, rules::macAddress},
        {"networks", "network", 0, Form::List, rules::networkChoice}, // behind the first one
        {"entrypoint", "entrypoint", 0, Form::Words},
        {"workdir", "workdir", 'w', Form::Text, rules::absolutePath},
        {"user", "user", 'u', Form::Text},
        {"groups", "group-add", 0, Form::List},
        {"hostname", "hostname", 'h', Form::Text, rules::hostName},
        {"domainname", "domainname", 0, Form::Text, rules::hostName},
        {"labels", "label", 'l', Form::Map, rules::named},
        {"annotations", "annotation", 0, Form::Map, rules::named},
        {"stop-signal", "stop-signal", 0, Form::Text, rules::signalName},
        {"stop-timeout", "stop-timeout", 0, Form::UInt, nullptr, 0, 24 * 3600},
        {"health-command", "health-cmd", 0, Form::Words},
        {"health-interval", "health-interval", 0, Form::Time, nullptr, 0, kLongestHealthTime},
        {"health-timeout", "health-timeout", 0, Form::Time, nullptr, 0, kLongestHealthTime},
        {"health-start-period", "health-start-period", 0, Form::Time, nullptr, 0, kLongestHealthTime},
        {"health-start-interval", "health-start-interval", 0, Form::Time, nullptr, 0, kLongestHealthTime},
        {"health-retries", "health-retries", 0, Form::UInt, nullptr, 0, 4294967295.0},
        {"memory-reservation", "memory-reservation", 0, Form::Size, nullptr, kLeastMemory},
        {"memory-swap", "memory-swap", 0, Form::SwapSize},
        {"memory-swappiness", "memory-swappiness", 0, Form::Long, nullptr, -1, 100},
        {"oom-score-adj", "oom-score-adj", 0, Form::Int, nullptr, -1000, 1000},
        {"oom-kill-disable", "oom-kill-disable", 0, Form::Flag},
        {"cpu-shares", "cpu-shares", 'c', Form::ULong, nullptr, 2, 262144},
        {"cpu-period", "cpu-period", 0, Form::ULong, nullptr, 1000, 1000000},
        {"cpu-quota", "cpu-quota", 0, Form::Long, nullptr, -1},
        {"cpuset-cpus", "cpuset-cpus", 0, Form::Text, rules::cpuList},
        {"cpuset-mems", "cpuset-mems", 0, Form::Text, rules::cpuList},
        {"pids", "pids-limit", 0, Form::Long, nullptr, -1, 4194304},
        {"blkio-weight", "blkio-weight", 0, Form::UShort, nullptr, 10, 1000},
        {"blkio-weight-device", "blkio-weight-device", 0, Form::List, rules::deviceNumber},
        {"device-read-bps", "device-read-bps", 0, Form::List, rules::deviceNumber},
        {"device-write-bps", "device-write-bps", 0, Form::List, rules::deviceNumber},
        {"device-read-iops", "device-read-iops", 0, Form::List, rules::deviceNumber},
        {"device-write-iops", "device-write-iops", 0, Form::List, rules::deviceNumber},
        {"ulimits", "ulimit", 0, Form::List, rules::ulimit},
        {"sysctls", "sysctl", 0, Form::Map, rules::variable},
        {"shm-size", "shm-size", 0, Form::Size, nullptr, 1, 9e18, false},
        {"mounts", "mount", 0, Form::List, rules::mount},
        {"volumes-from", "volumes-from", 0, Form::List, rules::volumesFrom},
        {"secrets", "", 0, Form::List,
         rules::secret}, // docker run has none; files here, descriptors on the bus
        {"tmpfs", "tmpfs", 0, Form::Map, rules::tmpfs},
        {"read-only", "read-only", 0, Form::Flag},
        {"devices", "device", 0, Form::List, rules::device},
        {"device-cgroup-rules", "device-cgroup-rule", 0, Form::List, rules::deviceRule},
        {"cap-add", "cap-add", 0, Form::List, rules::capability},
        {"cap-drop", "cap-drop", 0, Form::List, rules::capability},
        {"no-new-privileges", "", 0, Form::Flag},
        {"seccomp", "", 0, Form::Text, rules::seccomp},
        {"apparmor", "", 0, Form::Text},
        {"systempaths", "", 0, Form::Text, rules::systemPaths},
        {"privileged", "privileged", 0, Form::Flag},
        {"ipc", "ipc", 0, Form::Text, rules::ipc},
        {"pid", "pid", 0, Form::Text, rules::pidMode},
        {"uts", "uts", 0, Form::Text, rules::hostOnly},
        {"userns", "userns", 0, Form::Text, rules::hostOnly},
        {"cgroupns", "cgroupns", 0, Form::Text, rules::cgroupNamespace},
        {"dns", "dns", 0, Form::List, rules::address},
        {"dns-search", "dns-search", 0, Form::List, rules::resolverWord},
        {"dns-options", "dns-option", 0, Form::List, rules::resolverWord},
        {"extra-hosts", "add-host", 0, Form::List, rules::extraHost},
        {"log-driver", "log-driver", 0, Form::Text, rules::logDriver},
        {"log-options", "log-opt", 0, Form::Map, rules::logOption},
    };
    return kOptions;
}

const DockerOption* dockerOption(const QString& key) {
    for (const DockerOption& option : dockerOptions()) {
        if (key == QLatin1String(option.key))
            return &option;
    }
    return nullptr;
}

std::optional<quint64> parseSizeText(const QString& text) {
    static const QRegularExpression kForm(QStringLiteral("\\A(\\d+(?:\\.\\d*)?|\\.\\d+)(?:([kmgt]?)i?b?)\\z"),
                                          QRegularExpression::CaseInsensitiveOption);
    const auto match = kForm.match(text);
    if (!match.hasMatch() || text.endsWith(u"i", Qt::CaseInsensitive))
        return std::nullopt;
    const QString unit = match.captured(2).toLower();
    const auto power = unit.isEmpty() ? 0 : QStringView(u"kmgt").indexOf(unit[0]) + 1;
    const double bytes = std::floor(match.captured(1).toDouble() * std::pow(1024.0, double(power)));
    if (bytes >= 9e18)
        return std::nullopt;
    return power == 0 && !match.captured(1).contains(u'.') ? match.captured(1).toULongLong() : quint64(bytes);
}

QString sizeText(quint64 bytes) {
    static constexpr std::array<char, 5> kUnits{0, 'k', 'm', 'g', 't'};
    std::size_t unit = 0;
    while (bytes != 0 && bytes % 1024 == 0 && unit + 1 < kUnits.size()) {
        bytes /= 1024;
        ++unit;
    }
    QString text = QString::number(bytes);
    if (unit > 0)
        text += QLatin1Char(kUnits[unit]);
    return text;
}

std::optional<quint64> parseTimeText(const QString& text) {
    static const QRegularExpression kWhole(
        QStringLiteral("\\A(?:0|(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|ms|s|m|h))+)\\z"));
    static const QRegularExpression kPart(QStringLiteral("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|ms|s|m|h)"));
    if (!kWhole.match(text).hasMatch())
        return std::nullopt;
    static const QMap<QString, double> kUnits{{QStringLiteral("ns"), 1e-6}, {QStringLiteral("us"), 1e-3},
                                              {QStringLiteral("µs"), 1e-3}, {QStringLiteral("ms"), 1},
                                              {QStringLiteral("s"), 1e3},   {QStringLiteral("m"), 6e4},
                                              {QStringLiteral("h"), 3.6e6}};
    double milliseconds = 0;
    for (auto parts = kPart.globalMatch(text); parts.hasNext();) {
        const auto part = parts.next();
        milliseconds += part.captured(1).toDouble() * kUnits.value(part.captured(2));
    }
    if (milliseconds >= 9e15 || (milliseconds > 0 && milliseconds < 1))
        return std::nullopt;
    return quint64(std::llround(milliseconds));
}

QString timeText(quint64 milliseconds) {
    const quint64 rest = milliseconds % 1000;
    const quint64 seconds = milliseconds / 1000;
    QString text;
    if (seconds >= 3600)
        text += QString::number(seconds / 3600) + u'h';
    if (seconds / 60 % 60 != 0)
        text += QString::number(seconds / 60 % 60) + u'm';
    if (seconds % 60 != 0)
        text += QString::number(seconds % 60) + u's';
    if (rest != 0)
        text += QString::number(rest) + QStringLiteral("ms");
    return text.isEmpty() ? QStringLiteral("0s") : text;
}

namespace {

Result<double> inRange(const DockerOption& option, double number) {
    if ((number == 0 && option.zero) || (number >= option.least && number <= option.most))
        return number;
    const auto shown = [&option](double value) {
        if (option.form == Form::Size || option.form == Form::SwapSize)
            return sizeText(quint64(value));
        return option.form == Form::Time ? timeText(quint64(value)) : QString::number(value, 'g', 10);
    };
    if (option.most >= 9e18)
        return wrong(translate("DockerOption", "Give at least %1.").arg(shown(option.least)));
    return wrong(translate("DockerOption", "Give %1 to %2.").arg(shown(option.least), shown(option.most)));
}

Result<QVariant> numberValue(const DockerOption& option, const QString& text) {
    bool good = false;
    if (option.form == Form::Decimal) {
        const double number = QLocale::c().toDouble(text, &good);
        if (!good || !std::isfinite(number))
            return wrong(translate("DockerOption", "Write a number, for example 1.5."));
        TRY(inRange(option, number));
        return QVariant(number);
    }
    const qlonglong number = QLocale::c().toLongLong(text, &good);
    if (!good || text.contains(u','))
        return wrong(translate("DockerOption", "Write a whole number."));
    TRY(inRange(option, double(number)));
    switch (option.form) {
    case Form::UInt:
        return QVariant(uint(number));
    case Form::ULong:
        return QVariant(qulonglong(number));
    case Form::Int:
        return QVariant(int(number));
    case Form::UShort:
        return QVariant::fromValue(ushort(number));
    default:
        return QVariant(number);
    }
}

Result<QVariant> sizeValue(const DockerOption& option, const QString& text) {
    if (option.form == Form::SwapSize && text == QLatin1String("-1"))
        return QVariant(qlonglong(-1));
    const auto bytes = parseSizeText(text);
    if (!bytes)
        return wrong(translate("DockerOption", "Write a number with k, m or g behind it, for example 512m."));
    TRY(inRange(option, double(*bytes)));
    return option.form == Form::SwapSize ? QVariant(qlonglong(*bytes)) : QVariant(qulonglong(*bytes));
}

Result<QVariant> wordsValue(const DockerOption& option, const QString& text) {
    if (qstrcmp(option.key, "health-command") == 0) {
        if (text.trimmed().isEmpty())
            return wrong(translate("DockerOption", "Write a command."));
        return QVariant(QStringList{QStringLiteral("CMD-SHELL"), text});
    }
    TRY_ASSIGN(const QStringList words, splitCommand(text));
    if (!words.isEmpty() && words.first().isEmpty())
        return wrong(translate("DockerOption", "The first word is empty."));
    return QVariant(words);
}

Result<QVariant> mapValue(const DockerOption& option, const QStringList& texts) {
    const QChar separator = qstrcmp(option.key, "tmpfs") == 0 ? u':' : u'=';
    TextMap map;
    for (const QString& text : texts) {
        const auto at = text.indexOf(separator);
        map.insert(at < 0 ? text : text.left(at), at < 0 ? QString() : text.mid(at + 1));
    }
    return QVariant::fromValue(map);
}

Result<QVariant> flagValue(const QString& text) {
    static const QStringList kTrue{QStringLiteral("1"), QStringLiteral("t"), QStringLiteral("true")};
    static const QStringList kFalse{QStringLiteral("0"), QStringLiteral("f"), QStringLiteral("false")};
    if (kTrue.contains(text.toLower()))
        return QVariant(true);
    if (kFalse.contains(text.toLower()))
        return QVariant(false);
    return wrong(translate("DockerOption", "Choose one of: %1.").arg(QStringLiteral("true, false")));
}

} // namespace

Result<QVariant> optionValue(const DockerOption& option, const QStringList& texts) {
    for (const QString& text : texts) {
        if (text.contains(QChar(u'\0')))
            return wrong(translate("DockerOption", "It holds a NUL character."));
        if (const QString problem = option.rule == nullptr ? QString() : option.rule(text);
            !problem.isEmpty())
            return wrong(problem);
    }
    const QString text = texts.value(0);
    switch (option.form) {
    case Form::Text:
        return QVariant(text);
    case Form::List:
        return QVariant(texts);
    case Form::Map:
        return mapValue(option, texts);
    case Form::Flag:
        return flagValue(text);
    case Form::Size:
    case Form::SwapSize:
        return sizeValue(option, text);
    case Form::Time: {
        const auto time = parseTimeText(text);
        if (!time)
            return wrong(translate("DockerOption", "Write a time as 30s, 1m30s or 500ms."));
        TRY(inRange(option, double(*time)));
        return QVariant(qulonglong(*time));
    }
    case Form::Words:
        return wordsValue(option, text);
    default:
        return numberValue(option, text);
    }
}

QStringList optionTexts(const DockerOption& option, const QVariant& value) {
    switch (option.form) {
    case Form::List:
        return value.toStringList();
    case Form::Map: {
        const QString separator =
            qstrcmp(option.key, "tmpfs") == 0 ? QStringLiteral(":") : QStringLiteral("=");
        const auto map = value.value<TextMap>();
        QStringList texts;
        for (auto entry = map.begin(); entry != map.end(); ++entry)
            texts.append(separator == u":" && entry.value().isEmpty()
                             ? entry.key()
                             : entry.key() + separator + entry.value());
        return texts;
    }
    case Form::Flag:
        return {value.toBool() ? QStringLiteral("true") : QStringLiteral("false")};
    case Form::Size:
        return {sizeText(value.toULongLong())};
    case Form::SwapSize:
        return {value.toLongLong() < 0 ? QStringLiteral("-1") : sizeText(value.toULongLong())};
    case Form::Time:
        return {timeText(value.toULongLong())};
    case Form::Decimal:
        return {QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest)};
    case Form::Words: {
        const QStringList words = value.toStringList();
        if (qstrcmp(option.key, "health-command") != 0)
            return {joinWords(words)};
        return {words.value(0) == QLatin1String("CMD-SHELL") ? words.value(1) : joinWords(words.mid(1))};
    }
    default:
        return {value.toString()};
    }
}

QList<OptionProblem> optionConflicts(const QVariantMap& o) {
    QList<OptionProblem> problems;
    const auto say = [&problems](const char* key, const QString& message) {
        problems.append({QLatin1String(key), message});
    };
    const auto text = [&o](const char* key) { return o.value(QLatin1String(key)).toString(); };
    const auto has = [&o](const char* key) { return o.value(QLatin1String(key)).toDouble() != 0; };
    const auto number = [&o](const char* key) { return o.value(QLatin1String(key)).toLongLong(); };
    const QString restart = text("restart");
    if (o.value(QStringLiteral("remove")).toBool() && !restart.isEmpty() && restart != QLatin1String("no"))
        say("restart",
            translate("DockerOption", "A container that is removed when it stops cannot be restarted, too."));
    if (has("restart-max") && restart != QLatin1String("on-failure"))
        say("restart-max",
            translate("DockerOption", "A number of restarts goes with the policy on-failure only."));
    const QString network = text("network");
    const bool hasNetwork = network != QLatin1String("none") && network != QLatin1String("host") &&
                            !network.startsWith(QLatin1String("container:"));
    if (!o.value(QStringLiteral("publish")).toStringList().isEmpty() && !hasNetwork)
        say("publish",
            translate("DockerOption", "Ports can be published when it has a network of its own only."));
    for (const char* key : {"network-alias", "ip", "ip6", "mac-address", "networks"}) {
        const QVariant given = o.value(QLatin1String(key));
        if (!hasNetwork && !(given.toString() + given.toStringList().join(QString())).isEmpty())
            say(key, translate("DockerOption", "It goes with a network of its own only."));
    }
    if (text("uts") == QLatin1String("host") && !(text("hostname") + text("domainname")).isEmpty())
        say("uts", translate("DockerOption", "With the host's own name, no other can be given."));
    if (has("cpus") && (has("cpu-quota") || has("cpu-period")))
        say("cpu-quota", translate("DockerOption", "A number of CPUs and a quota exclude each other."));
    if (const qlonglong quota = number("cpu-quota"); quota > 0 && quota < 1000)
        say("cpu-quota", translate("DockerOption", "Give at least 1000 µs, or -1 for no limit."));
    const bool hasMemory = o.contains(QStringLiteral("memory"));
    const qlonglong memory = hasMemory ? number("memory") : kDefaultMemory;
    if (number("memory-reservation") > memory && memory != 0)
        say("memory-reservation", translate("DockerOption", "It is above the memory limit."));
    if (number("memory-swap") > 0 && memory == 0)
        say("memory-swap", translate("DockerOption", "A limit of swap needs a limit of memory."));
    else if (number("memory-swap") > 0 && number("memory-swap") < memory)
        say("memory-swap",
            translate("DockerOption",
                      "It counts memory and swap together, so it cannot be below the memory."));
    return problems;
}

} // namespace escale::gui
