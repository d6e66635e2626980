#include "gui/build/dockerfile_editor.h"

#include "gui/build/build_context.h"
#include "gui/build/dockerfile_highlighter.h"
#include "gui/build/lint_edits.h"
#include "gui/build/lint_findings_model.h"
#include "gui/build/lint_panel.h"
#include "gui/build/lint_text.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/find_bar.h"
#include "gui/common/table.h"

#include <QApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QMenu>
#include <QPointer>
#include <QShortcut>
#include <QSplitter>
#include <QTextBlock>
#include <QThreadPool>
#include <QVBoxLayout>

namespace escale::gui {

static constexpr qint64 kLargest = 1024 * 1024; // bytes
static constexpr int kMostFiles = 2000;         // of a folder, for completion

DockerfileEditor::DockerfileEditor(QWidget* parent)
    : QWidget(parent)
    , m_text(new DockerfileText(this))
    , m_highlighter(new DockerfileHighlighter(m_text->document()))
    , m_linter(new LintRunner(this))
    , m_find(new FindBar(QStringLiteral("dockerfileEditor"), tr("Find in the Dockerfile"), m_text, this))
    , m_panel(new LintPanel(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this)) {
    setObjectName(QStringLiteral("dockerfileEditor"));
    m_text->setObjectName(QStringLiteral("dockerfileEditor.text"));
    m_text->setAccessibleName(tr("Dockerfile"));
    m_text->setAccessibleDescription(
        tr("Ctrl+Space completes, Ctrl+. shows quick fixes, F8 goes to the next finding, F6 to their list"));
    m_text->setContextMenuPolicy(Qt::CustomContextMenu);
    buildLayout();
    connectParts();
    makeShortcuts();
    renewSource();
}

void DockerfileEditor::buildLayout() {
    m_splitter->setProperty("divided", true);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_text);
    m_splitter->addWidget(m_panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setCollapsible(0, false);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_isSized = true; });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_error);
    column->addWidget(m_confirmation);
    column->addWidget(m_find);
    column->addWidget(m_splitter, 1);
    setFocusProxy(m_text);
}

void DockerfileEditor::connectParts() {
    m_highlighter->setSight([this] { return m_text->sight(); });
    m_highlighter->setPalette(palette());
    m_text->setFileLister([this](const QString& folder) { listFiles(folder); });
    m_text->setTips([this](int position) { return tipAt(position); });
    connect(m_text, &CodeText::linesMoved, this, &DockerfileEditor::moveFindings);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (m_text->changes() == m_changes)
            return; // colours alone
        renewSource();
        Q_EMIT textChanged();
    });
    connect(m_text, &QPlainTextEdit::modificationChanged, this, &DockerfileEditor::modifiedChanged);
    connect(m_text, &QWidget::customContextMenuRequested, this, &DockerfileEditor::showMenu);
    connect(m_text, &CodeText::markPressed, this, &DockerfileEditor::showFixes);
    connect(m_linter, &LintRunner::reported, this, &DockerfileEditor::report);
    connect(m_panel, &LintPanel::jumpRequested, this, [this](const LintFinding& finding) {
        m_text->showLine(finding.range.begin.line, m_source->column(finding.range.begin));
        m_text->setFocus(Qt::OtherFocusReason);
    });
    connect(m_panel, &LintPanel::fixRequested, this, &DockerfileEditor::applyFix);
    connect(m_panel, &LintPanel::ignoreRequested, this, &DockerfileEditor::ignoreFinding);
    connect(m_panel, &LintPanel::fixAllRequested, this, &DockerfileEditor::fixAll);
}

