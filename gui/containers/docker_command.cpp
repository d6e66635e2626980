#include "gui/containers/docker_command.h"

#include "gui/containers/docker_options.h"
#include "gui/containers/env_file.h"
#include "gui/containers/mount_option.h"
#include "gui/containers/shell_words.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

namespace escale::gui {
namespace {

using Form = DockerOption::Form;

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

tl::unexpected<Error> wrong(const QString& message) {
    return fail(ErrorCode::InvalidArgument, message.toStdString());
}

const QSet<QString>& words(const char* list) {
    static QHash<const char*, QSet<QString>> kSets;
    auto& set = kSets[list];
    if (set.isEmpty()) {
        const auto names = QString::fromLatin1(list).split(u' ');
        set = QSet<QString>(names.begin(), names.end());
    }
    return set;
}

// Options without a value that change nothing here: every container of Escale is detached.
constexpr auto kSilent = "detach quiet sig-proxy disable-content-trust";
// Known, not honoured. Docker's, then podman's.
constexpr auto kIgnoredFlags = "publish-all use-api-socket no-hosts no-hostname replace rmi read-only-tmpfs "
                               "env-host http-proxy tls-verify";
constexpr auto kIgnored =
    "gpus link volume-driver link-local-ip "
    "expose platform pull runtime storage-opt cgroup-parent kernel-memory detach-keys cidfile attach "
    "isolation "
    "cpu-rt-period cpu-rt-runtime cpu-count cpu-percent io-maxbandwidth io-maxiops "
    "pod pod-id-file pidfile conmon-pidfile secret systemd tz umask requires subuidname subgidname uidmap "
    "gidmap "
    "arch os variant authfile cgroups cgroup-conf hosttz image-volume passwd-entry timeout unsetenv sdnotify "
    "shm-size-systemd hooks-dir preserve-fds rdt-class group-entry chrootdirs decryption-key log-level";
// Of docker itself, before the verb.
constexpr auto kGlobalValues =
    "-H --host --context -c --config -l --log-level --tlscacert --tlscert --tlskey "
    "--root --runroot --connection --url";

class Parser {
public:
    Result<ParsedRun> parse(const QString& line) {
        TRY_ASSIGN(const ShellWords found, splitCommandLine(line));
        m_words = found.words;
        TRY(skipToOptions());
        while (m_at < m_words.size() && m_words[m_at].startsWith(u'-') && m_words[m_at] != u"-") {
            const QString word = m_words[m_at++];
            if (word == u"--")
                break;
            TRY(word.startsWith(u"--") ? longOption(word.mid(2)) : shortOptions(word.mid(1)));
        }
        if (m_at >= m_words.size())
            return wrong(translate("DockerCommand", "The line names no image."));
        m_found.request.image = m_words[m_at++];
        m_found.request.command = m_words.mid(m_at);
        TRY(storeLists());
        for (const QString& variable : found.variables)
            if (!variable.contains(u"pwd", Qt::CaseInsensitive) || !hasMounts())
                warn(translate("DockerCommand", "%1 stays as it is written: no shell fills it in here.")
                         .arg(variable));
        if (!found.ending.isEmpty())
            warn(translate("DockerCommand", "Only the first command is taken; left out: %1")
                     .arg(found.ending.simplified().left(60)));
        return m_found;
    }

private:
    // The folder that somebody stands in is the home folder for them.
    [[nodiscard]] bool hasMounts() const {
        return m_found.request.options.contains(QStringLiteral("mounts"));
    }
    void warn(const QString& text) {
        if (!m_found.warnings.contains(text))
            m_found.warnings.append(text);
    }
    void warnIgnored(const QString& option) {
        warn(translate("DockerCommand", "%1 is left out: Escale does not have it yet.").arg(option));
    }
    static tl::unexpected<Error> wrongOption(const QString& option, const QString& why) {
        return wrong(QStringLiteral("%1: %2").arg(option, why));
    }

