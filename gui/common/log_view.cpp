#include "gui/common/log_view.h"

#include "gui/common/error_banner.h"
#include "gui/common/log_saver.h"
#include "gui/common/log_search_bar.h"
#include "gui/common/progress.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QStandardPaths>
#include <QToolButton>

#include <algorithm>

namespace escale::gui {

static constexpr int kResumeMargin = 14; // pixels from the corner

LogView::LogView(QWidget* parent)
    : LogView(LogStore::Limits(), parent) {}

LogView::LogView(const LogStore::Limits& limits, QWidget* parent)
    : QWidget(parent)
    , m_store(limits)
    , m_rows(m_store)
    , m_search(new LogSearch(m_store, this))
    , m_text(new LogText(m_store, m_rows, *m_search, this))
    , m_bar(new LogSearchBar(this))
    , m_saver(new LogSaver(this)) {
    buildActions();
    buildTools();
    connectSearch();
    connectSaver();
    m_text->viewport()->installEventFilter(this);
    m_text->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_text, &QWidget::customContextMenuRequested, this, &LogView::showMenu);
    connect(m_text, &LogText::copyRequested, this, [this] { copy(LogTimes::Off); });
    connect(m_text, &LogText::zoomRequested, this,
            [this](int steps) { m_text->setZoom(m_text->zoom() + steps); });
    connect(m_text, &LogText::followingChanged, this, [this] {
        m_pausedAt = m_rows.end();
        updateFollow();
    });
    connect(m_text, &LogText::selectionChanged, this, &LogView::updateCopy);
    updateCopy();
    updateCount();
    updateFollow();
}

LogView::~LogView() = default;

// --- lines

void LogView::append(const QList<LogLine>& lines) {
    for (const LogLine& line : lines) {
        if (m_skipUntil != 0 && line.time <= m_skipUntil)
            continue;
        m_skipUntil = 0;
        m_lastTime = line.time;
        m_store.append(line);
    }
    m_search->follow();
    m_text->rowsChanged(m_rows.follow());
    updateCount();
    updateFollow();
}

void LogView::restart() {
    m_store.clear();
    m_skipped = false;
    m_skipUntil = m_clearedTime;
    m_hit.reset();
    m_text->setCurrentHit(std::nullopt);
    m_text->setCurrentLine(-1);
    m_text->clearSelection();
    searchChanged();
    m_pausedAt = m_rows.end();
    updateFollow();
}

void LogView::clear() {
    m_clearedTime = m_lastTime;
    m_cleared = true;
    restart();
    m_skipUntil = 0; // what comes now is new
}

void LogView::reset() {
    m_clearedTime = m_lastTime = 0;
    m_cleared = false;
    m_error->dismiss();
    restart();
    m_text->setFollowing(true);
}

std::vector<LogLine> LogView::lines() const {
    std::vector<LogLine> lines;
    for (qint64 line = m_store.begin(); line < m_store.end(); ++line)
        lines.push_back({m_store.plainText(line), m_store.time(line), m_store.isError(line)});
    return lines;
}

void LogView::setPlaceholder(const QString& text) {
    m_placeholder = text;
    updatePlaceholder();
}

void LogView::updatePlaceholder() {
    if (m_store.count() > 0)
        m_text->setPlaceholder(m_search->isDone() ? tr("No line matches") : tr("Searching…"));
    else if (m_cleared)
        m_text->setPlaceholder(tr("Cleared. What is written from now on appears here."));
    else
        m_text->setPlaceholder(m_placeholder);
}

void LogView::updateCount() {
    const QLocale locale;
    QString text = tr("%Ln line(s)", nullptr, static_cast<int>(m_store.count()));
    const qint64 shown = m_rows.end() - m_rows.begin();
    if (!m_rows.showsAll())
        text = tr("%1 of %2", "lines shown of all").arg(locale.toString(shown), text);
    const bool isPart = m_store.hasDropped() || m_skipped;
    m_count->setText(m_store.count() == 0 ? QString() : isPart ? tr("the last %1").arg(text) : text);
    m_count->setToolTip(isPart ? tr("Older lines are not kept here. “Save the whole log” writes all of them.")
                               : QString());
    updatePlaceholder();
}

