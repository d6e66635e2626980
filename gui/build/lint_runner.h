// Asks the linter about a text while it is written: on a worker thread, once nobody has typed for a moment;
// then ShellCheck, which is another program and takes longer. What it tells is of the text it was given last.
#pragma once

#include "engine/build/lint/lint.h"
#include "gui/build/dockerfile_source.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace escale::gui {

struct LintReport {
    DockerfileSourcePtr source;
    std::vector<LintFinding> findings; // sorted by place; problems of the syntax too, whose rule is empty
    QString note;                      // what could not be asked, and why; mostly empty
    bool isWhole = false;              // with ShellCheck's
};

class LintRunner : public QObject {
    Q_OBJECT
public:
    explicit LintRunner(QObject* parent = nullptr);

    /// Of the Dockerfile, which need not exist, and of the build; either may be empty.
    void setPlace(const QString& dockerfile, const QString& contextFolder);
    /// Looks at it later, when no other one comes.
    void setSource(DockerfileSourcePtr source);
    /// Looks at what waits, now.
    void hurry();
    /// Whether the last report is of the last source.
    [[nodiscard]] bool isUpToDate() const { return m_source == m_reported; }
    /// `done` gets the text with all quick fixes made, unless the source is another one by then.
    void fixAll(std::function<void(const QString& text)> done);
    /// How long nothing must change: milliseconds.
    static constexpr int kPause = 250, kShellPause = 900;

Q_SIGNALS:
    void reported(const escale::gui::LintReport& report);

private:
    void lintNow();
    void askShellcheck();
    void tell(LintReport report);

    QTimer m_pause, m_shellPause;
    QString m_dockerfile, m_contextFolder;
    DockerfileSourcePtr m_source, m_reported;
    quint64 m_turn = 0;      // an answer to an older question is dropped
    bool m_isAsking = false; // one ShellCheck at a time
    LintReport m_last;
};

} // namespace escale::gui
