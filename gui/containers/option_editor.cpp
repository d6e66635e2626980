#include "gui/containers/option_editor.h"

#include "gui/common/buttons.h"
#include "gui/containers/env_file.h"
#include "gui/containers/option_text.h"
#include "gui/containers/row_list.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>

namespace escale::gui {
namespace {

constexpr int kLongestLine = 1 << 20; // a profile or a certificate in a variable
const QString kContainer = QStringLiteral("container:");
const QString kFile = QStringLiteral("file:"); // no option has such a text

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

QHBoxLayout* bareRow(QWidget* parent) {
    auto* row = new QHBoxLayout(parent);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    return row;
}

} // namespace

void markInvalid(QWidget* field, bool invalid) {
    setLook(field, "invalid", invalid);
}

LineEditor::LineEditor(const QString& objectName, const QString& name, QWidget* parent)
    : OptionEditor(parent)
    , m_line(new QLineEdit(this)) {
    m_line->setObjectName(objectName);
    m_line->setAccessibleName(name);
    m_line->setMaxLength(kLongestLine);
    bareRow(this)->addWidget(m_line);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &OptionEditor::edited);
}

QStringList LineEditor::texts() const {
    const QString text = m_line->text().trimmed();
    return text.isEmpty() ? QStringList() : QStringList(text);
}

void LineEditor::setTexts(const QStringList& texts) {
    const QSignalBlocker quiet(this);
    m_line->setText(texts.value(0));
    m_line->setCursorPosition(0);
}

void LineEditor::setPlaceholder(const QString& text) {
    m_line->setPlaceholderText(text);
}

void LineEditor::markInvalid(bool invalid) {
    gui::markInvalid(m_line, invalid);
}

TickEditor::TickEditor(const QString& objectName, const QString& name, bool unset, QWidget* parent)
    : OptionEditor(parent)
    , m_box(new QCheckBox(name, this))
    , m_unset(unset) {
    m_box->setObjectName(objectName);
    m_box->setChecked(unset);
    bareRow(this)->addWidget(m_box);
    setFocusProxy(m_box);
    connect(m_box, &QCheckBox::toggled, this, &OptionEditor::edited);
}

QStringList TickEditor::texts() const {
    if (m_box->isChecked() == m_unset)
        return {};
    return {m_unset ? QStringLiteral("false") : QStringLiteral("true")};
}

void TickEditor::setTexts(const QStringList& texts) {
    const QSignalBlocker quiet(this);
    m_box->setChecked(texts.isEmpty() ? m_unset : texts.first() == QLatin1String("true"));
}

ChoiceEditor::ChoiceEditor(const QString& objectName, const QString& name, const QList<OptionChoice>& choices,
                           QWidget* parent)
    : OptionEditor(parent)
    , m_box(new QComboBox(this))
    , m_container(new QLineEdit(this)) {
    m_box->setObjectName(objectName);
    m_box->setAccessibleName(name);
    // Long words must not make the dialog wide.
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(12);
    for (const OptionChoice& choice : choices)
        m_box->addItem(choice.words, choice.text);
    m_unsetText = choices.value(0).same;
    m_container->setObjectName(objectName + QStringLiteral(".container"));
    m_container->setAccessibleName(tr("Name of the container"));
    m_container->setPlaceholderText(tr("its name"));
    m_container->hide();
    QHBoxLayout* row = bareRow(this);
    row->addWidget(m_box, 3);
    row->addWidget(m_container, 2);
    setFocusProxy(m_box);
    connect(m_box, &QComboBox::currentIndexChanged, this, &ChoiceEditor::chosen);
    connect(m_container, &QLineEdit::textChanged, this, &OptionEditor::edited);
}

QStringList ChoiceEditor::texts() const {
    const QString text = m_box->currentData().toString();
    if (text.isEmpty())
        return {};
    return {text == kContainer ? kContainer + m_container->text().trimmed() : text};
}

void ChoiceEditor::setTexts(const QStringList& texts) {
    const QSignalBlocker quiet(this);
    const QString text = texts.value(0);
    int index = text == m_unsetText ? 0 : m_box->findData(text);
    if (index < 0 && text.startsWith(kContainer) && m_box->findData(kContainer) >= 0) {
        index = m_box->findData(kContainer);
        m_container->setText(text.mid(kContainer.size()));
    }
    if (index < 0) {
        index = 0;
        while (index < m_box->count() && m_box->itemData(index).toString() != kFile)
            ++index;
        m_box->insertItem(index, text.startsWith(u'{') ? tr("a profile of its own") : text, text);
    }
    m_box->setCurrentIndex(index);
}

void ChoiceEditor::markInvalid(bool invalid) {
    gui::markInvalid(m_box, invalid && m_container->isHidden());
    gui::markInvalid(m_container, invalid);
}

