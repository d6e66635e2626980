// A log with its tools: up to a million lines with their colours, time stamps, wrapping, following,
// searching, showing only what matches or one stream, copying, saving; clear stays cleared. Nothing in it
// takes a turn of the event loop longer than a few milliseconds.
#pragma once

#include "gui/common/log_parser.h"
#include "gui/common/log_rows.h"
#include "gui/common/log_search.h"
#include "gui/common/log_store.h"
#include "gui/common/log_text.h"

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <QWidget>

#include <vector>

class QAction;
class QActionGroup;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace escale::gui {

class ErrorBanner;
class LogSaver;
class LogSearchBar;

class LogView : public QWidget {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);
    LogView(const LogStore::Limits& limits, QWidget* parent);
    ~LogView() override;

    void append(const QList<LogLine>& lines);
    /// Forgets all lines; later ones show.
    void clear();
    /// Another log: forgets also that the last one was cleared.
    void reset();
    /// The log will be appended from its beginning once more: what was cleared stays away.
    void restart();
    /// Lines before the first that was appended were left out.
    void setSkipped() { m_skipped = true, updateCount(); }
    /// Of lines of several sources (LogLine::source): those of these are not shown.
    void hideSources(const LogSources& sources);
    void setPlaceholder(const QString& text);
    /// What a saved file is called at first.
    void setLogName(const QString& name) { m_logName = name; }
    /// Somebody answers wholeLogRequested(). Until then what is shown is all that can be saved.
    void setCanSaveWhole();

    [[nodiscard]] const LogStore& store() const { return m_store; }
    [[nodiscard]] const LogRows& rows() const { return m_rows; }
    [[nodiscard]] LogText& text() { return *m_text; }
    [[nodiscard]] LogSaver& saver() { return *m_saver; }
    [[nodiscard]] qint64 lineCount() const { return m_store.count(); }
    /// Copies, without colours.
    [[nodiscard]] std::vector<LogLine> lines() const;
    /// No line waits to be looked at.
    [[nodiscard]] bool isIdle() const { return m_search->isDone(); }
    /// Lines that came since following was paused.
    [[nodiscard]] qint64 newLines() const;

    /// Without asking for a name.
    void saveShown(const QString& path);
    void saveWhole(const QString& path, Result<std::vector<UniqueFd>> files);

Q_SIGNALS:
    /// Answer by saveWhole().
    void wholeLogRequested(const QString& path);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildActions();
    void buildTools();
    QHBoxLayout* buildSaveRow();
    QAction* addAction(const char* name, const QString& icon, const QString& text, const QString& keys,
                       auto slot);
    [[nodiscard]] QAction* actionOf(const QKeyEvent& key) const;
    void connectSearch();
    void connectSaver();
    void openSearch();
    void closeSearch();
    void searchChanged();
    void searchProgressed();
    void find(bool backward);
    void showHit(const std::optional<LogSearch::Hit>& hit);
    void copy(LogTimes times);
    void updateCopy();
    void askWhereToSave(bool whole);
    [[nodiscard]] LogTimes savedTimes() const;
    void showMenu(QPoint at);
    void updateCount();
    void updateFollow();
    void updatePlaceholder();
    void placeResume();

    LogStore m_store;
    LogRows m_rows;
    LogSearch* m_search;
    LogText* m_text;
    LogSearchBar* m_bar;
    LogSaver* m_saver;
    QComboBox* m_streams;
    QLabel *m_count, *m_saveText;
    QToolButton *m_follow, *m_save, *m_timesButton;
    QPushButton* m_resume;
    QWidget* m_saveRow;
    QProgressBar* m_saveProgress;
    ErrorBanner* m_error;
    QAction *m_wrap, *m_copy, *m_copyTimes, *m_selectAll, *m_clear, *m_find, *m_findNext, *m_findPrevious;
    QAction *m_saveWhole, *m_saveShown, *m_saveTimes, *m_zoomIn, *m_zoomOut, *m_zoomReset;
    QActionGroup* m_times;
    QString m_logName, m_placeholder;
    std::optional<LogSearch::Hit> m_hit;
    qint64 m_topWanted = -1;  // line that was at the top before others were chosen
    qint64 m_findFrom = -1;   // line from which the first match is wanted; -1: none is
    qint64 m_pausedAt = 0;    // place behind the last line when following was paused
    qint64 m_lastTime = 0;    // of the last line that was appended
    qint64 m_clearedTime = 0; // of the last line that was cleared
    qint64 m_skipUntil = 0;   // lines up to this time were cleared before, and come once more
    bool m_skipped = false;
    bool m_cleared = false;
};

} // namespace escale::gui