    // A prompt, sudo, variables in front, docker, its own options, "container", the verb.
    Result<void> skipToOptions() {
        static const QRegularExpression kAssignment(QStringLiteral("\\A[A-Za-z_][A-Za-z0-9_]*=.*\\z"));
        const auto next = [this] { return m_words.value(m_at); };
        while (next() == u"$" || next() == u"#" || next() == u"%" || next() == u"sudo" || next() == u"-E" ||
               kAssignment.match(next()).hasMatch())
            ++m_at;
        const QString program = next().section(u'/', -1);
        const bool known = program == u"docker" || program == u"podman" || program == u"nerdctl";
        if (known)
            ++m_at;
        while (known && next().startsWith(u'-'))
            m_at += words(kGlobalValues).contains(next()) ? 2 : 1;
        if (known && next() == u"container")
            ++m_at;
        if (!known || (next() != u"run" && next() != u"create"))
            return wrong(translate("DockerCommand", "This is no “docker run” line."));
        ++m_at;
        return {};
    }

    Result<QString> valueOf(const QString& option) {
        if (m_at >= m_words.size())
            return wrongOption(option, translate("DockerCommand", "its value is missing."));
        return m_words[m_at++];
    }

    Result<void> longOption(const QString& word) {
        const auto equals = word.indexOf(u'=');
        const QString flag = equals < 0 ? word : word.left(equals);
        const QString shown = QStringLiteral("--") + flag;
        const DockerOption* option = byFlag(flag);
        const bool isFlag = (option != nullptr && option->form == Form::Flag) || flag == u"no-healthcheck" ||
                            words(kSilent).contains(flag) || words(kIgnoredFlags).contains(flag);
        QString value = word.mid(equals + 1);
        if (equals < 0 && isFlag) {
            value = QStringLiteral("true");
        } else if (equals < 0) {
            if (option == nullptr && !isSpecial(flag) && !words(kIgnored).contains(flag))
                return unknown(shown);
            TRY_ASSIGN(value, valueOf(shown));
        }
        return take(flag, shown, value);
    }

    // "-itd", "-p80:80", "-p=80:80".
    Result<void> shortOptions(const QString& letters) {
        for (qsizetype i = 0; i < letters.size(); ++i) {
            const QString shown = u'-' + QString(letters[i]);
            const QString flag = longName(letters[i]);
            if (flag.isEmpty())
                return unknown(shown);
            const DockerOption* option = byFlag(flag);
            if ((option != nullptr && option->form == Form::Flag) || words(kSilent).contains(flag) ||
                words(kIgnoredFlags).contains(flag)) {
                const bool given = letters.mid(i + 1).startsWith(u'=');
                TRY(take(flag, shown, given ? letters.mid(i + 2) : QStringLiteral("true")));
                if (given)
                    return {};
                continue;
            }
            QString value = letters.mid(i + 1);
            if (value.startsWith(u'=')) {
                value.remove(0, 1);
            } else if (value.isEmpty()) {
                TRY_ASSIGN(value, valueOf(shown));
            }
            return take(flag, shown, value);
        }
        return {};
    }

    static QString longName(QChar letter) {
        switch (letter.unicode()) {
        case 'd':
            return QStringLiteral("detach");
        case 'q':
            return QStringLiteral("quiet");
        case 'v':
            return QStringLiteral("volume");
        case 'P':
            return QStringLiteral("publish-all");
        case 'a':
            return QStringLiteral("attach");
        default:
            break;
        }
        for (const DockerOption& option : dockerOptions()) {
            if (option.letter != 0 && letter == QLatin1Char(option.letter))
                return QString::fromLatin1(option.flag);
        }
        return {};
    }

    static const DockerOption* byFlag(const QString& name) {
        static const QHash<QString, QString> kOtherNames{
            {QStringLiteral("net"), QStringLiteral("network")},
            {QStringLiteral("net-alias"), QStringLiteral("network-alias")},
            {QStringLiteral("dns-opt"), QStringLiteral("dns-option")}};
        const QString flag = kOtherNames.value(name, name);
        for (const DockerOption& option : dockerOptions()) {
            if (*option.flag != '\0' && flag == QLatin1String(option.flag))
                return &option;
        }
        return nullptr;
    }

    static bool isSpecial(const QString& flag) {
        return words("env-file label-file security-opt volume").contains(flag);
    }
    static tl::unexpected<Error> unknown(const QString& option) {
        return wrong(translate("DockerCommand", "docker run has no option %1.").arg(option));
    }

