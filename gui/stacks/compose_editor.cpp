#include "gui/stacks/compose_editor.h"

#include "gui/common/code_text.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/find_bar.h"
#include "gui/common/table.h"
#include "gui/stacks/compose_paths.h"
#include "gui/stacks/compose_problems_panel.h"
#include "gui/stacks/compose_text.h"

#include <QApplication>
#include <QFileInfo>
#include <QMenu>
#include <QPointer>
#include <QProcessEnvironment>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>

namespace escale::gui {

using Gravity = compose::Problem::Severity;

static constexpr qint64 kLargest = 4 * 1024 * 1024; // bytes, as the loader's
static constexpr int kMostFiles = 2000;             // of a folder, for completion

static bool isComposeFile(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1String("yaml") || suffix == QLatin1String("yml");
}

ComposeEditor::ComposeEditor(QWidget* parent)
    : QWidget(parent)
    , m_surroundings(std::make_shared<ComposeSurroundings>())
    , m_check(new ComposeCheck([this] { return request(); }, this))
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_find(new FindBar(QStringLiteral("composeEditor"), tr("Find in the file"), nullptr, this))
    , m_problems(new ComposeProblemsPanel(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this)) {
    setObjectName(QStringLiteral("composeEditor"));
    m_tabs->setObjectName(QStringLiteral("composeEditor.files"));
    m_tabs->setAccessibleName(tr("Files of the stack"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->hide();
    buildLayout();
    connectParts();
    makeShortcuts();
}

ComposeEditor::~ComposeEditor() = default;

void ComposeEditor::buildLayout() {
    m_splitter->setProperty("divided", true);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_problems);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setCollapsible(0, false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_error);
    column->addWidget(m_confirmation);
    column->addWidget(m_find);
    column->addWidget(m_splitter, 1);
    setFocusProxy(m_stack);
}

void ComposeEditor::connectParts() {
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] { m_isSized = true; });
    connect(m_tabs, &QTabBar::currentChanged, this, &ComposeEditor::showPage);
    connect(m_check, &ComposeCheck::reported, this, &ComposeEditor::report);
    connect(m_problems, &ComposeProblemsPanel::jumpRequested, this, &ComposeEditor::jump);
    // What is to be done about the one that is chosen takes room, too.
    connect(&m_problems->table(), &Table::currentIdChanged, this, &ComposeEditor::fitPanel);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ComposeEditor::renewFromDisk);
}

void ComposeEditor::makeShortcuts() {
    const auto add = [this](const QKeySequence& keys, auto act) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add(QKeySequence::Find, [this] { m_find->activate(); });
    add(QKeySequence::FindNext, [this] { m_find->findNext(false); });
    add(QKeySequence::FindPrevious, [this] { m_find->findNext(true); });
    add(QKeySequence(Qt::Key_F1), [this] { explainHere(); });
    add(QKeySequence(Qt::Key_F8), [this] { goToNextProblem(false); });
    add(QKeySequence(Qt::SHIFT | Qt::Key_F8), [this] { goToNextProblem(true); });
    add(QKeySequence(Qt::Key_F6), [this] {
        ComposeText* text = editor();
        if (text == nullptr)
            return;
        QWidget* to = text->hasFocus() && m_problems->table().isVisible()
                          ? static_cast<QWidget*>(&m_problems->table())
                          : text;
        to->setFocus(Qt::ShortcutFocusReason);
    });
}

// --- pages

ComposeEditor::Page* ComposeEditor::pageOf(const QString& path) {
    const auto found = std::find_if(m_pages.begin(), m_pages.end(),
                                    [&path](const auto& page) { return page->file.path() == path; });
    return found == m_pages.end() ? nullptr : found->get();
}

const ComposeEditor::Page* ComposeEditor::shownPage() const {
    const int index = m_tabs->currentIndex();
    return index >= 0 && index < static_cast<int>(m_pages.size()) ? m_pages[std::size_t(index)].get()
                                                                  : nullptr;
}

ComposeEditor::Page& ComposeEditor::addPage(const QString& path) {
    auto made = std::make_unique<Page>();
    Page* page = made.get();
    page->file.setPath(path);
    const QString name = QFileInfo(path).fileName();
    page->text = new ComposeText(isComposeFile(path), m_stack);
    page->text->setAccessibleName(name);
    page->text->setAccessibleDescription(
        tr("Ctrl+Space completes, F1 explains what stands at the cursor, F8 goes to "
           "the next problem, F6 to their list"));
    page->text->setSurroundings(m_surroundings);
    page->text->setTips([this, page](int position) { return tipAt(*page, position); });
    page->text->setFolderLister([this, page](const QString& folder) { listFolder(page->text, folder); });
    page->text->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(page->text, &ComposeText::edited, this, [this] {
        m_check->ask();
        Q_EMIT textChanged();
    });
    connect(page->text, &CodeText::linesMoved, this,
            [this, page](int line, int by) { moveProblems(page->file.path(), line, by); });
    connect(page->text, &QPlainTextEdit::modificationChanged, this, &ComposeEditor::noteModified);
    connect(page->text, &CodeText::markPressed, this, [page] {
        page->text->setFocus(Qt::MouseFocusReason);
        page->text->showTipHere();
    });
    connect(page->text, &QWidget::customContextMenuRequested, this,
            [this, page](const QPoint& place) { showMenu(page->text, place); });
    m_stack->addWidget(page->text);
    m_pages.push_back(std::move(made));
    const int index = m_tabs->addTab(name);
    m_tabs->setTabToolTip(index, path);
    m_tabs->setVisible(m_tabs->count() > 1);
    return *page;
}