void ChoiceEditor::offer(const QString& text, const QString& words) {
    if (const int known = m_box->findData(text); known >= 0)
        return m_box->setItemText(known, words); // it is the one that is set
    int place = 1;
    while (place < m_box->count() && m_offered.contains(m_box->itemData(place).toString()))
        ++place;
    const QSignalBlocker quiet(m_box); // the choice stays the same
    m_box->insertItem(place, words, text);
    m_offered.insert(text);
    m_before = m_box->currentIndex();
}

void ChoiceEditor::offerFile(const QString& words) {
    m_box->addItem(words, kFile);
}

void ChoiceEditor::chosen() {
    const QString text = m_box->currentData().toString();
    if (text == kFile) {
        const QSignalBlocker quiet(m_box);
        m_box->setCurrentIndex(m_before);
        return chooseFile();
    }
    m_before = m_box->currentIndex();
    m_container->setVisible(text == kContainer);
    if (m_container->isVisible() && !signalsBlocked())
        m_container->setFocus();
    Q_EMIT edited();
}

void ChoiceEditor::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Choose a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ChoiceEditor::takeFile);
    dialog->open();
}

void ChoiceEditor::takeFile(const QString& path) {
    const auto content = readSmallFile(path);
    if (!content) {
        Q_EMIT failed(QString::fromStdString(content.error().message));
        return;
    }
    setTexts({QString::fromUtf8(*content).trimmed()});
    Q_EMIT edited();
}

QList<OptionChoice> optionChoices(const QString& key) {
    const QString host = QStringLiteral("host");
    const QString none = QStringLiteral("none");
    const QString own = QStringLiteral("private");
    const QString open = QStringLiteral("unconfined");
    const OptionChoice shared{kContainer, translate("OptionChoice", "Those of another container")};
    if (key == QLatin1String("restart"))
        return {{{}, translate("OptionChoice", "Leave it stopped"), QStringLiteral("no")},
                {QStringLiteral("on-failure"), translate("OptionChoice", "Start it again after a failure")},
                {QStringLiteral("unless-stopped"),
                 translate("OptionChoice", "Start it again unless you stopped it")},
                {QStringLiteral("always"), translate("OptionChoice", "Always start it again")}};
    if (key == QLatin1String("network"))
        return {{{},
                 translate("OptionChoice", "Bridge: an address of its own and a way out"),
                 QStringLiteral("bridge")},
                {none, translate("OptionChoice", "None: cut off")},
                {host, translate("OptionChoice", "Host: this computer's own, no wall between")},
                {kContainer, translate("OptionChoice", "That of another container")}};
    if (key == QLatin1String("ipc"))
        return {{{}, translate("OptionChoice", "Its own"), own},
                {QStringLiteral("shareable"), translate("OptionChoice", "Its own, open to other containers")},
                {none, translate("OptionChoice", "Its own, without /dev/shm")},
                {host, translate("OptionChoice", "This computer's")},
                shared};
    if (key == QLatin1String("pid"))
        return {{{}, translate("OptionChoice", "Its own")},
                {host, translate("OptionChoice", "All of this computer")},
                shared};
    if (key == QLatin1String("uts"))
        return {{{}, translate("OptionChoice", "One of its own")},
                {host, translate("OptionChoice", "This computer's")}};
    if (key == QLatin1String("userns"))
        return {{{}, translate("OptionChoice", "Root inside is nobody outside")},
                {host, translate("OptionChoice", "Root inside is root outside")}};
    if (key == QLatin1String("cgroupns"))
        return {{{}, translate("OptionChoice", "Its own branch"), own},
                {host, translate("OptionChoice", "This computer's whole tree")}};
    if (key == QLatin1String("log-driver"))
        return {
            {{}, translate("OptionChoice", "Kept in files, limited in size"), QStringLiteral("json-file")},
            {none, translate("OptionChoice", "Thrown away")}};
    if (key == QLatin1String("seccomp"))
        return {{{}, translate("OptionChoice", "Those that containers need")},
                {open, translate("OptionChoice", "All of them")}};
    if (key == QLatin1String("systempaths"))
        return {{{}, translate("OptionChoice", "Hidden")}, {open, translate("OptionChoice", "In sight")}};
    return {};
}

OptionEditor* makeEditor(const DockerOption& option, const QString& objectName, QWidget* parent) {
    using Form = DockerOption::Form;
    const QString key = QString::fromLatin1(option.key);
    const QString name = optionText(key).title;
    if (option.form == Form::Flag)
        return new TickEditor(objectName, name, key == QLatin1String("no-new-privileges"), parent);
    if (option.form == Form::List || option.form == Form::Map) {
        auto* rows = new RowList(rowShape(key), objectName, name, parent);
        rows->setRule(option.rule);
        return rows;
    }
    const QList<OptionChoice> choices = optionChoices(key);
    if (choices.isEmpty())
        return new LineEditor(objectName, name, parent);
    auto* choice = new ChoiceEditor(objectName, name, choices, parent);
    if (key == QLatin1String("seccomp"))
        choice->offerFile(translate("OptionChoice", "Those of a profile in a file…"));
    return choice;
}

} // namespace escale::gui
