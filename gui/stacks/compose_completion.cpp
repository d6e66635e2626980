#include "gui/stacks/compose_completion.h"

#include "gui/stacks/schema_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace escale::gui {
namespace {

using Kind = ComposePosition::Kind;
using Names = QStringList ComposeSurroundings::*;
namespace schema = compose;

constexpr std::uint16_t kScalars = schema::kText | schema::kNumber | schema::kInteger | schema::kBoolean |
                                   schema::kDuration | schema::kBytes;
constexpr int kMostValue = 40; // characters of a variable's value beside its name

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ComposeCompletion)
public:
    static QString service() { return tr("Service"); }
    static QString network() { return tr("Network"); }
    static QString volume() { return tr("Volume"); }
    static QString secret() { return tr("Secret"); }
    static QString config() { return tr("Config"); }
    static QString profile() { return tr("Profile"); }
    static QString image() { return tr("An image on this machine"); }
    static QString example() { return tr("For example"); }
    static QString asMap() { return tr("Written out, with keys"); }
    static QString asList() { return tr("As a list"); }
    static QString asValue() { return tr("As one value"); }
    static QString newService() { return tr("A new service"); }
    static QString otherwise() { return tr("Another value when it is not set, or empty"); }
    static QString needed() { return tr("An error with these words when it is not set, or empty"); }
    static QString instead() { return tr("Another value when it is set"); }
    static QString sameNetwork() { return tr("In the network of a service"); }
};

// Where names of the project's parts stand: as keys ("*"), items or values of a place in the schema.
struct Reference {
    const char* path; // of the map, the list's items or the value
    Names names;
    QString (*meaning)();
    const char* before = ""; // of the name
    const char* behind = "";
};
constexpr Reference kReferences[] = {
    {"services.*.depends_on", &ComposeSurroundings::services, Words::service},
    {"services.*.depends_on[]", &ComposeSurroundings::services, Words::service},
    {"services.*.links[]", &ComposeSurroundings::services, Words::service},
    {"services.*.volumes_from[]", &ComposeSurroundings::services, Words::service},
    {"services.*.extends", &ComposeSurroundings::services, Words::service},
    {"services.*.extends.service", &ComposeSurroundings::services, Words::service},
    {"services.*.network_mode", &ComposeSurroundings::services, Words::sameNetwork, "service:"},
    {"services.*.pid", &ComposeSurroundings::services, Words::service, "service:"},
    {"services.*.ipc", &ComposeSurroundings::services, Words::service, "service:"},
    {"services.*.networks", &ComposeSurroundings::networks, Words::network},
    {"services.*.networks[]", &ComposeSurroundings::networks, Words::network},
    {"services.*.build.network", &ComposeSurroundings::networks, Words::network},
    {"services.*.volumes[]", &ComposeSurroundings::volumes, Words::volume, "", ":/"},
    {"services.*.volumes[].source", &ComposeSurroundings::volumes, Words::volume},
    {"services.*.secrets[]", &ComposeSurroundings::secrets, Words::secret},
    {"services.*.secrets[].source", &ComposeSurroundings::secrets, Words::secret},
    {"services.*.build.secrets[]", &ComposeSurroundings::secrets, Words::secret},
    {"services.*.build.secrets[].source", &ComposeSurroundings::secrets, Words::secret},
    {"services.*.configs[]", &ComposeSurroundings::configs, Words::config},
    {"services.*.configs[].source", &ComposeSurroundings::configs, Words::config},
    {"services.*.profiles[]", &ComposeSurroundings::profiles, Words::profile},
    {"services.*.image", &ComposeSurroundings::images, Words::image},
};

// What most write where anything may stand.
struct UsualValues {
    const char* path;
    const char* values; // separated by "|"
};
constexpr UsualValues kUsualValues[] = {
    {"services.*.restart", "\"no\"|always|on-failure|unless-stopped"},
    {"services.*.pull_policy", "missing|always|never|build|daily|weekly"},
    {"services.*.network_mode", "none|host"},
    {"services.*.ipc", "private|shareable|none|host"},
    {"services.*.pid", "host"},
    {"services.*.build.network", "default|none|host"},
    {"services.*.logging.driver", "json-file|local|none"},
    {"services.*.stop_signal", "SIGTERM|SIGINT|SIGQUIT|SIGHUP|SIGUSR1"},
    {"services.*.deploy.restart_policy.condition", "none|on-failure|any|unless-stopped|always"},
    {"networks.*.driver", "bridge|macvlan|ipvlan|host|none"},
    {"volumes.*.driver", "local"},
};