// --- following

qint64 LogView::newLines() const {
    return m_text->isFollowing() ? 0 : m_rows.end() - std::max(m_pausedAt, m_rows.begin());
}

void LogView::updateFollow() {
    const bool following = m_text->isFollowing();
    m_follow->setChecked(following);
    m_resume->setVisible(!following);
    if (following)
        return;
    const qint64 count = newLines();
    QString words = tr("Follow");
    if (count > 0)
        words = tr("Follow · %Ln new line(s)", nullptr, static_cast<int>(count));
    m_resume->setText(QLatin1Char(' ') + words); // air beside the icon
    m_resume->setAccessibleName(words);
    placeResume();
}

void LogView::placeResume() {
    m_resume->adjustSize();
    const QWidget* area = m_text->viewport();
    m_resume->move(area->width() - m_resume->width() - kResumeMargin,
                   area->height() - m_resume->height() - kResumeMargin);
}

bool LogView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && watched == m_text->viewport())
        placeResume();
    return QWidget::eventFilter(watched, event);
}

void LogView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeResume();
}

// --- searching

void LogView::connectSearch() {
    m_bar->hide();
    connect(m_bar, &LogSearchBar::changed, this, &LogView::searchChanged);
    connect(m_bar, &LogSearchBar::nextRequested, this, [this] { find(false); });
    connect(m_bar, &LogSearchBar::previousRequested, this, [this] { find(true); });
    connect(m_bar, &LogSearchBar::closed, this, &LogView::closeSearch);
    connect(m_streams, &QComboBox::currentIndexChanged, this, &LogView::searchChanged);
    connect(m_search, &LogSearch::chosen, this, [this](const std::vector<qint64>& lines) {
        m_rows.choose(lines);
        if (m_topWanted >= 0)
            m_text->rowsReplaced(m_topWanted);
        else
            m_text->rowsChanged(0);
    });
    connect(m_search, &LogSearch::progressed, this, &LogView::searchProgressed);
}

void LogView::openSearch() {
    const QString selected = m_text->selectedText();
    if (!selected.isEmpty() && !selected.contains(QLatin1Char('\n')))
        m_bar->setText(selected);
    m_bar->activate();
    if (m_search->pattern().isEmpty() && !m_bar->pattern().isEmpty())
        searchChanged();
}

void LogView::closeSearch() {
    m_bar->hide();
    searchChanged();
    m_text->setFocus(Qt::OtherFocusReason);
}

// Also when the bar is closed: then nothing is searched for.
void LogView::searchChanged() {
    const qint64 top = m_hit ? m_hit->line : m_text->topLine();
    const bool open = !m_bar->isHidden();
    m_search->set(open ? m_bar->pattern() : LogPattern(), static_cast<LogStreams>(m_streams->currentIndex()),
                  open && m_bar->onlyMatching());
    showHit(std::nullopt);
    m_findFrom = m_search->pattern().isEmpty() || m_search->isFilter() ? -1 : top;
    const qint64 seen = m_text->topLine();
    if (m_search->isFilter())
        m_rows.showChosen();
    else
        m_rows.showAll();
    m_text->rowsReplaced(seen);
    m_topWanted = m_text->isFollowing() ? -1 : seen;
    m_pausedAt = m_rows.end();
    searchProgressed();
}

void LogView::hideSources(const LogSources& sources) {
    m_search->hide(sources);
    searchChanged();
}

void LogView::searchProgressed() {
    // The first match from where people look; the last one before when there is none.
    if (m_findFrom >= 0) {
        const auto hit = m_search->next(m_findFrom, 0);
        if (hit && hit->line >= m_findFrom)
            showHit(hit);
        else if (m_search->isDone())
            showHit(m_search->previous(m_findFrom, 0));
    }
    if (m_search->isDone())
        m_topWanted = -1;
    const qint64 current = m_hit ? m_search->numberOf(*m_hit) : 0;
    m_bar->setCount(current, m_search->count(), m_search->isDone());
    updateCount();
    updateFollow();
}