    Result<void> take(const QString& flag, const QString& shown, const QString& value) {
        if (words(kSilent).contains(flag))
            return {};
        if (words(kIgnored).contains(flag) || words(kIgnoredFlags).contains(flag)) {
            warnIgnored(shown);
            return {};
        }
        if (flag == u"no-healthcheck")
            return set("health-command", QStringList(QStringLiteral("NONE")));
        if (flag == u"env-file" || flag == u"label-file")
            return takeFile(flag, shown, value);
        if (flag == u"security-opt")
            return takeSecurity(shown, value);
        if (flag == u"volume" || flag == u"mount")
            return takeMount(flag, shown, value);
        const DockerOption* option = byFlag(flag);
        if (option == nullptr)
            return unknown(shown);
        return takeOption(*option, shown, value);
    }

    Result<void> set(const char* key, const QVariant& value) {
        m_found.request.options.insert(QLatin1String(key), value);
        return {};
    }

    Result<void> takeOption(const DockerOption& option, const QString& shown, const QString& value) {
        const QLatin1String key(option.key);
        if (key == QLatin1String("environment"))
            return takeVariable(value);
        if (key == QLatin1String("network"))
            return takeNetwork(shown, value);
        if (key == QLatin1String("entrypoint")) // one program, blanks and all; empty: the image's is dropped
            return set("entrypoint", value.isEmpty() ? QStringList() : QStringList(value));
        if (key == QLatin1String("restart"))
            return takeRestart(shown, value);
        if (key == QLatin1String("userns") && !value.isEmpty() && value != u"host") {
            warnIgnored(shown + u'=' + value);
            return {};
        }
        const bool isUnknownLog =
            (key == QLatin1String("log-driver") && value != u"json-file" && value != u"none") ||
            (key == QLatin1String("log-options") && value.section(u'=', 0, 0) != u"max-size" &&
             value.section(u'=', 0, 0) != u"max-file" && value.section(u'=', 0, 0) != u"compress");
        // Devices of the Container Device Interface: vendor.com/class=name.
        const bool isCdi = key == QLatin1String("devices") && !value.startsWith(u'/') && value.contains(u'=');
        if (isUnknownLog || isCdi) {
            warnIgnored(shown + u' ' + value);
            return {};
        }
        auto parsed = optionValue(option, {value});
        if (!parsed)
            return wrongOption(shown + u' ' + quoteWord(value),
                               QString::fromStdString(parsed.error().message));
        if (option.form == Form::List || option.form == Form::Map)
            m_lists[key].append(value);
        else
            return set(option.key, *parsed);
        return {};
    }

    Result<void> takeVariable(const QString& text) {
        QString variable = text;
        const QString name = text.section(u'=', 0, 0);
        if (!text.contains(u'=')) {
            const QByteArray key = name.toLocal8Bit();
            if (!qEnvironmentVariableIsSet(key.constData())) {
                warn(translate("DockerCommand", "-e %1 has no value here: write %1=value.").arg(name));
                return {};
            }
            variable += u'=' + qEnvironmentVariable(key.constData());
        }
        if (name.isEmpty())
            return wrongOption(QStringLiteral("-e ") + quoteWord(text),
                               translate("DockerOption", "Write NAME=value."));
        // The last of a name counts.
        for (auto* list : {&m_environment, &m_fileEnvironment})
            list->removeIf([&name](const QString& other) { return other.section(u'=', 0, 0) == name; });
        m_environment.append(variable);
        return {};
    }

    Result<void> takeFile(const QString& flag, const QString& shown, const QString& path) {
        auto lines = flag == u"env-file" ? readEnvFile(path) : readLabelFile(path);
        if (!lines)
            return wrongOption(shown, QString::fromStdString(lines.error().message));
        if (flag == u"label-file") {
            m_lists[QStringLiteral("labels")] = *lines + m_lists.value(QStringLiteral("labels"));
            return {};
        }
        for (const QString& line : *lines) {
            const auto isSame = [name = line.section(u'=', 0, 0)](const QString& other) {
                return other.section(u'=', 0, 0) == name;
            };
            m_fileEnvironment.removeIf(isSame);
            // -e wins over files, wherever it stands.
            if (std::none_of(m_environment.begin(), m_environment.end(), isSame))
                m_fileEnvironment.append(line);
        }
        return {};
    }

