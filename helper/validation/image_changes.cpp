#include "helper/validation/image_changes.h"

#include "engine/base/json.h"
#include "helper/dbus/types.h"
#include "helper/validation/arguments.h"

#include <utility>

namespace escale {
namespace {

using Pairs = QList<std::pair<QString, QString>>;

tl::unexpected<Error> malformed(const QString& change, const std::string& why) {
    return fail(ErrorCode::InvalidArgument, "the change \"" + change.left(200).toStdString() + "\" " + why,
                "Write it as in a Dockerfile, for example CMD [\"/bin/sh\"] or ENV NAME=value.");
}

/// Words as a shell reads them: quotes hold spaces, a backslash takes the meaning from what follows.
Result<QStringList> words(const QString& change, const QString& text) {
    QStringList list;
    QString word;
    QChar quote;
    bool isOpen = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'\\' && quote != u'\'' && i + 1 < text.size()) {
            word += text.at(++i);
            isOpen = true;
        } else if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else
                word += c;
        } else if (c == u'"' || c == u'\'') {
            quote = c;
            isOpen = true;
        } else if (!c.isSpace()) {
            word += c;
            isOpen = true;
        } else if (isOpen) {
            list.append(std::exchange(word, QString()));
            isOpen = false;
        }
    }
    if (!quote.isNull())
        return malformed(change, "has a quote without its end");
    if (isOpen)
        list.append(word);
    return list;
}

/// ["exec", "form"], or a shell's command line.
Result<QStringList> command(const QString& change, const QString& text) {
    if (!text.startsWith(u'['))
        return QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), text};
    const auto parsed = Json::parse(text.toStdString());
    if (!parsed || !parsed->isArray())
        return malformed(change, "is no list of words in JSON");
    QStringList list;
    for (const Json& word : parsed->items()) {
        if (!word.isString())
            return malformed(change, "holds something other than words");
        list.append(QString::fromStdString(word.toString()));
    }
    return list;
}

/// NAME=value …, or NAME and the rest of the line as its value.
Result<Pairs> pairs(const QString& change, const QString& text) {
    TRY_ASSIGN(const QStringList list, words(change, text));
    Pairs found;
    if (!list.isEmpty() && !list.first().contains(u'=')) {
        const QString name = text.section(u' ', 0, 0);
        return Pairs{{name, text.mid(name.size()).trimmed()}};
    }
    for (const QString& word : list) {
        const qsizetype equals = word.indexOf(u'=');
        if (equals <= 0)
            return malformed(change, "has a word that is no NAME=value");
        found.append({word.left(equals), word.mid(equals + 1)});
    }
    return found;
}

class Changes {
public:
    Result<void> take(const QString& change);
    QVariantMap finish();

private:
    Result<void> takeNamed(const QString& change, const QString& instruction, const QString& text);
    QVariantMap m_options;
    QStringList m_environment;
    QStringList m_ports;
    dbus::TextMap m_labels;
};

Result<void> Changes::take(const QString& change) {
    const QString line = change.trimmed();
    const QString instruction = line.section(u' ', 0, 0).toUpper();
    const QString text = line.mid(instruction.size()).trimmed();
    if (text.isEmpty())
        return malformed(change, "is no instruction with a value");
    return takeNamed(change, instruction, text);
}

Result<void> Changes::takeNamed(const QString& change, const QString& instruction, const QString& text) {
    if (instruction == QLatin1String("CMD") || instruction == QLatin1String("ENTRYPOINT")) {
        TRY_ASSIGN(const QStringList list, command(change, text));
        m_options.insert(instruction == QLatin1String("CMD") ? QStringLiteral("command")
                                                             : QStringLiteral("entrypoint"),
                         list);
    } else if (instruction == QLatin1String("ENV")) {
        TRY_ASSIGN(const Pairs found, pairs(change, text));
        for (const auto& [name, value] : found)
            m_environment.append(name + u'=' + value);
    } else if (instruction == QLatin1String("LABEL")) {
        TRY_ASSIGN(const Pairs found, pairs(change, text));
        for (const auto& [name, value] : found)
            m_labels.insert(name, value);
    } else if (instruction == QLatin1String("EXPOSE")) {
        TRY_ASSIGN(const QStringList list, words(change, text));
        for (const QString& port : list)
            m_ports.append(port.contains(u'/') ? port : port + QStringLiteral("/tcp"));
    } else if (instruction == QLatin1String("USER")) {
        m_options.insert(QStringLiteral("user"), text);
    } else if (instruction == QLatin1String("WORKDIR")) {
        m_options.insert(QStringLiteral("workdir"), text);
    } else if (instruction == QLatin1String("STOPSIGNAL")) {
        m_options.insert(QStringLiteral("stop-signal"), text);
    } else {
        return malformed(change,
                         "begins with no instruction that is understood here: they are CMD, ENTRYPOINT, "
                         "ENV, EXPOSE, LABEL, STOPSIGNAL, USER and WORKDIR");
    }
    return {};
}

QVariantMap Changes::finish() {
    const auto add = [this](const char* key, const QVariant& value, bool isEmpty) {
        if (!isEmpty)
            m_options.insert(QLatin1String(key), value);
    };
    add("environment", m_environment, m_environment.isEmpty());
    add("exposed-ports", m_ports, m_ports.isEmpty());
    add("labels", QVariant::fromValue(m_labels), m_labels.isEmpty());
    return std::move(m_options);
}

} // namespace

Result<QVariantMap> parseImageChanges(const QStringList& changes) {
    TRY(boundedWords(changes, "the changes"));
    Changes parsed;
    for (const QString& change : changes) {
        TRY(parsed.take(change));
    }
    return parsed.finish();
}

} // namespace escale