void ComposeEditor::showPage(int index) {
    if (index < 0 || index >= static_cast<int>(m_pages.size()))
        return;
    const Page& page = *m_pages[std::size_t(index)];
    m_stack->setCurrentWidget(page.text);
    m_stack->setFocusProxy(page.text);
    m_find->setText(page.text);
    Q_EMIT pathChanged(page.file.path());
}

void ComposeEditor::closePages() {
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    for (const auto& page : m_pages) {
        page->text->disconnect(this);
        m_stack->removeWidget(page->text);
        page->text->deleteLater();
    }
    m_pages.clear();
    m_find->setText(nullptr);
    m_find->hide();
    m_loaded.reset();
    m_made.reset();
    *m_surroundings = {};
    m_surroundings->images = m_images;
    m_problems->setProblems({});
    m_error->dismiss();
}

void ComposeEditor::setFiles(const QStringList& paths, const QString& projectDirectory) {
    closePages();
    m_files = paths;
    m_directory = projectDirectory;
    for (const QString& path : paths)
        open(path);
    m_tabs->setCurrentIndex(0);
    noteModified();
    m_check->ask();
}

void ComposeEditor::setNewFile(const QString& path, const QString& text) {
    closePages();
    m_files = {path};
    m_directory.clear();
    Page& page = addPage(path);
    page.text->setPlainText(text);
    page.text->document()->setModified(true);
    showPage(0);
    noteModified();
    m_check->ask();
}

void ComposeEditor::open(const QString& path) {
    m_error->dismiss();
    if (pageOf(path) == nullptr) {
        TextFile file;
        const Result<QString> text = file.read(path, kLargest);
        if (!text)
            return m_error->show(text.error(), tr("Open %1").arg(path));
        Page& page = addPage(path);
        page.file = file;
        page.text->setPlainText(*text);
        page.text->document()->setModified(false);
        underline();
    }
    const auto found = std::find_if(m_pages.begin(), m_pages.end(),
                                    [&path](const auto& page) { return page->file.path() == path; });
    m_tabs->setCurrentIndex(static_cast<int>(found - m_pages.begin()));
    showPage(m_tabs->currentIndex());
}

QString ComposeEditor::path() const {
    const Page* page = shownPage();
    return page == nullptr ? QString() : page->file.path();
}

ComposeText* ComposeEditor::editor() const {
    const Page* page = shownPage();
    return page == nullptr ? nullptr : page->text;
}

QString ComposeEditor::text() const {
    const Page* page = shownPage();
    return page == nullptr ? QString() : page->text->content();
}

void ComposeEditor::setText(const QString& text) {
    if (ComposeText* shown = editor())
        shown->replaceContent(text);
}

bool ComposeEditor::isModified() const {
    return std::any_of(m_pages.begin(), m_pages.end(),
                       [](const auto& page) { return page->text->document()->isModified(); });
}

void ComposeEditor::noteModified() {
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        const QString name = QFileInfo(m_pages[i]->file.path()).fileName();
        m_tabs->setTabText(static_cast<int>(i),
                           m_pages[i]->text->document()->isModified() ? name + QStringLiteral(" •") : name);
    }
    if (const bool is = isModified(); is != m_isModified) {
        m_isModified = is;
        Q_EMIT modifiedChanged(is);
    }
}

Result<void> ComposeEditor::save() {
    m_error->dismiss();
    for (const auto& page : m_pages) {
        if (!page->text->document()->isModified())
            continue;
        const QString path = page->file.path();
        if (page->file.isChanged()) {
            m_confirmation->ask(
                tr("%1 was changed meanwhile by somebody else.").arg(QFileInfo(path).fileName()),
                tr("Replace it"), [this, path] {
                    Page* again = pageOf(path);
                    if (again == nullptr)
                        return;
                    if (const Result<void> done = write(*again); !done)
                        m_error->show(done.error(), tr("Save %1").arg(path));
                });
            return fail(ErrorCode::WrongState,
                        path.toStdString() + " was changed meanwhile by somebody else");
        }
        TRY(write(*page));
    }
    return {};
}

Result<void> ComposeEditor::write(Page& page) {
    TRY(page.file.write(page.text->content()));
    page.text->document()->setModified(false);
    Q_EMIT saved(page.file.path());
    return {};
}

// --- loading

void ComposeEditor::setProfiles(const QStringList& profiles) {
    if (std::exchange(m_profiles, profiles) != profiles)
        m_check->ask();
}

void ComposeEditor::setServices(const QStringList& services) {
    if (std::exchange(m_services, services) != services)
        m_check->ask();
}