    Result<void> takeMount(const QString& flag, const QString& shown, const QString& value) {
        static const QRegularExpression kHere(QStringLiteral(R"(\$\(pwd\)|`pwd`|\$PWD\b|\$\{PWD\})"));
        const QString path = QString(value).replace(kHere, QStringLiteral("."));
        const auto mount = flag == u"volume" ? mountOfVolumeFlag(path) : mountOfMountFlag(path);
        if (!mount)
            return wrongOption(shown + u' ' + quoteWord(value),
                               QString::fromStdString(mount.error().message));
        const QString source = mountPlace(*mount).source;
        if (mountPlace(*mount).kind == u"bind" && !path.contains(source))
            warn(translate("DockerCommand",
                           "%1: a path that is not whole counts from your home folder, as %2.")
                     .arg(shown, source));
        m_lists[QStringLiteral("mounts")].append(*mount);
        return {};
    }

    Result<void> takeNetwork(const QString& shown, const QString& value) {
        QVariantMap& options = m_found.request.options;
        if (options.contains(QStringLiteral("network"))) {
            const QStringList more = options.value(QStringLiteral("networks")).toStringList();
            return set("networks",
                       more + QStringList(value.contains(u'=') ? value : QStringLiteral("name=") + value));
        }
        QString name = value;
        if (value.contains(u'=')) { // name=backend,alias=db
            name.clear();
            for (const QString& field : value.split(u',')) {
                const QString key = field.section(u'=', 0, 0), text = field.section(u'=', 1);
                const QString aliases = QStringLiteral("network-alias");
                if (key == u"name")
                    name = text;
                else if (key == u"alias")
                    options.insert(aliases, options.value(aliases).toStringList() + QStringList(text));
                else if (key == u"ip" || key == u"ip6" || key == u"mac-address")
                    options.insert(key, text);
                else
                    warnIgnored(shown + u' ' + field);
            }
        }
        if (name == u"default" || name.isEmpty())
            name = QStringLiteral("bridge");
        return set("network", name);
    }

    Result<void> takeRestart(const QString& shown, const QString& value) {
        const QString policy = value.section(u':', 0, 0);
        bool good = true;
        const uint most = value.contains(u':') ? value.section(u':', 1).toUInt(&good) : 0;
        const auto parsed = optionValue(*dockerOption(QStringLiteral("restart")), {policy});
        if (!parsed || !good || (value.contains(u':') && policy != u"on-failure"))
            return wrongOption(shown + u' ' + value, parsed ? translate("DockerOption", "Write on-failure:3.")
                                                            : QString::fromStdString(parsed.error().message));
        m_found.request.options.remove(QStringLiteral("restart-max"));
        if (value.contains(u':'))
            TRY(set("restart-max", most));
        return set("restart", policy.isEmpty() ? QStringLiteral("no") : policy);
    }

    // "seccomp=unconfined"; Docker also takes ":" between both.
    Result<void> takeSecurity(const QString& shown, const QString& text) {
        static const QRegularExpression kSeparator(QStringLiteral("[=:]"));
        const auto at = text.indexOf(kSeparator);
        const QString key = at < 0 ? text : text.left(at);
        const QString value = at < 0 ? QString() : text.mid(at + 1);
        if (key == u"no-new-privileges") {
            auto flag = optionValue(*dockerOption(key), {at < 0 ? QStringLiteral("true") : value});
            if (!flag)
                return wrongOption(shown + u' ' + text, QString::fromStdString(flag.error().message));
            return set("no-new-privileges", *flag);
        }
        if (key == u"apparmor")
            return set("apparmor", value);
        if (key == u"systempaths" && value == u"unconfined")
            return set("systempaths", value);
        if (key == u"seccomp")
            return takeSeccomp(shown, value);
        if (words("label mask unmask proc-opts writable-cgroups systempaths").contains(key)) {
            warnIgnored(shown + u' ' + text);
            return {};
        }
        return unknown(shown + u' ' + text);
    }

    Result<void> takeSeccomp(const QString& shown, const QString& value) {
        QString profile = value;
        if (value == u"builtin" || value.isEmpty())
            return {};
        if (value != u"unconfined" && !value.startsWith(u'{')) {
            auto content = readSmallFile(value);
            if (!content)
                return wrongOption(shown, QString::fromStdString(content.error().message));
            profile = QString::fromUtf8(*content);
        }
        auto parsed = optionValue(*dockerOption(QStringLiteral("seccomp")), {profile});
        if (!parsed)
            return wrongOption(shown, QString::fromStdString(parsed.error().message));
        return set("seccomp", *parsed);
    }

