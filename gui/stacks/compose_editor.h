// Writes Compose files: colours, completion and explanations from the schema, and what the loader says of the
// project while one types. One page a file; the project is loaded as it would be were everything saved.
#pragma once

#include "engine/base/result.h"
#include "gui/common/text_file.h"
#include "gui/stacks/compose_check.h"
#include "gui/stacks/compose_surroundings.h"

#include <QFileSystemWatcher>
#include <QStringList>
#include <QWidget>

#include <map>

class QSplitter;
class QStackedWidget;
class QTabBar;

namespace escale::gui {

class ComposeProblemsPanel;
class ComposeText;
struct ComposeProblem;
class Confirmation;
class ErrorBanner;
class FindBar;

class ComposeEditor : public QWidget {
    Q_OBJECT
public:
    explicit ComposeEditor(QWidget* parent = nullptr);
    ~ComposeEditor() override;

    /// The project: its Compose files (absolute, merged in this order) and its directory (empty: the first
    /// one's). Shows the first; pages of other files, and what was written in them, are gone.
    void setFiles(const QStringList& paths, const QString& projectDirectory = {});
    /// A project that has no file yet: `text` is what is in it, `path` where save() writes.
    void setNewFile(const QString& path, const QString& text);
    [[nodiscard]] QStringList files() const { return m_files; }
    /// Shows a file beside those that are open: one of the project's, an included one, an environment file.
    void open(const QString& path);
    /// Of the file that is shown; empty: none is.
    [[nodiscard]] QString path() const;
    [[nodiscard]] QString text() const;
    /// One step that can be undone.
    void setText(const QString& text);
    /// Whether any open file has changes that are not saved.
    [[nodiscard]] bool isModified() const;
    /// All files that were changed. WrongState: somebody else has changed one meanwhile; that is asked about
    /// in place, and saved() tells when it was written after all.
    Result<void> save();

    // What the project is loaded with beside its files.
    void setProfiles(const QStringList& profiles);
    void setServices(const QStringList& services); // asked for by name
    void setProjectName(const QString& name);      // empty: what the files say
    void setEnvironmentFiles(const QStringList& paths);
    /// Names of images that the engine has, for completion.
    void setImageNames(const QStringList& names);

    /// With what is not saved yet; to be loaded in any thread.
    [[nodiscard]] compose::LoadRequest request() const;
    /// The last answers of loaded(); null before the first one.
    [[nodiscard]] LoadedPtr lastLoaded() const { return m_loaded; }
    [[nodiscard]] MadeStackPtr lastMade() const { return m_made; }
    /// Whether they are of what is written now.
    [[nodiscard]] bool isUpToDate() const;

    /// A place of lastLoaded(): opens its file when need be. One nowhere (line 0) does nothing.
    void goTo(const compose::Place& place);
    void goTo(const QString& path, int line, int column = 1); // from 1
    void goToNextProblem(bool isBackwards);
    /// What stands at the cursor, explained in a bubble there.
    void explainHere();

    [[nodiscard]] int errors() const { return m_errors; }
    [[nodiscard]] int warnings() const { return m_warnings; }
    [[nodiscard]] int notes() const { return m_notes; }

    // For tests and pictures.
    [[nodiscard]] ComposeText* editor() const; // of the file that is shown; null: none is
    [[nodiscard]] ComposeProblemsPanel& problems() { return *m_problems; }
    /// Loads what waits to be loaded, now; loaded() tells.
    void hurry();
    /// Colours of what is written now, drawn.
    void finish();

Q_SIGNALS:
    /// After each change, once nobody has typed for a moment.
    void loaded(escale::gui::LoadedPtr loaded, escale::gui::MadeStackPtr made);
    void problemsChanged(int errors, int warnings, int notes);
    void textChanged();
    void modifiedChanged(bool isModified);
    void saved(const QString& path);
    void pathChanged(const QString& path);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Page {
        TextFile file;
        ComposeText* text = nullptr;
    };
    void buildLayout();
    void connectParts();
    void makeShortcuts();
    void fitPanel();
    void closePages();
    [[nodiscard]] Page* pageOf(const QString& path);
    [[nodiscard]] const Page* shownPage() const;
    Page& addPage(const QString& path);
    void showPage(int index);
    void listFolder(ComposeText* text, const QString& folder);
    void watch();
    void renewFromDisk(const QString& path);
    Result<void> write(Page& page);
    void report(const LoadedPtr& loaded, const MadeStackPtr& made);
    void moveProblems(const QString& path, int line, int by);
    void underline();
    void markProblems();
    void jump(const ComposeProblem& problem);
    void showMenu(ComposeText* text, const QPoint& place);
    void noteModified();
    [[nodiscard]] QString tipAt(const Page& page, int position) const;

    QStringList m_files;
    QString m_directory, m_projectName;
    QStringList m_profiles, m_services, m_environmentFiles, m_images;
    std::vector<std::unique_ptr<Page>> m_pages; // as the tabs
    LoadedPtr m_loaded;
    MadeStackPtr m_made;
    std::shared_ptr<ComposeSurroundings> m_surroundings;
    int m_errors = 0, m_warnings = 0, m_notes = 0;
    bool m_isModified = false;
    bool m_isSized = false; // the problems' height is somebody's choice
    ComposeCheck* m_check;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    FindBar* m_find = nullptr; // of the page that is shown
    ComposeProblemsPanel* m_problems;
    QSplitter* m_splitter;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    QFileSystemWatcher m_watcher; // of what was read and is not written here
};

} // namespace escale::gui
