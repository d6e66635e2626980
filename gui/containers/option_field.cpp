#include "gui/containers/option_field.h"

#include "gui/common/buttons.h"
#include "gui/containers/option_editor.h"
#include "gui/containers/option_text.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QSet>

namespace escale::gui {
namespace {

const QString kNoWords = QStringLiteral("\"\""); // docker run --entrypoint ""
const QString kNoCheck = QStringLiteral("NONE"); // of a Dockerfile's HEALTHCHECK

bool isHealthCommand(const DockerOption& option) {
    return qstrcmp(option.key, "health-command") == 0;
}
bool isEntrypoint(const DockerOption& option) {
    return qstrcmp(option.key, "entrypoint") == 0;
}

QStringList textsOf(const DockerOption& option, const QVariant& value) {
    if (!value.isValid())
        return {};
    if (isEntrypoint(option) && value.toStringList().isEmpty())
        return {kNoWords};
    if (isHealthCommand(option) && value.toStringList() == QStringList(kNoCheck))
        return {kNoCheck};
    return optionTexts(option, value);
}

Result<QVariant> valueOf(const DockerOption& option, const QStringList& texts) {
    if (isEntrypoint(option) && texts.value(0) == kNoWords)
        return QVariant(QStringList());
    if (isHealthCommand(option) && texts.value(0) == kNoCheck)
        return QVariant(QStringList(kNoCheck));
    return optionValue(option, texts);
}

// A name that stands in two rows: one of them would be lost.
QString twice(const DockerOption& option, const QStringList& texts) {
    const bool isNamed = option.form == DockerOption::Form::Map || qstrcmp(option.key, "environment") == 0;
    const QChar separator = qstrcmp(option.key, "tmpfs") == 0 ? u':' : u'=';
    QSet<QString> names;
    for (const QString& text : texts) {
        const QString name = text.section(separator, 0, 0);
        if (isNamed && names.contains(name))
            return name;
        names.insert(name);
    }
    return {};
}

QString flagText(const DockerOption& option) {
    if (*option.flag == '\0')
        return {};
    const QString flag = QStringLiteral("--") + QLatin1String(option.flag);
    if (qstrcmp(option.key, "mounts") == 0)
        return QStringLiteral("-v, ") + flag;
    return option.letter == 0 ? flag : QStringLiteral("-%1, %2").arg(QLatin1Char(option.letter)).arg(flag);
}

// Options of --security-opt have no flag of their own.
QString shownFlag(const DockerOption& option) {
    const QString flag = flagText(option);
    const QString key = QString::fromLatin1(option.key);
    if (!flag.isEmpty() || key == QLatin1String("secrets") || key == QLatin1String("image") ||
        key == QLatin1String("command"))
        return flag;
    return key == QLatin1String("restart-max") ? QStringLiteral("--restart on-failure:N")
                                               : QStringLiteral("--security-opt ") + key;
}

} // namespace

OptionField::OptionField(const DockerOption& option, QWidget* parent)
    : QWidget(parent)
    , m_option(option) {
    const OptionText text = optionText(key());
    m_title = text.title;
    m_explanation = text.explanation;
    setObjectName(QStringLiteral("runForm.field.") + key());
    m_editor = makeEditor(option, QStringLiteral("runForm.") + key(), this);
    m_editor->setPlaceholder(text.placeholder);
    m_words = label({}, "muted", this);
    m_words->setObjectName(QStringLiteral("runForm.words.") + key());
    m_words->setWordWrap(true);
    auto* flag = label(shownFlag(option), "flag", this);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    if (option.form == DockerOption::Form::Flag)
        head->addWidget(m_editor);
    else
        head->addWidget(label(m_title, "field", this));
    head->addWidget(flag);
    head->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    if (option.form != DockerOption::Form::Flag)
        column->addWidget(m_editor);
    column->addWidget(m_words);
    // What a neighbour in the row has more of stays empty below.
    column->addStretch(1);
    setFocusProxy(m_editor->focusProxy());
    connect(m_editor, &OptionEditor::edited, this, [this] {
        m_failure.clear();
        check();
        Q_EMIT changed();
    });
    connect(m_editor, &OptionEditor::failed, this, [this](const QString& why) {
        m_failure = why;
        showWords();
    });
    check();
}

void OptionField::setValue(const QVariant& value) {
    m_editor->setTexts(textsOf(m_option, value));
    m_given = value;
    m_givenTexts = m_editor->texts();
    m_failure.clear();
    check();
}

std::optional<QVariant> OptionField::value() const {
    return m_value;
}

void OptionField::setTexts(const QStringList& texts) {
    m_editor->setTexts(texts);
    check();
    Q_EMIT changed();
}

QStringList OptionField::texts() const {
    return m_editor->texts();
}

QString OptionField::problem() const {
    return m_problem.isEmpty() ? m_conflict : m_problem;
}

void OptionField::check() {
    m_value.reset();
    m_problem.clear();
    const QStringList texts = m_editor->texts();
    if (m_given.isValid() && texts == m_givenTexts) {
        m_value = m_given;
    } else if (!texts.isEmpty()) {
        const auto value = valueOf(m_option, texts);
        if (!value)
            m_problem = QString::fromStdString(value.error().message);
        else if (const QString name = twice(m_option, texts); !name.isEmpty())
            m_problem = tr("“%1” stands here twice.").arg(name);
        else
            m_value = *value;
    }
    showWords();
}

void OptionField::setConflict(const QString& conflict) {
    if (conflict == m_conflict)
        return;
    m_conflict = conflict;
    showWords();
}

void OptionField::setPlaceholder(const QString& text) {
    m_editor->setPlaceholder(text);
}

void OptionField::setWarning(const QString& text) {
    m_warning = text;
    showWords();
}

void OptionField::showWords() {
    const QString wrong = problem().isEmpty() ? m_failure : problem();
    const bool warns = wrong.isEmpty() && !m_warning.isEmpty() && m_value.has_value();
    const QString words = !wrong.isEmpty() ? wrong : warns ? m_warning : m_explanation;
    m_editor->markInvalid(!wrong.isEmpty());
    const char* role = !wrong.isEmpty() ? "problem" : warns ? "warning" : "muted";
    if (m_words->text() == words && m_words->property("role") == QLatin1String(role))
        return;
    m_words->setText(words);
    setLook(m_words, "role", QString::fromLatin1(role));
    if (QWidget* field = focusProxy()) {
        field->setAccessibleDescription(words);
        if (!wrong.isEmpty() && field->hasFocus()) {
            QAccessibleEvent event(field, QAccessible::DescriptionChanged);
            QAccessible::updateAccessibility(&event);
        }
    }
}

} // namespace escale::gui