void LogView::showHit(const std::optional<LogSearch::Hit>& hit) {
    m_hit = hit;
    m_findFrom = -1;
    m_text->setCurrentHit(hit);
}

void LogView::find(bool backward) {
    if (m_bar->isHidden() || m_bar->pattern().isEmpty())
        return openSearch();
    const qint64 line = m_hit ? m_hit->line : m_text->topLine();
    const qsizetype unit = !m_hit     ? 0
                           : backward ? m_hit->match.begin
                                      : m_hit->match.begin + m_hit->match.size;
    if (const auto hit = backward ? m_search->previous(line, unit) : m_search->next(line, unit)) {
        m_text->setFollowing(false);
        showHit(hit);
    }
    searchProgressed();
}

// --- copying and saving

void LogView::copy(LogTimes times) {
    if (m_text->hasSelection())
        QApplication::clipboard()->setText(m_text->selectedText(times));
    else if (m_text->currentLine() >= m_store.begin() && m_text->currentLine() < m_store.end())
        QApplication::clipboard()->setText(m_store.plainText(m_text->currentLine()));
}

void LogView::updateCopy() {
    m_copy->setEnabled(m_text->hasSelection() || m_text->currentLine() >= m_store.begin());
    m_copyTimes->setEnabled(m_text->hasSelection());
}

LogTimes LogView::savedTimes() const {
    if (!m_saveTimes->isChecked())
        return LogTimes::Off;
    return m_text->times() == LogTimes::Off ? LogTimes::Utc : m_text->times();
}

void LogView::askWhereToSave(bool whole) {
    auto* dialog = new QFileDialog(this, whole ? tr("Save the whole log") : tr("Save what is shown"),
                                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Text (*.log *.txt)"), tr("All files (*)")});
    dialog->setDefaultSuffix(QStringLiteral("log"));
    const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd_HH-mm-ss"));
    const QString name = m_logName.isEmpty() ? QStringLiteral("container") : m_logName;
    dialog->selectFile(QStringLiteral("%1_%2.log").arg(name, stamp));
    connect(dialog, &QFileDialog::fileSelected, this, [this, whole](const QString& path) {
        if (whole)
            Q_EMIT wholeLogRequested(path);
        else
            saveShown(path);
    });
    dialog->open();
}

void LogView::saveShown(const QString& path) {
    std::vector<qint64> lines;
    lines.reserve(static_cast<std::size_t>(m_rows.end() - m_rows.begin()));
    for (qint64 place = m_rows.begin(); place < m_rows.end(); ++place)
        lines.push_back(m_rows.lineAt(place));
    m_saver->saveLines({path, savedTimes()}, m_store, std::move(lines));
    m_saveRow->setVisible(m_saver->isRunning());
    m_save->setEnabled(false);
}

void LogView::saveWhole(const QString& path, Result<std::vector<UniqueFd>> files) {
    if (!files)
        return m_error->show(files.error(), tr("Save the log"));
    m_saver->saveFiles({path, savedTimes()}, std::move(*files));
    m_saveRow->setVisible(m_saver->isRunning());
    m_save->setEnabled(false);
}

void LogView::connectSaver() {
    connect(m_saver, &LogSaver::progressed, this, [this](double fraction, qint64 lines) {
        showFraction(*m_saveProgress, fraction, "");
        m_saveText->setText(tr("Saving… %1 lines").arg(QLocale().toString(lines)));
    });
    const auto ended = [this] {
        m_saveRow->hide();
        m_save->setEnabled(true);
    };
    connect(m_saver, &LogSaver::failed, this, [this, ended](const Error& error) {
        ended();
        m_error->show(error, tr("Save the log"));
    });
    connect(m_saver, &LogSaver::finished, this, [this, ended](const QString& path, qint64) {
        ended();
        m_error->dismiss();
        m_count->setText(tr("Saved as %1").arg(QFileInfo(path).fileName())); // until the next line comes
    });
}

} // namespace escale::gui