    Result<void> storeLists() {
        if (const QStringList all = m_fileEnvironment + m_environment; !all.isEmpty())
            TRY(set("environment", all));
        for (auto list = m_lists.begin(); list != m_lists.end(); ++list) {
            TRY_ASSIGN(const QVariant value, optionValue(*dockerOption(list.key()), list.value()));
            m_found.request.options.insert(list.key(), value);
        }
        return {};
    }

    QStringList m_words;
    qsizetype m_at = 0;
    QMap<QString, QStringList> m_lists;
    QStringList m_environment, m_fileEnvironment;
    ParsedRun m_found;
};

QStringList securityWords(const QVariantMap& options) {
    QStringList found;
    const auto add = [&found](const QString& text) { found << QStringLiteral("--security-opt") << text; };
    if (const auto value = options.constFind(QStringLiteral("no-new-privileges")); value != options.end())
        add(value->toBool() ? QStringLiteral("no-new-privileges")
                            : QStringLiteral("no-new-privileges=false"));
    for (const char* key : {"seccomp", "apparmor", "systempaths"}) {
        if (const auto value = options.constFind(QLatin1String(key)); value != options.end())
            add(QLatin1String(key) + u'=' + value->toString());
    }
    return found;
}

QStringList optionWords(const DockerOption& option, const QVariantMap& options) {
    const QVariant value = options.value(QLatin1String(option.key));
    const QString flag = QStringLiteral("--") + QLatin1String(option.flag);
    const QString shown =
        option.letter != 0 && option.letter != 'c' ? QStringLiteral("-") + QLatin1Char(option.letter) : flag;
    if (option.form == Form::Flag)
        return {value.toBool() ? shown : flag + QStringLiteral("=false")};
    const QLatin1String key(option.key);
    if (key == QLatin1String("health-command") && value.toStringList().value(0) == u"NONE")
        return {QStringLiteral("--no-healthcheck")};
    QStringList texts = optionTexts(option, value);
    if (key == QLatin1String("mounts")) {
        QStringList found;
        for (const QString& text : texts)
            found << mountWords(text);
        return found;
    }
    if (key == QLatin1String("entrypoint"))
        texts = {value.toStringList().value(0)};
    if (key == QLatin1String("restart") && options.value(QStringLiteral("restart-max")).toUInt() != 0)
        texts[0] += u':' + options.value(QStringLiteral("restart-max")).toString();
    QStringList found;
    for (const QString& text : texts)
        found << shown << text;
    return found;
}

} // namespace

Result<ParsedRun> parseDockerRun(const QString& line) {
    return Parser().parse(line);
}

QString dockerRunLine(const RunRequest& request) {
    const QVariantMap& options = request.options;
    QStringList all;
    // The first network of a line is the one that aliases and addresses belong to.
    const bool needsFirst =
        options.contains(QStringLiteral("networks")) && !options.contains(QStringLiteral("network"));
    for (const DockerOption& option : dockerOptions()) {
        if (needsFirst && QLatin1String(option.key) == QLatin1String("network"))
            all << QStringLiteral("--network") << QStringLiteral("bridge");
        if (*option.flag == '\0' || !options.contains(QLatin1String(option.key)))
            continue;
        const QStringList words = optionWords(option, options);
        // -it, as everybody writes it.
        if (words == QStringList(QStringLiteral("-t")) && !all.isEmpty() && all.last() == u"-i")
            all.last() = QStringLiteral("-it");
        else
            all << words;
    }
    all << securityWords(options);
    all << request.image;
    all << options.value(QStringLiteral("entrypoint")).toStringList().mid(1);
    all << request.command;
    return dockerCommand(QStringLiteral("run"), all);
}

QString dockerRunDetachedLine(const RunRequest& request) {
    return QStringLiteral("docker run -d") + dockerRunLine(request).mid(QStringLiteral("docker run").size());
}

QString dockerCreateLine(const RunRequest& request) {
    return QStringLiteral("docker create") + dockerRunLine(request).mid(QStringLiteral("docker run").size());
}

QString dockerCommand(const QString& verb, const QStringList& words) {
    return joinWords(QStringList{QStringLiteral("docker"), verb} + words);
}

} // namespace escale::gui
