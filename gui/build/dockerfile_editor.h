// Writes a Dockerfile: the text with its colours, what may be written next, and what the linter thinks of it
// while one types, with quick fixes.
#pragma once

#include "engine/base/result.h"
#include "gui/build/dockerfile_text.h"
#include "gui/build/lint_runner.h"
#include "gui/common/text_file.h"

#include <QWidget>

#include <functional>

class QMenu;
class QSplitter;

namespace escale::gui {

class Confirmation;
class DockerfileHighlighter;
class ErrorBanner;
class FindBar;
class LintPanel;

class DockerfileEditor : public QWidget {
    Q_OBJECT
public:
    explicit DockerfileEditor(QWidget* parent = nullptr);

    /// Shows the file; what was written before is gone. What is wrong with it is said in place.
    void open(const QString& path);
    /// Of the file that is shown; empty: it has none yet.
    [[nodiscard]] QString path() const { return m_file.path(); }
    /// Where save() writes from now on.
    void setPath(const QString& path);
    [[nodiscard]] QString text() const;
    /// One step that can be undone.
    void setText(const QString& text);
    /// Whose files COPY takes; empty: not known.
    void setContextFolder(const QString& folder);
    void setImageNames(const QStringList& names);
    [[nodiscard]] bool isModified() const;
    /// Writes the file, with the line ends it had. WrongState: it has no name yet, or somebody else has
    /// changed it meanwhile; the latter is asked about in place.
    Result<void> save();
    /// `line` from 1 on.
    void showLine(int line);
    /// How far a build is with the instruction that begins at that line; all marks go when the text changes.
    void markStep(int line, DockerfileText::StepState state);
    void clearSteps();
    [[nodiscard]] int errors() const { return m_errors; }
    [[nodiscard]] int warnings() const { return m_warnings; }

    [[nodiscard]] DockerfileText& editor() { return *m_text; }
    [[nodiscard]] LintPanel& findings() { return *m_panel; }
    [[nodiscard]] LintRunner& linter() { return *m_linter; }
    void applyFix(const LintFinding& finding);
    void ignoreFinding(const LintFinding& finding);
    void fixAll();
    /// What can be done about the findings of the line, as a menu that deletes itself; null: nothing.
    QMenu* fixMenu(int line);
    /// Colours and findings of what is written now, drawn: for pictures and tests.
    void finish();

Q_SIGNALS:
    void textChanged();
    void findingsChanged(int errors, int warnings);
    void saved(const QString& path);
    void modifiedChanged(bool isModified);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildLayout();
    void fitPanel();
    void connectParts();
    void makeShortcuts();
    Result<void> read(const QString& path);
    Result<void> write();
    void renewSource();
    void report(const LintReport& report);
    void moveFindings(int line, int by);
    void markFindings();
    void showFixes(int line);
    void showMenu(const QPoint& place);
    void goToFinding(bool isBackwards);
    void listFiles(const QString& folder);
    [[nodiscard]] QString tipAt(int position) const;
    void whenLinted(std::function<void()> act);

    DockerfileText* m_text;
    DockerfileHighlighter* m_highlighter;
    LintRunner* m_linter;
    FindBar* m_find;
    LintPanel* m_panel;
    QSplitter* m_splitter;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    TextFile m_file;
    QString m_contextFolder;
    DockerfileSourcePtr m_source;
    quint64 m_changes = 0; // of the text, that m_source is of
    int m_errors = 0, m_warnings = 0;
    bool m_isSized = false; // the findings' height is somebody's choice
    std::function<void()> m_whenLinted;
};

} // namespace escale::gui
