#include "gui/build/dockerfile_completion.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DockerfileCompletion)
public:
    static QString stage(const QString& base) { return tr("The stage on %1").arg(base); }
    static QString local() { return tr("An image on this machine"); }
    static QString scratch() { return tr("Nothing at all: for programs that need nothing"); }
    static QString as() { return tr("Gives the stage a name"); }
    static QString argument() { return tr("ARG"); }
    static QString environment() { return tr("ENV"); }
    static QString none() { return tr("Takes away the check of the base image"); }
    static QString check() { return tr("The command that checks"); }
};

QString fromStd(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// Stands where the cursor is, so that the tree says what it stands in. In no file that people write.
constexpr char kCursor = '\x01';

bool hasCursor(std::string_view text) {
    return text.find(kCursor) != std::string_view::npos;
}

bool isHere(const Instruction& instruction) {
    return hasCursor(instruction.spelling) || hasCursor(instruction.text) ||
           std::any_of(instruction.flags.begin(), instruction.flags.end(),
                       [](const InstructionFlag& flag) {
                           return hasCursor(flag.name) || (flag.value && hasCursor(*flag.value));
                       }) ||
           std::any_of(instruction.documents.begin(), instruction.documents.end(),
                       [](const HereDocument& document) { return hasCursor(document.content); });
}

// The answer grows here: what fits is taken.
class Offer {
public:
    Offer(int position, QString written) {
        m_offer.begin = position - static_cast<int>(written.size());
        m_offer.written = std::move(written);
    }
    void add(const QString& text, const QString& meaning) {
        const bool isWhole = text.compare(m_offer.written, Qt::CaseSensitive) == 0;
        if (text.startsWith(m_offer.written, Qt::CaseInsensitive) && !isWhole && !m_seen.contains(text)) {
            m_seen.append(text);
            // Behind an instruction comes a space; what can follow a value's name, or is in a folder, at
            // once.
            m_offer.words.append({text,
                                  meaning,
                                  findKeyword(text.toStdString()) ? text + u' ' : QString(),
                                  {},
                                  false,
                                  text.endsWith(u'=')});
        }
    }
    void add(const CompletionWords& words) {
        for (const CompletionWord& word : words)
            add(word.text, word.meaning);
    }
    void wantFiles() {
        const qsizetype slash = m_offer.written.lastIndexOf(u'/');
        m_offer.folder = m_offer.written.left(slash + 1);
    }
    [[nodiscard]] DockerfileOffer take() { return std::move(m_offer); }

private:
    DockerfileOffer m_offer;
    QStringList m_seen;
};

class Completer {
public:
    Completer(QStringView text, int position, const QStringList& images)
        : m_before(text.left(position).toString())
        , m_position(position)
        , m_images(images)
        , m_file(parseDockerfile(m_before.toStdString() + kCursor)) {}

    DockerfileOffer run() {
        const QStringView line = currentLine();
        if (line.trimmed().startsWith(u'#'))
            return inComment(line.trimmed());
        static const QRegularExpression kVariable(QStringLiteral("(?<!\\\\)\\$(\\{?)([A-Za-z0-9_]*)\\z"));
        const auto variable = kVariable.match(line.toString());
        if (variable.hasMatch())
            return variables(variable.captured(2), !variable.captured(1).isEmpty());
        if (m_file.instructions.empty() || !isHere(m_file.instructions.back()))
            return keywords(line);
        const Instruction& instruction = m_file.instructions.back();
        if (instruction.keyword == Keyword::OnBuild && !instruction.trigger)
            return keywords(wordBehind(QStringView(m_before)));
        return inInstruction(instruction.trigger ? *instruction.trigger : instruction);
    }

private:
    [[nodiscard]] QStringView currentLine() const {
        return QStringView(m_before).mid(m_before.lastIndexOf(u'\n') + 1);
    }
    static QStringView wordBehind(QStringView text) {
        qsizetype begin = text.size();
        while (begin > 0 && !text[begin - 1].isSpace())
            --begin;
        return text.mid(begin);
    }
    [[nodiscard]] DockerfileOffer nothing() const {
        DockerfileOffer none;
        none.begin = m_position;
        return none;
    }

    DockerfileOffer inComment(QStringView line) const {
        QStringView written = line.mid(1);
        while (!written.isEmpty() && written.front().isSpace())
            written = written.mid(1);
        Offer offer(m_position, written.toString());
        // Directives stand above everything else.
        const bool isAtTop = m_file.instructions.empty() && m_file.problems.size() <= 1;
        for (const CompletionWord& word : directiveWords()) {
            const std::string name = word.text.section(u'=', 0, 0).toStdString();
            if (word.text.startsWith(QLatin1String("hadolint")) ||
                (isAtTop && m_file.directive(name) == nullptr))
                offer.add(word.text, word.meaning);
        }
        return offer.take();
    }

    DockerfileOffer keywords(QStringView line) const {
        QStringView written = line;
        while (!written.isEmpty() && written.front().isSpace())
            written = written.mid(1);
        if (std::any_of(written.begin(), written.end(), [](QChar c) { return c.isSpace(); }))
            return nothing();
        Offer offer(m_position, written.toString());
        const bool isLower = !written.isEmpty() && written.toString() == written.toString().toLower();
        for (const CompletionWord& word : instructionWords())
            offer.add(isLower && writesLower() ? word.text.toLower() : word.text, word.meaning);
        return offer.take();
    }
    // A file in lower case goes on in lower case.
    [[nodiscard]] bool writesLower() const {
        return !m_file.instructions.empty() &&
               std::all_of(m_file.instructions.begin(), m_file.instructions.end(),
                           [](const Instruction& each) { return each.spelling == lowerCase(each.spelling); });
    }

    DockerfileOffer variables(const QString& written, bool isBraced) const {
        Offer offer(m_position, written);
        const QString end = isBraced ? QStringLiteral("}") : QString();
        for (const auto& [name, meaning] : variablesHere())
            offer.add(name + end, meaning);
        const bool isFrom =
            !m_file.instructions.empty() && m_file.instructions.back().keyword == Keyword::From;
        if (isFrom) {
            for (const CompletionWord& word : platformArguments())
                offer.add(word.text + end, word.meaning);
        }
        return offer.take();
    }
    // What is set where the cursor is: in a stage its own and those of the stages it is made on; in FROM what
    // stands before the first one.
    [[nodiscard]] std::map<QString, QString> variablesHere() const {
        using Variables = std::map<QString, QString>;
        Variables globals, current;
        std::map<std::string, Variables> stages;
        std::string name;
        bool inStage = false;
        for (const Instruction& each : m_file.instructions) {
            if (each.keyword == Keyword::From) {
                if (isHere(each))
                    return globals;
                if (inStage)
                    stages[name] = current;
                inStage = true;
                const std::string base = each.words.empty() ? "" : lowerCase(each.words[0].text);
                current = stages.contains(base) ? stages[base] : Variables();
                name = each.words.size() > 2 ? lowerCase(each.words[2].text) : std::string();
            } else if (each.keyword == Keyword::Arg) {
                for (const SourceWord& word : each.words)
                    note(inStage ? current : globals, word.text.substr(0, word.text.find('=')),
                         Words::argument());
            } else if (each.keyword == Keyword::Env) {
                for (std::size_t i = 0; i + 1 < each.words.size(); i += 2)
                    note(current, each.words[i].text, Words::environment());
            }
        }
        return inStage ? current : globals;
    }
    static void note(std::map<QString, QString>& into, const std::string& name, const QString& kind) {
        if (!name.empty() && !hasCursor(name))
            into[fromStd(name)] = kind;
    }

    DockerfileOffer inInstruction(const Instruction& instruction) const {
        for (const InstructionFlag& flag : instruction.flags) {
            if (hasCursor(flag.name))
                return flagNames(instruction);
            if (flag.value && hasCursor(*flag.value))
                return flagValue(instruction, fromStd(flag.name),
                                 fromStd(*flag.value).section(QLatin1Char(kCursor), 0, 0));
        }
        if (!instruction.documents.empty() && hasCursor(instruction.documents.back().content))
            return nothing();
        // "-" may become a flag as long as nothing else is written.
        const QString text = fromStd(instruction.text).section(QLatin1Char(kCursor), 0, 0);
        const QString written = wordBehind(text).toString();
        const bool isFirst = text == written;
        if (isFirst && written == QLatin1String("-"))
            return flagNames(instruction);
        return word(instruction, written, isFirst);
    }

    DockerfileOffer flagNames(const Instruction& instruction) const {
        Offer offer(m_position, wordBehind(QStringView(m_before)).toString());
        for (const CompletionWord& word : flagWords(instruction.keyword)) {
            const QString name = word.text.mid(2).section(u'=', 0, 0);
            const bool mayRepeat = name == QLatin1String("mount") || name == QLatin1String("exclude");
            if (mayRepeat || instruction.flag(name.toStdString()) == nullptr)
                offer.add(word.text, word.meaning);
        }
        return offer.take();
    }

    DockerfileOffer flagValue(const Instruction& instruction, const QString& flag,
                              const QString& written) const {
        if (flag == QLatin1String("mount"))
            return mount(written);
        Offer offer(m_position, written);
        if (flag == QLatin1String("from"))
            addPlaces(offer, instruction.range.begin.line);
        else if (flag == QLatin1String("platform"))
            offer.add(platformWords());
        else
            offer.add(flagValues(instruction.keyword, flag));
        return offer.take();
    }

    DockerfileOffer mount(const QString& value) const {
        const QString written = value.section(u',', -1);
        QString type;
        QStringList keys;
        for (const QString& part : value.split(u',')) {
            keys.append(part.section(u'=', 0, 0));
            if (part.startsWith(QLatin1String("type=")) && part != written)
                type = part.mid(5);
        }
        if (!written.contains(u'=')) {
            Offer offer(m_position, written);
            for (const CompletionWord& key : mountKeys(type)) {
                if (!keys.mid(0, keys.size() - 1).contains(key.text.section(u'=', 0, 0)))
                    offer.add(key.text, key.meaning);
            }
            return offer.take();
        }
        const QString key = written.section(u'=', 0, 0);
        Offer offer(m_position, written.section(u'=', 1));
        if (key == QLatin1String("type"))
            offer.add(mountTypes());
        else if (key == QLatin1String("from"))
            addPlaces(offer, lastLine());
        else if (key == QLatin1String("sharing"))
            for (const char* name : {"shared", "private", "locked"})
                offer.add(QString::fromLatin1(name), {});
        else if (key == QLatin1String("source") && !keys.contains(QLatin1String("from")) &&
                 (type.isEmpty() || type == QLatin1String("bind")))
            offer.wantFiles();
        return offer.take();
    }

    [[nodiscard]] int lastLine() const { return static_cast<int>(m_before.count(u'\n')) + 1; }

    void addStages(Offer& offer, int line) const {
        for (const Instruction& each : m_file.instructions) {
            if (each.keyword == Keyword::From && each.range.begin.line < line && each.words.size() > 2)
                offer.add(fromStd(each.words[2].text), Words::stage(fromStd(each.words[0].text)));
        }
    }
    void addPlaces(Offer& offer, int line) const {
        addStages(offer, line);
        for (const QString& image : m_images)
            offer.add(image, Words::local());
    }

    DockerfileOffer word(const Instruction& instruction, const QString& written, bool isFirst) const {
        Offer offer(m_position, written);
        switch (instruction.keyword) {
        case Keyword::From:
            if (isFirst) {
                addPlaces(offer, instruction.range.begin.line);
                offer.add(QStringLiteral("scratch"), Words::scratch());
            } else if (instruction.words.size() == 2) {
                offer.add(QStringLiteral("AS "), Words::as());
            }
            break;
        case Keyword::Add:
        case Keyword::Copy:
            if (instruction.flag("from") == nullptr)
                return files(written);
            break;
        case Keyword::Healthcheck:
            if (isFirst) {
                offer.add(QStringLiteral("CMD "), Words::check());
                offer.add(QStringLiteral("NONE"), Words::none());
            }
            break;
        case Keyword::StopSignal:
            offer.add(signalWords());
            break;
        default:
            break;
        }
        return offer.take();
    }
    // In the exec form a source stands between quotes.
    DockerfileOffer files(QString written) const {
        while (written.startsWith(u'[') || written.startsWith(u'"'))
            written.remove(0, 1);
        Offer offer(m_position, written);
        offer.wantFiles();
        return offer.take();
    }

    QString m_before;
    int m_position;
    const QStringList& m_images;
    Dockerfile m_file;
};

} // namespace

DockerfileOffer completionAt(QStringView text, int position, const QStringList& images) {
    return Completer(text, position, images).run();
}

DockerfileOffer withFiles(DockerfileOffer offer, const QStringList& entries) {
    const QString folder = offer.folder.value_or(QString());
    for (const QString& entry : entries) {
        const QString path = folder + entry;
        if (path.startsWith(offer.written, Qt::CaseInsensitive) && path != offer.written)
            offer.words.append({path, {}, {}, {}, false, path.endsWith(u'/')});
    }
    return offer;
}

} // namespace escale::gui