void DockerfileEditor::makeShortcuts() {
    const auto add = [this](const QKeySequence& keys, auto act) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add(QKeySequence::Find, [this] { m_find->activate(); });
    add(QKeySequence::FindNext, [this] { m_find->findNext(false); });
    add(QKeySequence::FindPrevious, [this] { m_find->findNext(true); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { showFixes(m_text->currentLine()); });
    add(QKeySequence(Qt::Key_F8), [this] { goToFinding(false); });
    add(QKeySequence(Qt::SHIFT | Qt::Key_F8), [this] { goToFinding(true); });
    add(QKeySequence(Qt::Key_F6), [this] {
        QWidget* to = m_text->hasFocus() && m_panel->table().isVisible()
                          ? static_cast<QWidget*>(&m_panel->table())
                          : m_text;
        to->setFocus(Qt::ShortcutFocusReason);
    });
}

// --- the file

void DockerfileEditor::open(const QString& path) {
    m_error->dismiss();
    if (const Result<void> done = read(path); !done)
        m_error->show(done.error(), tr("Open %1").arg(path));
}

Result<void> DockerfileEditor::read(const QString& path) {
    TRY_ASSIGN(const QString text, m_file.read(path, kLargest));
    m_linter->setPlace(m_file.path(), m_contextFolder);
    m_text->setPlainText(text);
    m_text->document()->setModified(false);
    return {};
}

void DockerfileEditor::setPath(const QString& path) {
    m_file.setPath(path);
    m_linter->setPlace(path, m_contextFolder);
}

QString DockerfileEditor::text() const {
    return m_text->content();
}

void DockerfileEditor::setText(const QString& text) {
    m_text->replaceContent(text);
}

bool DockerfileEditor::isModified() const {
    return m_text->document()->isModified();
}

Result<void> DockerfileEditor::save() {
    m_error->dismiss();
    const QString path = m_file.path();
    if (path.isEmpty())
        return fail(ErrorCode::WrongState, "the Dockerfile has no name yet",
                    "Choose where it is to be saved.");
    if (m_file.isChanged()) {
        m_confirmation->ask(tr("%1 was changed meanwhile by somebody else.").arg(QFileInfo(path).fileName()),
                            tr("Replace it"), [this] {
                                if (const Result<void> done = write(); !done)
                                    m_error->show(done.error(), tr("Save %1").arg(m_file.path()));
                            });
        return fail(ErrorCode::WrongState, path.toStdString() + " was changed meanwhile by somebody else");
    }
    return write();
}

Result<void> DockerfileEditor::write() {
    TRY(m_file.write(text()));
    m_text->document()->setModified(false);
    Q_EMIT saved(m_file.path());
    return {};
}

// --- what surrounds it

void DockerfileEditor::setContextFolder(const QString& folder) {
    m_contextFolder = folder;
    m_linter->setPlace(m_file.path(), m_contextFolder);
}

void DockerfileEditor::setImageNames(const QStringList& names) {
    m_text->setImageNames(names);
}

void DockerfileEditor::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitPanel();
}

// The text has the room that the findings do not need, until somebody has said otherwise.
void DockerfileEditor::fitPanel() {
    const int whole = m_splitter->height();
    if (m_isSized || whole == 0)
        return;
    const int findings = std::min(m_panel->wantedHeight(), whole * 9 / 20);
    m_splitter->setSizes({whole - findings - m_splitter->handleWidth(), findings});
}

void DockerfileEditor::showLine(int line) {
    m_text->showLine(line);
}

void DockerfileEditor::markStep(int line, DockerfileText::StepState state) {
    m_text->markStep(line, state);
}

void DockerfileEditor::clearSteps() {
    m_text->clearSteps();
}

void DockerfileEditor::listFiles(const QString& folder) {
    if (m_contextFolder.isEmpty())
        return m_text->giveFiles(folder, {});
    QThreadPool::globalInstance()->start(
        [self = QPointer(this), context = m_contextFolder, path = m_file.path(), folder] {
            const IgnoreFile ignored = findIgnoreFile(context, path).value_or(IgnoreFile());
            const QStringList entries = listContextFolder(context, folder, ignored, kMostFiles);
            QMetaObject::invokeMethod(
                qApp,
                [self, context, folder, entries] {
                    if (self != nullptr && self->m_contextFolder == context)
                        self->m_text->giveFiles(folder, entries);
                },
                Qt::QueuedConnection);
        });
}

// --- colours and findings

void DockerfileEditor::renewSource() {
    m_changes = m_text->changes();
    m_source = std::make_shared<const DockerfileSource>(m_text->content());
    m_highlighter->setSource(m_source);
    m_linter->setSource(m_source);
}

void DockerfileEditor::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        m_highlighter->setPalette(palette());
        markFindings();
    }
}

void DockerfileEditor::report(const LintReport& report) {
    m_highlighter->setFindings(*report.source, report.findings);
    m_panel->setFindings(report.findings, report.note);
    fitPanel();
    markFindings();
    const auto count = [&](LintSeverity severity) {
        return static_cast<int>(std::count_if(report.findings.begin(), report.findings.end(),
                                              [&](const auto& each) { return each.severity == severity; }));
    };
    m_errors = count(LintSeverity::Error);
    m_warnings = count(LintSeverity::Warning);
    Q_EMIT findingsChanged(m_errors, m_warnings);
    if (const auto act = std::exchange(m_whenLinted, {}))
        act();
}

void DockerfileEditor::moveFindings(int line, int by) {
    m_highlighter->shiftUnderlines(line, by);
    m_panel->model().shiftLines(line, by);
    markFindings();
}

// The gravest of each line.
void DockerfileEditor::markFindings() {
    std::map<int, LintSeverity> gravest;
    for (const LintFinding& finding : m_panel->model().findings()) {
        const auto [found, isNew] = gravest.emplace(finding.range.begin.line, finding.severity);
        if (!isNew)
            found->second = std::min(found->second, finding.severity);
    }
    std::map<int, QColor> colors;
    for (const auto& [line, severity] : gravest)
        colors[line] = severityColor(severity, palette());
    m_text->setMarks(std::move(colors));
}

void DockerfileEditor::whenLinted(std::function<void()> act) {
    if (m_linter->isUpToDate())
        return act();
    m_whenLinted = std::move(act);
    m_linter->hurry();
}

