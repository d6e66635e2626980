#include "gui/learn/learn_page.h"

#include "gui/common/buttons.h"
#include "gui/common/drawing_view.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/containers/state_text.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QToolButton>

#include <algorithm>

namespace escale::gui {

static constexpr qreal kZoomStep = 1.25;
static constexpr int kBeside = 330, kLeastBeside = 240, kLeastHeight = 160;
static constexpr int kWidestColumn = 170;

LearnPage::LearnPage(const QString& name, const QStringList& columns, QWidget* parent)
    : QWidget(parent)
    , m_view(new DrawingView(this))
    , m_table(new Table(this))
    , m_rows(new CellsModel(columns, this))
    , m_explanation(new QTextBrowser(this))
    , m_empty(new EmptyState(this))
    , m_error(new ErrorBanner(this)) {
    setObjectName(name);
    m_view->setObjectName(name + QStringLiteral(".view"));
    m_table->setObjectName(name + QStringLiteral(".table"));
    m_explanation->setObjectName(name + QStringLiteral(".explanation"));
    m_empty->setObjectName(name + QStringLiteral(".empty"));
    m_table->setSource(m_rows, -1);
    m_table->setAccessibleName(tr("The same as a table"));
    m_explanation->setAccessibleName(tr("Explanation"));
    m_explanation->setFrameShape(QFrame::NoFrame);
    m_explanation->setOpenExternalLinks(false);
    m_explanation->setOpenLinks(false);
    buildLayout(name);
    connect(&m_timer, &QTimer::timeout, this, &LearnPage::refreshNow);
    connect(m_view, &DrawingView::currentChanged, this, &LearnPage::choose);
    connect(m_table, &Table::currentIdChanged, this, &LearnPage::choose);
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_container.id.isEmpty())
            Q_EMIT runRequested();
        else
            Q_EMIT startRequested(m_container.id);
    });
}

QWidget* LearnPage::buildTools(const QString& name) {
    auto* tools = new QWidget(this);
    m_tools = new QHBoxLayout(tools);
    m_tools->setContentsMargins(8, 6, 8, 6);
    m_tools->setSpacing(6);
    m_tools->addStretch();
    const auto add = [&](const char* iconName, const QString& words, const char* part, auto act) {
        QToolButton* button = flatButton(QString::fromLatin1(iconName), words, tools);
        button->setObjectName(name + QLatin1Char('.') + QLatin1String(part));
        connect(button, &QToolButton::clicked, this, act);
        m_tools->addWidget(button);
    };
    add("fit", tr("Show all of it (0)"), "fit", [this] { m_view->zoomBy(0); });
    add("plus", tr("Nearer (+)"), "nearer", [this] { m_view->zoomBy(kZoomStep); });
    add("minus", tr("Farther (−)"), "farther", [this] { m_view->zoomBy(1 / kZoomStep); });
    add("save", tr("Save as SVG or PNG…"), "export", [this] { askExport(); });
    return tools;
}

void LearnPage::buildLayout(const QString& name) {
    auto* words = new QWidget(this);
    auto* text = new QVBoxLayout(words);
    text->setContentsMargins(12, 10, 4, 6);
    text->addWidget(m_explanation);
    auto* beside = new QSplitter(Qt::Vertical, this);
    beside->addWidget(words);
    beside->addWidget(m_table);
    beside->setChildrenCollapsible(false);
    beside->setStretchFactor(0, 1);
    beside->setStretchFactor(1, 1);
    beside->setMinimumWidth(kLeastBeside);
    m_view->setMinimumSize(kLeastBeside, kLeastHeight);
    auto* row = new QSplitter(Qt::Horizontal, this);
    row->addWidget(m_view);
    row->addWidget(beside);
    row->setChildrenCollapsible(false);
    row->setStretchFactor(0, 1);
    row->setSizes({kBeside * 2, kBeside});
    m_column = new QSplitter(Qt::Vertical, this);
    m_column->addWidget(row);
    m_column->setChildrenCollapsible(false);
    m_column->setStretchFactor(0, 1);
    auto* frame = card(this);
    auto* shown = new QVBoxLayout(frame);
    shown->setContentsMargins(1, 1, 1, 1);
    shown->setSpacing(0);
    shown->addWidget(buildTools(name));
    shown->addWidget(line(frame));
    shown->addWidget(m_column, 1);
    m_shown = frame;
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_shown);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 8, 0, 0);
    all->setSpacing(8);
    all->addWidget(m_error);
    all->addWidget(m_stack, 1);
}

void LearnPage::addTool(QWidget* tool) {
    m_tools->insertWidget(m_tools->count() - 5, tool); // before the stretch and the four that all have
}

