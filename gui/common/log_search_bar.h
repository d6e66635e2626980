// What is searched for in a log, with its options, how many matches there are and what is wrong with an
// expression.
#pragma once

#include "gui/common/log_pattern.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace escale::gui {

class LogSearchBar : public QWidget {
    Q_OBJECT
public:
    explicit LogSearchBar(QWidget* parent = nullptr);

    [[nodiscard]] const LogPattern& pattern() const { return m_pattern; }
    [[nodiscard]] bool onlyMatching() const;
    void setText(const QString& text);
    /// To write in it.
    void activate();
    /// `current` is 0 when none is; `isDone`: there are no more.
    void setCount(qint64 current, qint64 count, bool isDone);

Q_SIGNALS:
    void changed(); // pattern() or onlyMatching()
    void nextRequested();
    void previousRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void read();
    void say();

    LogPattern m_pattern;
    QLineEdit* m_text;
    QToolButton *m_case, *m_words, *m_regex, *m_only, *m_previous, *m_next;
    QLabel *m_count, *m_error;
};

} // namespace escale::gui
