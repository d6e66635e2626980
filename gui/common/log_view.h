// Live lines: a bounded number of them, drawn in slices that never hold up the GUI. Standard error is tinted;
// time stamps, wrapping, following, finding and showing only what matches are switches; clear stays cleared.
#pragma once

#include "gui/common/log_parser.h"

#include <QTextCharFormat>
#include <QTimer>
#include <QWidget>

#include <deque>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace escale::gui {

class LogView : public QWidget {
    Q_OBJECT
public:
    static constexpr int kMostLines = 100'000;

    explicit LogView(QWidget* parent = nullptr);

    void append(const QList<LogLine>& lines);
    /// Forgets all lines; later ones show.
    void clear();
    void setPlaceholder(const QString& text);
    [[nodiscard]] int lineCount() const { return static_cast<int>(m_lines.size()); }
    [[nodiscard]] const std::deque<LogLine>& lines() const { return m_lines; }
    /// No line waits to be drawn.
    [[nodiscard]] bool isIdle() const { return m_next == m_lines.size(); }

Q_SIGNALS:
    /// Too many lines wait to be drawn: read no more until it is false again.
    void throttle(bool throttled);
    void clearRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildTools();
    void drawSlice();
    void redraw();
    void setFollowing(bool following);
    void find(bool backward);
    void updateFormats();
    [[nodiscard]] bool matches(const LogLine& line) const;
    [[nodiscard]] QString rendered(const LogLine& line) const;

    QPlainTextEdit* m_text;
    QLineEdit* m_find;
    QLabel* m_count;
    QToolButton *m_onlyMatching, *m_times, *m_wrap, *m_follow, *m_pause, *m_copy, *m_clear;
    QTextCharFormat m_outputFormat, m_errorFormat;
    std::deque<LogLine> m_lines;
    std::size_t m_next = 0; // first line not drawn yet
    QTimer m_turn;
    bool m_throttled = false;
    bool m_following = true;
    bool m_scrolling = false; // by us
    bool m_firstBlock = true;
};

} // namespace escale::gui