void ComposeEditor::setProjectName(const QString& name) {
    if (std::exchange(m_projectName, name) != name)
        m_check->ask();
}

void ComposeEditor::setEnvironmentFiles(const QStringList& paths) {
    if (std::exchange(m_environmentFiles, paths) != paths)
        m_check->ask();
}

void ComposeEditor::setImageNames(const QStringList& names) {
    m_images = names;
    m_surroundings->images = names;
}

compose::LoadRequest ComposeEditor::request() const {
    compose::LoadRequest request;
    for (const QString& path : m_files)
        request.files.push_back(path.toStdString());
    request.projectDirectory = m_directory.toStdString();
    request.projectName = m_projectName.toStdString();
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        request.environment[name.toStdString()] = environment.value(name).toStdString();
    for (const QString& path : m_environmentFiles)
        request.environmentFiles.push_back(path.toStdString());
    for (const QString& profile : m_profiles)
        request.profiles.insert(profile.toStdString());
    for (const QString& service : m_services)
        request.services.insert(service.toStdString());
    std::map<std::string, std::string> texts;
    for (const auto& page : m_pages)
        texts[page->file.path().toStdString()] = page->text->content().toStdString();
    request.read = [texts = std::move(texts)](const std::string& path) -> Result<std::string> {
        const auto found = texts.find(path);
        return found == texts.end() ? compose::readFile(path) : Result<std::string>(found->second);
    };
    return request;
}

bool ComposeEditor::isUpToDate() const {
    return m_check->isUpToDate();
}

void ComposeEditor::hurry() {
    m_check->hurry();
}

void ComposeEditor::finish() {
    for (const auto& page : m_pages)
        page->text->highlighter().finish();
}

void ComposeEditor::report(const LoadedPtr& loaded, const MadeStackPtr& made) {
    m_loaded = loaded;
    m_made = made;
    *m_surroundings = surroundingsOf(loaded.get());
    m_surroundings->images = m_images;
    m_problems->setProblems(problemsOf(*loaded, made.get()));
    m_errors = m_problems->count(Gravity::Error);
    m_warnings = m_problems->count(Gravity::Warning);
    m_notes = m_problems->count(Gravity::Note);
    fitPanel();
    underline();
    watch();
    Q_EMIT problemsChanged(m_errors, m_warnings, m_notes);
    Q_EMIT this->loaded(m_loaded, m_made);
}

void ComposeEditor::listFolder(ComposeText* text, const QString& folder) {
    const QString base = !m_directory.isEmpty() ? m_directory : QFileInfo(m_files.value(0)).absolutePath();
    QThreadPool::globalInstance()->start([text = QPointer(text), base, folder] {
        const QStringList entries = entriesOf(base, folder, kMostFiles);
        QMetaObject::invokeMethod(
            qApp,
            [text, folder, entries] {
                if (text != nullptr)
                    text->giveEntries(folder, entries);
            },
            Qt::QueuedConnection);
    });
}

// Files that others may change: what they say counts at once.
void ComposeEditor::watch() {
    if (const QStringList watched = m_watcher.files(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    QStringList paths;
    for (const compose::SourceFile& file : m_loaded->files) {
        if (const QString path = QString::fromStdString(file.path); QFileInfo(path).isFile())
            paths.append(path);
    }
    if (!paths.isEmpty())
        m_watcher.addPaths(paths);
}

void ComposeEditor::renewFromDisk(const QString& path) {
    Page* page = pageOf(path);
    if (page != nullptr && !page->text->document()->isModified() && page->file.isChanged()) {
        TextFile file;
        if (const Result<QString> text = file.read(path, kLargest)) {
            page->file = file;
            page->text->replaceContent(*text);
            page->text->document()->setModified(false);
        }
    }
    m_check->ask();
}

// --- explanations

void ComposeEditor::explainHere() {
    if (ComposeText* text = editor())
        text->showTipHere();
}

void ComposeEditor::showMenu(ComposeText* text, const QPoint& place) {
    QMenu* menu = text->createStandardContextMenu(place);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSeparator();
    const auto add = [menu](const QString& words, const QKeySequence& keys, auto act) {
        QAction* action = menu->addAction(words);
        action->setShortcut(keys);
        QObject::connect(action, &QAction::triggered, menu, act);
    };
    add(tr("Explain what stands here"), Qt::Key_F1, [text] { text->showTipHere(); });
    add(tr("Complete"), Qt::CTRL | Qt::Key_Space, [text] { text->complete(true); });
    add(tr("Comment out, or in"), Qt::CTRL | Qt::Key_Slash, [text] { text->toggleComment(); });
    menu->popup(text->mapToGlobal(place));
}

// --- looks

void ComposeEditor::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        markProblems();
}

void ComposeEditor::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitPanel();
}

// The text has the room that the problems do not need, until somebody has said otherwise.
void ComposeEditor::fitPanel() {
    const int whole = m_splitter->height();
    if (m_isSized || whole == 0)
        return;
    const int problems = std::min(m_problems->wantedHeight(), whole * 2 / 5);
    m_splitter->setSizes({whole - problems - m_splitter->handleWidth(), problems});
}

} // namespace escale::gui
