// The text of one Compose file as one writes it: colours, indentation, completion. Knows its outline; nothing
// of files and of the loader.
#pragma once

#include "gui/common/code_text.h"
#include "gui/stacks/compose_highlighter.h"
#include "gui/stacks/compose_surroundings.h"

namespace escale::gui {

class ComposeText : public CodeText {
    Q_OBJECT
public:
    /// `isCompose`: else it is an environment file.
    ComposeText(bool isCompose, QWidget* parent);

    /// Of the text that is there now.
    [[nodiscard]] const ComposeOutline& outline() const { return m_outline; }
    [[nodiscard]] ComposeHighlighter& highlighter() { return *m_highlighter; }
    /// What the project's files name, as far as it is known.
    void setSurroundings(std::shared_ptr<const ComposeSurroundings> surroundings);
    [[nodiscard]] ComposeSurroundings surroundings() const;

    /// Lists a folder as the file names it: answers later by giveEntries(); without one no paths are offered.
    void setFolderLister(std::function<void(const QString& folder)> lister) { m_lister = std::move(lister); }
    void giveEntries(const QString& folder, const QStringList& entries);

Q_SIGNALS:
    void edited(); // the text is another one; colours are none

protected:
    std::optional<CompletionOffer> offerHere() override;
    [[nodiscard]] bool mayOffer(QChar typed) const override;
    [[nodiscard]] qsizetype indentOfNextLine() const override;
    [[nodiscard]] QString pasted(const QString& text) const override;
    void changeEvent(QEvent* event) override;

private:
    void renewOutline();

    const bool m_isCompose;
    ComposeHighlighter* m_highlighter;
    ComposeOutline m_outline;
    quint64 m_outlined = 0; // changes() that it is of
    std::shared_ptr<const ComposeSurroundings> m_surroundings;
    std::function<void(const QString&)> m_lister;
};

} // namespace escale::gui
