// The actions, buttons and menus of a log view.
#include "gui/common/buttons.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/common/log_saver.h"
#include "gui/common/log_search_bar.h"
#include "gui/common/log_view.h"
#include "gui/common/progress.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace escale::gui {

QAction* LogView::addAction(const char* name, const QString& iconName, const QString& text,
                            const QString& keys, auto slot) {
    auto* action = new QAction(text, this);
    action->setObjectName(QStringLiteral("logView.") + QString::fromLatin1(name));
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName));
    if (!keys.isEmpty())
        action->setShortcut(QKeySequence(keys));
    action->setShortcutContext(Qt::WidgetShortcut); // keyPressEvent() looks for the others
    connect(action, &QAction::triggered, this, slot);
    QWidget::addAction(action);
    return action;
}

void LogView::buildActions() {
    const QString none;
    m_find = addAction("findAction", QStringLiteral("search"), tr("Find…"), QStringLiteral("Ctrl+F"),
                       [this] { openSearch(); });
    m_findNext = addAction("findNext", none, tr("Next Match"), QStringLiteral("F3"), [this] { find(false); });
    m_findPrevious = addAction("findPrevious", none, tr("Previous Match"), QStringLiteral("Shift+F3"),
                               [this] { find(true); });
    // Ctrl+C and Ctrl+A are the text's own: in the search field they are the field's.
    m_copy =
        addAction("copyAction", QStringLiteral("copy"), tr("Copy"), none, [this] { copy(LogTimes::Off); });
    m_copyTimes = addAction("copyTimes", none, tr("Copy with Time Stamps"), none, [this] {
        copy(m_text->times() == LogTimes::Off ? LogTimes::Local : m_text->times());
    });
    m_selectAll = addAction("selectAll", none, tr("Select All"), none, [this] { m_text->selectAll(); });
    m_wrap = addAction("wrapAction", QStringLiteral("wrap"), tr("Wrap long lines"), none,
                       [this](bool on) { m_text->setWrapping(on); });
    m_wrap->setCheckable(true);
    m_clear = addAction("clearAction", QStringLiteral("clear"), tr("Clear"), none, [this] { clear(); });
    m_saveWhole =
        addAction("saveWhole", none, tr("Save the Whole Log…"), none, [this] { askWhereToSave(true); });
    m_saveWhole->setVisible(false);
    m_saveShown =
        addAction("saveShown", none, tr("Save What Is Shown…"), none, [this] { askWhereToSave(false); });
    m_saveTimes = addAction("saveTimes", none, tr("With Time Stamps"), none, [] {});
    m_saveTimes->setCheckable(true);
    const auto zoomBy = [this](int steps) {
        return [this, steps] { m_text->setZoom(m_text->zoom() + steps); };
    };
    m_zoomIn = addAction("zoomIn", none, tr("Larger"), QStringLiteral("Ctrl++"), zoomBy(1));
    m_zoomIn->setShortcuts({QKeySequence(QStringLiteral("Ctrl++")), QKeySequence(QStringLiteral("Ctrl+=")),
                            QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Plus)});
    m_zoomOut = addAction("zoomOut", none, tr("Smaller"), QStringLiteral("Ctrl+-"), zoomBy(-1));
    m_zoomReset = addAction("zoomReset", none, tr("Usual Size"), QStringLiteral("Ctrl+0"),
                            [this] { m_text->setZoom(0); });
    m_times = new QActionGroup(this);
    const std::pair<LogTimes, QString> choices[] = {{LogTimes::Off, tr("No Time Stamps")},
                                                    {LogTimes::Local, tr("Local Time")},
                                                    {LogTimes::Utc, tr("UTC")}};
    for (const auto& [times, words] : choices) {
        QAction* action = m_times->addAction(words);
        action->setCheckable(true);
        action->setChecked(times == LogTimes::Off);
        connect(action, &QAction::triggered, this, [this, chosen = times] {
            m_text->setTimes(chosen);
            m_timesButton->setChecked(chosen != LogTimes::Off);
        });
    }
}

// Keys act while anything in the view has the focus, also where a pane around it has the same ones.
QAction* LogView::actionOf(const QKeyEvent& key) const {
    const QKeySequence pressed((key.modifiers() & ~Qt::KeypadModifier) | static_cast<Qt::Key>(key.key()));
    for (QAction* action : actions()) {
        if (action->shortcuts().contains(pressed))
            return action;
    }
    return nullptr;
}

bool LogView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && actionOf(*static_cast<QKeyEvent*>(event)) != nullptr) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void LogView::keyPressEvent(QKeyEvent* event) {
    if (QAction* action = actionOf(*event))
        action->trigger();
    else if (event->key() == Qt::Key_Escape && m_bar->isVisible())
        closeSearch();
    else
        QWidget::keyPressEvent(event);
}

static QToolButton* menuButton(const QString& iconName, const QString& words, QMenu* menu, QWidget* parent) {
    QToolButton* button = flatButton(iconName, words, parent);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(menu);
    return button;
}