void LearnPage::addBelow(QWidget* widget) {
    m_column->addWidget(widget);
}

void LearnPage::setContainer(const dbus::Container& container) {
    const bool isAnother = container.id != m_container.id || container.state != m_container.state ||
                           container.started != m_container.started;
    m_container = container;
    if (!isAnother)
        return;
    m_isReading = false;
    m_error->dismiss();
    choose({});
    containerChanged();
    takeState();
}

void LearnPage::setFilter(const QString& text) {
    m_view->setFilter(text);
    m_table->setFilter(text);
}

void LearnPage::focusContent() {
    m_view->setFocus(Qt::OtherFocusReason);
}

void LearnPage::choose(const QString& id) {
    if (m_isChoosing)
        return;
    m_isChoosing = true;
    m_chosen = id;
    m_view->setCurrent(id);
    if (!id.isEmpty())
        m_table->selectId(id);
    m_isChoosing = false;
    updateExplanation();
}

void LearnPage::updateExplanation() {
    const QString text = explanationOf(m_chosen);
    if (text == m_shownText)
        return;
    m_shownText = text;
    const int place = m_explanation->verticalScrollBar()->value();
    m_explanation->setHtml(text);
    m_explanation->verticalScrollBar()->setValue(place);
}

void LearnPage::setInterval(int milliseconds) {
    m_interval = milliseconds;
}

// What is to be seen now, and whether it is read again by itself.
void LearnPage::takeState() {
    const bool runs = isRunning(m_container) || isPaused(m_container);
    m_timer.stop();
    if (!showsAll() && m_container.id.isEmpty())
        return showEmpty(tr("No container"), tr("Run one, and see here what it is made of."),
                         tr("Run a container"));
    if (!showsAll() && !showsStopped() && !runs)
        return showEmpty(tr("%1 does not run").arg(m_container.name),
                         tr("What is shown here is read from the kernel while a container runs."),
                         tr("Start it"));
    if (!isVisible())
        return;
    refreshNow();
    if (m_interval > 0)
        m_timer.start(m_interval);
}

void LearnPage::refreshNow() {
    if (m_isReading || !isVisible())
        return;
    refresh();
}

void LearnPage::show(const Drawing& drawing, const QList<CellsRow>& rows) {
    m_error->dismiss();
    const int place = m_table->verticalScrollBar()->value();
    m_isChoosing = true; // what goes away and comes back meanwhile is nobody's choice
    m_view->setDrawing(drawing);
    m_rows->setRows(rows);
    fitColumns();
    const bool isDrawn = drawing.box(m_chosen) != nullptr;
    if (isDrawn && m_view->current() != m_chosen)
        m_view->setCurrent(m_chosen);
    if (!m_chosen.isEmpty() && m_table->currentId() != m_chosen)
        m_table->selectId(m_chosen);
    if (!isDrawn && m_table->currentId() != m_chosen)
        m_chosen.clear();
    m_isChoosing = false;
    m_table->verticalScrollBar()->setValue(place);
    m_stack->setCurrentWidget(m_shown);
    updateExplanation();
}

void LearnPage::setColumns(const QStringList& columns) {
    m_isChoosing = true;
    m_rows->setColumns(columns);
    m_isChoosing = m_hasWidths = false;
}

// Once there are rows: later somebody may have changed them.
void LearnPage::fitColumns() {
    if (m_hasWidths || m_rows->rows().isEmpty())
        return;
    m_hasWidths = true;
    for (int column = 0; column + 1 < m_rows->columnCount(); ++column) {
        m_table->resizeColumnToContents(column);
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), kWidestColumn));
    }
}

qreal LearnPage::room() const {
    return m_view->viewport()->width() / DrawingView::kLeastFit;
}

void LearnPage::showError(const Error& error, const QString& what) {
    m_error->show(error, what);
}

void LearnPage::showEmpty(const QString& title, const QString& text, const QString& action) {
    m_empty->set(QStringLiteral("learn"), title, text, action);
    m_stack->setCurrentWidget(m_empty);
}

void LearnPage::askExport() {
    QString chosen;
    const QString name =
        (m_container.name.isEmpty() ? QStringLiteral("escale") : m_container.name) + QStringLiteral(".svg");
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the drawing"), QDir::home().filePath(name), tr("SVG (*.svg);;PNG (*.png)"), &chosen);
    if (file.isEmpty())
        return;
    if (const auto written = exportDrawing(m_view->drawing(), file); !written)
        m_error->show(written.error(), tr("Save the drawing"));
}

void LearnPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    takeState();
}

void LearnPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_timer.stop();
}

void LearnPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) { // colours stand in the text
        m_shownText.clear();
        updateExplanation();
    }
}

} // namespace escale::gui
