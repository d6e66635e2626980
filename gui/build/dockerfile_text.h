// The text of a Dockerfile as one writes it: with a build's steps beside its lines, and what may be written
// next. Knows nothing of files and of the linter.
#pragma once

#include "gui/build/dockerfile_completion.h"
#include "gui/common/code_text.h"

namespace escale::gui {

class DockerfileText : public CodeText {
    Q_OBJECT
public:
    enum StepState { StepNone, StepCached, StepRunning, StepDone, StepFailed };

    explicit DockerfileText(QWidget* parent = nullptr);

    void setImageNames(const QStringList& names) { m_images = names; }
    /// Lists a folder below the context ("src/"): answers later by giveFiles(); nothing: there is no context.
    void setFileLister(std::function<void(const QString& folder)> lister) { m_lister = std::move(lister); }
    void giveFiles(const QString& folder, const QStringList& entries);

    void markStep(int line, StepState state);
    void clearSteps();
    [[nodiscard]] StepState stepAt(int line) const;

protected:
    std::optional<CompletionOffer> offerHere() override;
    [[nodiscard]] bool mayOffer(QChar typed) const override;
    [[nodiscard]] qsizetype indentOfNextLine() const override;
    void paintMargin(QPainter& painter, int line, const QRect& row) override;
    void textWasChanged() override { clearSteps(); }

private:
    DockerfileOffer m_waiting; // for the files of its folder
    QStringList m_images;
    std::function<void(const QString&)> m_lister;
    std::map<int, StepState> m_steps;
};

} // namespace escale::gui