void LogView::buildTools() {
    m_streams = new QComboBox(this);
    m_streams->setObjectName(QStringLiteral("logView.streams"));
    m_streams->setAccessibleName(tr("Streams"));
    m_streams->addItems({tr("All output"), tr("Standard output"), tr("Errors")});
    m_count = label({}, "muted", this);
    m_count->setObjectName(QStringLiteral("logView.count"));
    const auto named = [this](QToolButton* button, const char* name) {
        button->setObjectName(QStringLiteral("logView.") + QString::fromLatin1(name));
        return button;
    };
    const auto forAction = [&](QAction* action, const char* name) {
        QToolButton* button = named(flatButton(QString(), action->text(), this), name);
        button->setDefaultAction(action);
        button->setAccessibleName(action->text());
        return button;
    };
    auto* timesMenu = new QMenu(this);
    timesMenu->addActions(m_times->actions());
    auto* saveMenu = new QMenu(this);
    saveMenu->addActions({m_saveWhole, m_saveShown});
    saveMenu->addSeparator();
    saveMenu->addAction(m_saveTimes);
    m_follow = named(flatButton(QStringLiteral("follow"), tr("Follow the end"), this), "follow");
    m_follow->setCheckable(true);
    connect(m_follow, &QToolButton::clicked, this, [this](bool on) { m_text->setFollowing(on); });
    m_timesButton = named(menuButton(QStringLiteral("clock"), tr("Time stamps"), timesMenu, this), "times");
    m_timesButton->setCheckable(true); // shows whether there are any
    m_save = named(menuButton(QStringLiteral("save"), tr("Save"), saveMenu, this), "save");

    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(12, 8, 12, 8);
    tools->setSpacing(4);
    tools->addWidget(m_streams);
    tools->addSpacing(8);
    tools->addWidget(m_count, 1);
    tools->addWidget(forAction(m_find, "openSearch"));
    tools->addWidget(m_timesButton);
    tools->addWidget(forAction(m_wrap, "wrap"));
    tools->addWidget(m_follow);
    tools->addSpacing(8);
    tools->addWidget(forAction(m_copy, "copy"));
    tools->addWidget(m_save);
    tools->addWidget(forAction(m_clear, "clear"));

    m_resume = primaryButton(tr("Follow"), QStringLiteral("logView.resume"), m_text->viewport());
    m_resume->setIcon(icon(QStringLiteral("follow"), QPalette::HighlightedText));
    m_resume->setCursor(Qt::ArrowCursor);
    m_resume->setToolTip(tr("To the end, and along with it (End)"));
    connect(m_resume, &QPushButton::clicked, this, [this] {
        m_text->setFollowing(true);
        m_text->setFocus();
    });
    m_error = new ErrorBanner(this);
    auto* errors = new QVBoxLayout;
    errors->setContentsMargins(12, 0, 12, 0);
    errors->addWidget(m_error);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(m_bar);
    column->addLayout(buildSaveRow());
    column->addLayout(errors);
    column->addWidget(line(this));
    column->addWidget(m_text, 1);
}

QHBoxLayout* LogView::buildSaveRow() {
    m_saveRow = new QWidget(this);
    m_saveRow->setObjectName(QStringLiteral("logView.saving"));
    m_saveText = label(tr("Saving…"), "muted", m_saveRow);
    m_saveProgress = progressBar(m_saveRow);
    m_saveProgress->setAccessibleName(tr("Saving…"));
    QToolButton* cancel = flatButton(QStringLiteral("close"), tr("Cancel"), m_saveRow);
    cancel->setObjectName(QStringLiteral("logView.cancelSave"));
    connect(cancel, &QToolButton::clicked, m_saver, &LogSaver::cancel);
    auto* row = new QHBoxLayout(m_saveRow);
    row->setContentsMargins(12, 0, 12, 8);
    row->addWidget(m_saveText);
    row->addWidget(m_saveProgress, 1);
    row->addWidget(cancel);
    m_saveRow->hide();
    auto* outer = new QHBoxLayout;
    outer->addWidget(m_saveRow);
    return outer;
}

void LogView::setCanSaveWhole() {
    m_saveWhole->setVisible(true);
}

void LogView::showMenu(QPoint at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!m_text->hasSelection() && !m_rows.isEmpty())
        m_text->setCurrentLine(m_text->positionAt(at).line);
    menu->addActions({m_copy, m_copyTimes, m_selectAll});
    menu->addSeparator();
    menu->addActions({m_find, m_findNext, m_findPrevious});
    menu->addSeparator();
    menu->addAction(m_wrap);
    QMenu* times = menu->addMenu(tr("Time stamps"));
    times->addActions(m_times->actions());
    QMenu* zoom = menu->addMenu(tr("Size of the text"));
    zoom->addActions({m_zoomIn, m_zoomOut, m_zoomReset});
    menu->addSeparator();
    menu->addActions({m_saveWhole, m_saveShown, m_clear});
    menu->popup(m_text->viewport()->mapToGlobal(at));
}

} // namespace escale::gui
