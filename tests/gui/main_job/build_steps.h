// Steps of the main job in the Build pane, against the live engine. All of them build the same small folder.
#pragma once

#include "tests/gui/main_job/driver.h"

#include <QTemporaryDir>

namespace escale::test {

/// A folder with a Dockerfile of two stages on the demo image, which is here.
class BuildFolder {
public:
    static Result<BuildFolder> make();
    [[nodiscard]] QString path() const;
    /// That of the Dockerfile with "exit 3" in its last RUN.
    [[nodiscard]] static QString broken(const QString& text);
    Result<void> write(const QString& name, const QByteArray& content) const;

private:
    std::shared_ptr<QTemporaryDir> m_parent;
};

/// Chosen in the dialog, its Dockerfile and graph are in sight.
Result<void> chooseFolder(Driver& driver, const BuildFolder& folder);
/// Built: seconds run in the graph, then every step is done; its log, its layer's files and its image are
/// shown.
Result<void> buildFirst(Driver& driver);
/// Built again: every step comes from the cache.
Result<void> buildCached(Driver& driver);
/// A RUN that exits with 3: its box, its line and the words above the editor say so.
Result<void> buildBroken(Driver& driver);
/// In the step that has failed, a shell sees the file that it had made.
Result<void> lookIntoFailed(Driver& driver);
/// The image goes into an archive, a folder and a registry.
Result<void> deliverBuilt(Driver& driver);
/// A build is cancelled while its files are sent, the next one while a RUN sleeps; the one after ends well.
Result<void> cancelBuilds(Driver& driver, const BuildFolder& folder);
/// The history has them all; one is built again as it was, two are compared.
Result<void> seeHistory(Driver& driver);
/// A build of another client is followed in the history while it runs.
Result<void> followOthers(Driver& driver, const BuildFolder& folder);
/// The helper is killed under a build: the pane says so, and can build again.
Result<void> outliveHelper(Driver& driver);
/// What builds have kept is listed, and goes.
Result<void> pruneCache(Driver& driver);
/// All of these, as steps of the job; the demo image is here.
bool runBuildSteps(Driver& driver);
/// For a picture: "build", "build-empty", "build-edit", "build-running", "build-done", "build-failed",
/// "build-options", "build-history", "build-compare", "build-cache", "build-template", "build-terminal",
/// "build-files", "build-costs".
Result<void> showBuild(Driver& driver, const QString& pane);

} // namespace escale::test
