// The text of a Dockerfile as one writes it: line numbers with findings and a build's steps beside them,
// completion, indentation, comments, zoom. Knows nothing of files and of the linter.
#pragma once

#include "gui/build/dockerfile_completion.h"

#include <QPlainTextEdit>

#include <functional>
#include <map>

class QCompleter;
class QStandardItemModel;

namespace escale::gui {

class EditorGutter;

class DockerfileText : public QPlainTextEdit {
    Q_OBJECT
public:
    enum StepState { StepNone, StepCached, StepRunning, StepDone, StepFailed };

    explicit DockerfileText(QWidget* parent = nullptr);

    /// As it is, no-break spaces and all; lines end with '\n'.
    [[nodiscard]] QString content() const;
    /// Another number after each change of the text; colours are none.
    [[nodiscard]] quint64 changes() const { return m_changes; }
    /// The whole text becomes this one, in one step that can be undone; places before and behind what is
    /// another stay.
    void replaceContent(const QString& text);
    void setImageNames(const QStringList& names) { m_images = names; }
    /// Lists a folder below the context ("src/"): answers later by giveFiles(); nothing: there is no context.
    void setFileLister(std::function<void(const QString& folder)> lister) { m_lister = std::move(lister); }
    void giveFiles(const QString& folder, const QStringList& entries);

    void showLine(int line, int column = 0);
    [[nodiscard]] int currentLine() const; // from 1
    void markStep(int line, StepState state);
    void clearSteps();
    [[nodiscard]] StepState stepAt(int line) const;
    /// The colour of the mark beside a line; an invalid one takes it away.
    void setFindingColors(std::map<int, QColor> colors);
    [[nodiscard]] QColor findingColor(int line) const;
    /// Rich text about a place of the text; empty: nothing is known.
    void setTips(std::function<QString(int position)> tips) { m_tips = std::move(tips); }

    void complete(bool isAsked);
    [[nodiscard]] QStringList offered() const; // what the list of completions shows; empty: it is closed
    void toggleComment();
    void zoom(int steps); // 0: as it was

    // For the gutter.
    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent* event);
    void pressGutter(const QPoint& place);
    [[nodiscard]] std::pair<int, int> sight() const; // blocks

Q_SIGNALS:
    /// Lines were added below `line`, or taken away.
    void linesMoved(int line, int by);
    void fixesRequested(int line);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    void makeCompleter();
    void showOffer(const CompletionOffer& offer, bool isAsked);
    void closeOffer();
    void accept(const QModelIndex& index);
    bool handlePopupKey(QKeyEvent* event);
    bool handleTab(QKeyEvent* event);
    void breakLine();
    void indentSelection(bool isMore);
    void showCurrentLine();
    void noteChange(int position, int removed, int added);
    [[nodiscard]] bool mayOffer(QChar typed) const;
    void place();
    [[nodiscard]] std::pair<int, int> selectedBlocks() const;

    EditorGutter* m_gutter;
    QCompleter* m_completer;
    QStandardItemModel* m_offers;
    CompletionOffer m_offer;
    bool m_isAsked = false;
    QStringList m_images;
    std::function<void(const QString&)> m_lister;
    std::function<QString(int)> m_tips;
    std::map<int, StepState> m_steps;
    std::map<int, QColor> m_findings;
    int m_blocks = 1;
    quint64 m_changes = 1;
    int m_zoom = 0;
    double m_size = 0; // of the font, before zoom
};

} // namespace escale::gui