QString plain(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

// Its first sentence; of a long one what stands before a colon or semicolon says enough.
QString inShort(const QString& text) {
    constexpr qsizetype kLong = 60;
    const qsizetype end = text.indexOf(QLatin1String(". "));
    QString sentence = end < 0 ? text : text.left(end);
    for (const char* sign : {": ", "; "}) {
        const qsizetype at = sentence.indexOf(QLatin1String(sign));
        if (sentence.size() > kLong && at > kLong / 3)
            sentence.truncate(at);
    }
    sentence = sentence.trimmed();
    if (sentence.endsWith(u'.'))
        sentence.chop(1);
    return sentence;
}

// Words about something that is not to be shown to who looks over one's shoulder.
bool looksSecret(const QString& name) {
    static const char* const kParts[] = {"PASSWORD", "PASSWD", "SECRET", "TOKEN", "KEY", "CREDENTIAL"};
    return std::any_of(std::begin(kParts), std::end(kParts), [&name](const char* part) {
        return name.contains(QLatin1String(part), Qt::CaseInsensitive);
    });
}

// How a property is written: "key: ", "key:" and an item below it, or "key:" and keys below it.
enum class Form { Scalar, List, Map };

bool mayBe(const SchemaNode& node, Form form) {
    const std::uint16_t types = node.types();
    switch (form) {
    case Form::Scalar:
        return (types & kScalars) != 0;
    case Form::List:
        return (types & schema::kList) != 0;
    case Form::Map:
        break;
    }
    return (types & schema::kMap) != 0;
}

// As the example has it; one value where one will do, otherwise.
Form usualForm(const SchemaNode& node) {
    const QString example = node.property == nullptr ? QString() : plain(node.property->example).trimmed();
    const bool isLong = example.contains(u'\n') || example.startsWith(u'{');
    if (mayBe(node, Form::List) && (example.startsWith(QLatin1String("- ")) || example.startsWith(u'[')))
        return Form::List;
    if (mayBe(node, Form::Map) && !example.startsWith(u'"') &&
        (isLong || (example.contains(QLatin1String(": ")) && !example.startsWith(u'['))))
        return Form::Map;
    for (const Form form : {Form::Scalar, Form::List, Form::Map}) {
        if (mayBe(node, form))
            return form;
    }
    return Form::Scalar;
}

QString written(const QString& key, Form form, int indent) {
    const QString below = QStringLiteral(":\n") + QString(indent + 2, u' ');
    switch (form) {
    case Form::Scalar:
        return key + QStringLiteral(": ");
    case Form::List:
        return key + below + QStringLiteral("- ");
    case Form::Map:
        break;
    }
    return key + below;
}

class Completer {
public:
    Completer(const ComposeOutline& outline, int position, const ComposeSurroundings& surroundings,
              bool isAsked)
        : m_outline(outline)
        , m_position(position)
        , m_all(surroundings)
        , m_isAsked(isAsked)
        , m_place(positionAt(outline, position)) {}

    CompletionOffer run() {
        if (const auto variable = variableBefore(m_outline, m_position))
            return variables(*variable);
        m_offer.begin = m_place.begin;
        m_offer.written = m_place.written;
        switch (m_place.kind) {
        case Kind::Nothing:
            m_offer.begin = m_position;
            return m_offer;
        case Kind::Key:
            addKeys();
            // A value may begin below its key.
            if (m_place.holder >= 0 && m_place.siblings.isEmpty())
                addValues();
            break;
        case Kind::Item:
            addValues();
            if (!m_place.isQuoted)
                addKeys();
            break;
        case Kind::Value:
            addValues();
            break;
        }
        sort();
        return m_offer;
    }

private:
    // What begins with what is written comes first, then what contains it; what will not work comes last.
    [[nodiscard]] int rankOf(const CompletionWord& word) const {
        const bool begins = word.text.startsWith(m_offer.written, Qt::CaseInsensitive);
        return (word.isFaint ? 2 : 0) + (begins ? 0 : 1);
    }
    void sort() {
        std::stable_sort(
            m_offer.words.begin(), m_offer.words.end(),
            [this](const CompletionWord& a, const CompletionWord& b) { return rankOf(a) < rankOf(b); });
        // The whole word alone is no news where values stand.
        if (m_place.kind != Kind::Key && m_offer.words.size() == 1 &&
            m_offer.words.front().text == m_offer.written)
            m_offer.words.clear();
        m_offer.isCertain = m_place.kind == Kind::Key && !m_offer.written.isEmpty() &&
                            !m_offer.words.isEmpty() && rankOf(m_offer.words.front()) == 0;
    }
    [[nodiscard]] bool fits(const QString& text) const {
        const QString& begin = m_offer.written;
        return text.startsWith(begin, Qt::CaseInsensitive) ||
               (begin.size() >= 2 && text.contains(begin, Qt::CaseInsensitive));
    }
    void add(CompletionWord word) {
        const bool isThere =
            std::any_of(m_offer.words.begin(), m_offer.words.end(),
                        [&word](const CompletionWord& each) { return each.text == word.text; });
        if (fits(word.text) && !isThere)
            m_offer.words.append(std::move(word));
    }

    // --- keys

    void addKeys() {
        if (m_place.schema == nullptr)
            return;
        for (const SchemaNode* node : m_place.schema->children) {
            if (!m_place.siblings.contains(node->name) && fits(node->name))
                addKey(*node);
        }
        if (m_place.schema->any == nullptr)
            return;
        for (const Reference& each : kReferences) {
            if (m_place.schema->path == QLatin1String(each.path))
                addNamedKeys(each);
        }
        addUndeclared();
        if (m_place.schema->path == QLatin1String("services") && m_isAsked && m_offer.written.isEmpty())
            m_offer.words.append({QStringLiteral("service"), Words::newService(),
                                  kCursorMark +
                                      written(QStringLiteral("service"), Form::Map, m_place.indent) +
                                      QStringLiteral("image: ")});
    }
    void addKey(const SchemaNode& node) {
        CompletionWord word;
        word.text = node.name;
        const schema::Property* property = node.property;
        if (property != nullptr) {
            word.isFaint = property->support == schema::Support::Refused;
            word.meaning = word.isFaint ? supportText(property->support) : inShort(propertyDoc(*property));
        }
        word.doc = propertyTip(node);
        const Form usual = usualForm(node);
        fill(word, node, usual);
        add(word);
        if (m_place.hasColon || word.isFaint)
            return;
        // The other way to write it, when there is one.
        for (const Form form : {Form::Scalar, Form::List, Form::Map}) {
            if (form == usual || !mayBe(node, form) || (form == Form::Map && !node.holdsKeys()) ||
                (form == Form::Scalar && usual == Form::List))
                continue;
            CompletionWord other = word;
            other.text += form == Form::Map    ? QStringLiteral(": …")
                          : form == Form::List ? QStringLiteral(": - …")
                                               : QStringLiteral(": value");
            other.meaning = form == Form::Map    ? Words::asMap()
                            : form == Form::List ? Words::asList()
                                                 : Words::asValue();
            fill(other, node, form);
            add(other);
        }
    }
    void fill(CompletionWord& word, const SchemaNode& node, Form form) const {
        word.insert = m_place.hasColon ? node.name : written(node.name, form, m_place.indent);
        word.isContinued = !m_place.hasColon;
    }
    void addNamedKeys(const Reference& reference) {
        for (const QString& name : m_all.*reference.names) {
            if (m_place.siblings.contains(name) || isOwnService(name, reference))
                continue;
            CompletionWord word{name, reference.meaning()};
            word.insert = m_place.hasColon ? name : written(name, Form::Map, m_place.indent);
            word.isContinued = !m_place.hasColon;
            add(word);
        }
    }
    // Names that services use and the file does not declare yet.
    void addUndeclared() {
        struct Use {
            const char* path;
            QString (*meaning)();
        };
        static const QHash<QString, Use> kUses{
            {QStringLiteral("volumes"), {"services.*.volumes[]", Words::volume}},
            {QStringLiteral("networks"), {"services.*.networks[]", Words::network}},
            {QStringLiteral("secrets"), {"services.*.secrets[]", Words::secret}},
            {QStringLiteral("configs"), {"services.*.configs[]", Words::config}}};
        const auto use = kUses.constFind(m_place.schema->path);
        if (use == kUses.constEnd())
            return;
        for (std::size_t i = 0; i < m_outline.entries().size(); ++i) {
            const OutlineEntry& entry = m_outline.entries()[i];
            if (!entry.isItem || entry.schema == nullptr || entry.schema->path != QLatin1String(use->path))
                continue;
            const QString name = m_outline.valueOf(static_cast<int>(i)).section(u':', 0, 0);
            const bool isName = !name.isEmpty() && !QStringView(u"./~$").contains(name.front());
            if (isName && !m_place.siblings.contains(name))
                add({name, use->meaning(), name + u':'});
        }
    }
    // A service neither waits for itself nor links to itself.
    [[nodiscard]] bool isOwnService(const QString& name, const Reference& reference) const {
        if (reference.names != &ComposeSurroundings::services)
            return false;
        for (int i = m_place.holder; i >= 0; i = m_outline.entry(i).parent) {
            const OutlineEntry& entry = m_outline.entry(i);
            if (entry.schema != nullptr && entry.schema->path == QLatin1String("services.*"))
                return entry.key == name;
        }
        return false;
    }

    // --- values

    void addValues() {
        if (m_place.schema == nullptr)
            return;
        const SchemaNode& node = *m_place.schema;
        for (const Reference& each : kReferences) {
            if (node.path == QLatin1String(each.path) && m_place.kind != Kind::Key)
                addNames(each);
        }
        const schema::Property* property = node.explained();
        if (property == nullptr)
            return;
        const QString doc = propertyTip(node);
        for (const QString& value : plain(property->values).split(u'|', Qt::SkipEmptyParts)) {
            if (!m_place.siblings.contains(value))
                addValue(value, {}, doc);
        }
        if (property->values.empty() && property == node.property) {
            for (const UsualValues& usual : kUsualValues) {
                if (node.path == QLatin1String(usual.path))
                    addUsual(QLatin1String(usual.values), doc);
            }
        }
        // Where texts may stand as well, true and false are seldom what is meant.
        const std::uint16_t types = node.types();
        if ((types & schema::kBoolean) != 0 && (m_isAsked || (types & schema::kText) == 0) &&
            !m_place.isQuoted) {
            addValue(QStringLiteral("true"), {}, doc);
            addValue(QStringLiteral("false"), {}, doc);
        }
        const QString example = plain(property->example);
        if (m_isAsked && m_offer.written.isEmpty() && property == node.property && (types & kScalars) != 0 &&
            !example.isEmpty() && !example.contains(u'\n') && !QStringView(u"[{-").contains(example.front()))
            addValue(example, Words::example(), doc);
    }
    void addUsual(const QString& values, const QString& doc) {
        for (QString value : values.split(u'|')) {
            if (m_place.isQuoted)
                value.remove(u'"');
            addValue(value, {}, doc);
        }
    }
    void addNames(const Reference& reference) {
        for (const QString& name : m_all.*reference.names) {
            if (isOwnService(name, reference))
                continue;
            const QString text = QLatin1String(reference.before) + name;
            if (!m_place.siblings.contains(text))
                addValue(text, reference.meaning(), {}, QLatin1String(reference.behind));
        }
    }
    void addValue(const QString& text, const QString& meaning, const QString& doc,
                  const QString& behind = {}) {
        CompletionWord word{text, meaning};
        word.doc = doc;
        if (!behind.isEmpty())
            word.insert = text + behind;
        add(word);
    }

    // --- variables

    CompletionOffer variables(const WrittenVariable& variable) {
        m_offer.begin = variable.begin;
        m_offer.written = variable.name;
        const int line = m_outline.lineAt(m_position);
        const QStringView behind = m_outline.line(line).mid(m_position - m_outline.lineBegin(line));
        const bool mustClose = variable.isBraced && !behind.startsWith(u'}');
        // The project's own come first: the environment has many.
        for (const bool isOfFile : {true, false}) {
            for (auto it = m_all.variables.cbegin(); it != m_all.variables.cend(); ++it) {
                if (it->isOfFile != isOfFile)
                    continue;
                const QString value = looksSecret(it.key())           ? QStringLiteral("•••")
                                      : it->value.size() > kMostValue ? it->value.left(kMostValue - 1) + u'…'
                                                                      : it->value;
                add({it.key(), value + QStringLiteral(" · ") + it->source,
                     mustClose ? it.key() + u'}' : QString()});
            }
        }
        std::stable_sort(
            m_offer.words.begin(), m_offer.words.end(),
            [this](const CompletionWord& a, const CompletionWord& b) { return rankOf(a) < rankOf(b); });
        if (m_isAsked && variable.isBraced && !variable.name.isEmpty())
            addOperators(variable.name, mustClose);
        return m_offer;
    }
    void addOperators(const QString& name, bool mustClose) {
        const auto add = [&](const char* sign, const QString& meaning) {
            const QString text = name + QLatin1String(sign);
            m_offer.words.append(
                {text, meaning, text + kCursorMark + (mustClose ? QStringLiteral("}") : QString())});
        };
        add(":-", Words::otherwise());
        add(":?", Words::needed());
        add(":+", Words::instead());
    }

    const ComposeOutline& m_outline;
    int m_position;
    const ComposeSurroundings& m_all;
    bool m_isAsked;
    ComposePosition m_place;
    CompletionOffer m_offer;
};

} // namespace

CompletionOffer completionAt(const ComposeOutline& outline, int position,
                             const ComposeSurroundings& surroundings, bool isAsked) {
    return Completer(outline, position, surroundings, isAsked).run();
}

} // namespace escale::gui