QString DockerfileEditor::tipAt(int position) const {
    const QTextBlock block = m_text->document()->findBlock(position);
    const int line = block.blockNumber() + 1;
    const int column = position - block.position();
    QStringList tips;
    for (const LintFinding& finding : m_panel->model().findings()) {
        if (finding.range.begin.line != line)
            continue;
        const int begin = m_source->column(finding.range.begin);
        const int end = finding.range.end.line == line ? m_source->column(finding.range.end) : block.length();
        if (column >= begin && column <= std::max(end, begin + 1))
            tips.append(findingTip(finding));
    }
    if (!tips.isEmpty())
        return tips.join(QStringLiteral("<hr>"));
    const Instruction* instruction = m_source->instructionAt(line);
    if (instruction == nullptr || instruction->keywordRange.begin.line != line ||
        column < m_source->column(instruction->keywordRange.begin) ||
        column > m_source->column(instruction->keywordRange.end))
        return {};
    return QStringLiteral("<b>%1</b>: %2")
        .arg(QString::fromStdString(upperCase(instruction->spelling)),
             instructionMeaning(instruction->keyword).toHtmlEscaped());
}

void DockerfileEditor::goToFinding(bool isBackwards) {
    std::optional<int> next;
    const int here = m_text->currentLine();
    const auto& findings = m_panel->model().findings();
    for (const LintFinding& finding : findings) {
        const int line = finding.range.begin.line;
        if (isBackwards ? line < here : line > here)
            next = !next ? line : isBackwards ? std::max(*next, line) : std::min(*next, line);
    }
    if (!next && !findings.empty())
        next = isBackwards ? findings.back().range.begin.line : findings.front().range.begin.line;
    if (!next)
        return;
    m_text->showLine(*next);
    m_panel->selectLine(*next);
}

// --- fixes

void DockerfileEditor::applyFix(const LintFinding& finding) {
    // Its places are of the text it was found in: when that is another by now, the same finding is looked
    // for in what the linter says of this one.
    whenLinted([this, rule = finding.rule, line = finding.range.begin.line] {
        for (const LintFinding& each : m_panel->model().findings()) {
            if (each.rule == rule && each.range.begin.line == line && each.fix)
                return setText(QString::fromStdString(applyEdits(m_source->utf8(), each.fix->edits)));
        }
    });
}

void DockerfileEditor::fixAll() {
    whenLinted([this] { m_linter->fixAll([this](const QString& text) { setText(text); }); });
}

void DockerfileEditor::ignoreFinding(const LintFinding& finding) {
    if (!finding.rule.empty())
        setText(withIgnoreComment(*m_source, finding));
}

QMenu* DockerfileEditor::fixMenu(int line) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("dockerfileEditor.fixes"));
    std::vector<LintFinding> here;
    for (const LintFinding& finding : m_panel->model().findings()) {
        if (finding.range.begin.line <= line && line <= finding.range.end.line)
            here.push_back(finding);
    }
    for (const LintFinding& finding : here) {
        if (finding.fix)
            connect(menu->addAction(QStringLiteral("%1 (%2)").arg(findingFix(finding), findingCode(finding))),
                    &QAction::triggered, this, [this, finding] { applyFix(finding); });
    }
    menu->addSeparator();
    for (const LintFinding& finding : here) {
        if (finding.rule.empty())
            continue;
        connect(menu->addAction(tr("Ignore %1 here").arg(findingCode(finding))), &QAction::triggered, this,
                [this, finding] { ignoreFinding(finding); });
        if (const QUrl link = findingLink(finding); !link.isEmpty())
            connect(menu->addAction(tr("Read about %1").arg(findingCode(finding))), &QAction::triggered, this,
                    [link] { QDesktopServices::openUrl(link); });
    }
    if (!menu->actions().isEmpty() && menu->actions().size() > 1)
        return menu;
    menu->deleteLater();
    return nullptr;
}

void DockerfileEditor::showFixes(int line) {
    whenLinted([this, line] {
        if (QMenu* menu = fixMenu(line)) {
            const QRect where = m_text->cursorRect();
            menu->popup(m_text->viewport()->mapToGlobal(where.bottomLeft()));
        }
    });
}

void DockerfileEditor::showMenu(const QPoint& place) {
    QMenu* menu = m_text->createStandardContextMenu(place);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int line = m_text->cursorForPosition(place).blockNumber() + 1;
    QAction* first = menu->actions().isEmpty() ? nullptr : menu->actions().front();
    if (QMenu* fixes = fixMenu(line)) {
        fixes->setParent(menu, fixes->windowFlags());
        const auto actions = fixes->actions();
        menu->insertActions(first, actions);
        menu->insertSeparator(first);
    }
    menu->addSeparator();
    auto* comment = menu->addAction(tr("Comment out, or in"), m_text, &CodeText::toggleComment);
    comment->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Slash));
    menu->popup(m_text->mapToGlobal(place));
}

void DockerfileEditor::finish() {
    m_highlighter->finish();
}

} // namespace escale::gui
