#include "gui/containers/command_line.h"

#include "gui/common/buttons.h"
#include "gui/containers/docker_command.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QToolButton>

namespace escale::gui {
namespace {

constexpr int kPause = 250; // milliseconds
constexpr int kFewestLines = 2;
constexpr int kMostLines = 4;
constexpr int kMostNotes = 3; // the pages above want the room

/// Gives ports without an address the one of this computer; says whether there were any.
bool keepPortsHere(RunRequest& request) {
    const QString key = QStringLiteral("publish");
    QStringList ports = request.options.value(key).toStringList();
    bool found = false;
    for (QString& port : ports) {
        const auto colons = port.section(u'/', 0, 0).count(u':');
        if (colons > 1)
            continue;
        port.prepend(colons == 1 ? QStringLiteral("127.0.0.1:") : QStringLiteral("127.0.0.1::"));
        found = true;
    }
    if (found)
        request.options.insert(key, ports);
    return found;
}

} // namespace

CommandLine::CommandLine(QWidget* parent)
    : QWidget(parent)
    , m_edit(new QPlainTextEdit(this))
    , m_words(label({}, "muted", this)) {
    m_edit->setObjectName(QStringLiteral("commandLine.text"));
    m_edit->setProperty("framed", true);
    m_edit->setAccessibleName(tr("The same as a docker command"));
    m_edit->setPlaceholderText(tr("Paste a docker run line here, and the fields fill themselves."));
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_edit->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_edit->setTabChangesFocus(true);
    m_words->setObjectName(QStringLiteral("commandLine.words"));
    m_words->setWordWrap(true);
    auto* title = label(tr("As a doc&ker command: edit it, or paste one"), "field", this);
    title->setBuddy(m_edit);
    QToolButton* copy = flatButton(QStringLiteral("copy"), tr("Copy the command"), this);
    copy->setObjectName(QStringLiteral("commandLine.copy"));
    connect(copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_edit->toPlainText()); });
    auto* head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(copy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_edit);
    column->addWidget(m_words);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &CommandLine::read);
    connect(m_edit->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &CommandLine::fitHeight);
    fitHeight();
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_setting)
            m_pause.start();
    });
    showWords({}, "muted");
}

// As high as the line needs, within limits: the pages above want the room.
void CommandLine::fitHeight() {
    const int lines =
        std::clamp(int(m_edit->document()->size().height()), kFewestLines, kMostLines); // counted in lines
    m_edit->setFixedHeight(m_edit->fontMetrics().lineSpacing() * lines + 22);
}

QString CommandLine::text() const {
    return m_edit->toPlainText();
}

void CommandLine::setRequest(const RunRequest& request) {
    if (m_entered && *m_entered == request)
        return;
    m_entered.reset();
    m_pause.stop();
    m_problem.clear();
    m_setting = true;
    m_edit->setPlainText(dockerRunLine(request));
    m_setting = false;
    showWords({}, "muted");
}

void CommandLine::read() {
    auto parsed = parseDockerRun(m_edit->toPlainText());
    if (!parsed) {
        m_entered.reset();
        m_problem = QString::fromStdString(parsed.error().message);
        showWords(m_problem, "problem");
        Q_EMIT problemChanged();
        return;
    }
    QStringList words = parsed->warnings;
    if (keepPortsHere(parsed->request))
        words.prepend(
            tr("Ports without an address are published to this computer only; choose 0.0.0.0 to let "
               "your network in."));
    m_problem.clear();
    m_entered = parsed->request;
    const QString all = words.join(u'\n');
    if (words.size() > kMostNotes) {
        const int more = int(words.size()) - (kMostNotes - 1);
        words = words.mid(0, kMostNotes - 1);
        words.append(tr("and %n more note(s)", nullptr, more));
    }
    showWords(words.join(u'\n'), "warning");
    m_words->setToolTip(all);
    Q_EMIT entered(parsed->request);
    Q_EMIT problemChanged();
}

void CommandLine::showWords(const QString& words, const char* role) {
    m_words->setText(words);
    m_words->setToolTip({});
    m_words->setVisible(!words.isEmpty());
    setLook(m_words, "role", QString::fromLatin1(role));
    m_edit->setAccessibleDescription(words);
}

} // namespace escale::gui
