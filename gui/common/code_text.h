// A text as one writes it for a program: line numbers with marks beside them, completion, indentation,
// comments, zoom. What is offered, where lines begin and what the marks mean is the language's: whoever
// derives says it. Knows nothing of files.
#pragma once

#include "gui/common/completion_offer.h"

#include <QPlainTextEdit>

#include <functional>
#include <map>
#include <optional>

namespace escale::gui {

class CodeGutter;
class CompletionList;

class CodeText : public QPlainTextEdit {
    Q_OBJECT
public:
    /// `indent`: spaces that Tab writes. `name`: of the object; the list of completions is
    /// "NAME.completions".
    CodeText(int indent, const QString& name, QWidget* parent);

    /// As it is, no-break spaces and all; lines end with '\n'.
    [[nodiscard]] QString content() const;
    /// Another number after each change of the text; colours are none.
    [[nodiscard]] quint64 changes() const { return m_changes; }
    /// The whole text becomes this one, in one step that can be undone; places before and behind what is
    /// another stay.
    void replaceContent(const QString& text);

    void showLine(int line, int column = 0);
    [[nodiscard]] int currentLine() const; // from 1
    /// The colour of the mark beside a line; an invalid one takes it away.
    void setMarks(std::map<int, QColor> colors);
    [[nodiscard]] QColor markAt(int line) const;
    /// Rich text about a place of the text; empty: nothing is known.
    void setTips(std::function<QString(int position)> tips) { m_tips = std::move(tips); }
    /// The tip of where the cursor is, as the mouse would show it.
    void showTipHere();

    void complete(bool isAsked);
    [[nodiscard]] QStringList offered() const; // what the list of completions shows; empty: it is closed
    [[nodiscard]] CompletionList& completions() { return *m_list; }
    void toggleComment();
    void duplicateLines();
    void moveLines(bool isUp);
    void zoom(int steps); // 0: as it was

    // For the gutter.
    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent* event);
    void pressGutter(const QPoint& place);
    [[nodiscard]] std::pair<int, int> sight() const; // blocks

Q_SIGNALS:
    /// Lines were added below `line`, or taken away.
    void linesMoved(int line, int by);
    void markPressed(int line);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;

    /// What may be written at the cursor. Nullopt: it comes later, by showOffer().
    virtual std::optional<CompletionOffer> offerHere() = 0;
    /// Whether the list opens by itself behind what was typed just now.
    [[nodiscard]] virtual bool mayOffer(QChar typed) const = 0;
    /// Spaces that a new line begins with when the one of the cursor is broken there.
    [[nodiscard]] virtual qsizetype indentOfNextLine() const = 0;
    /// Whether Tab behind what is written offers its completions.
    [[nodiscard]] virtual bool doesTabComplete() const { return true; }
    /// What text becomes when it is pasted at the cursor.
    [[nodiscard]] virtual QString pasted(const QString& text) const { return text; }
    /// Beside a line, below number and mark.
    virtual void paintMargin(QPainter& painter, int line, const QRect& row);
    virtual void textWasChanged() {} // before textChanged()

    void showOffer(const CompletionOffer& offer);
    [[nodiscard]] bool isAsked() const { return m_isAsked; } // for: not because of a key that was typed
    void updateGutter();
    [[nodiscard]] static int marginWidth(); // pixels at scale 1 that paintMargin() has
    [[nodiscard]] std::pair<int, int> selectedBlocks() const;

private:
    void accept(const CompletionWord& word);
    bool handlePopupKey(QKeyEvent* event);
    bool handleTab(QKeyEvent* event);
    bool handleCommand(QKeyEvent* event);
    void breakLine();
    void indentSelection(bool isMore);
    void showCurrentLine();
    void noteChange(int position, int removed, int added);
    void place();

    const int m_indent;
    CodeGutter* m_gutter;
    CompletionList* m_list;
    CompletionOffer m_offer;
    bool m_isAsked = false, m_isComing = false; // the offer: Ctrl+Space; comes later
    std::function<QString(int)> m_tips;
    std::map<int, QColor> m_marks;
    int m_blocks = 1;
    quint64 m_changes = 1;
    int m_zoom = 0;
    double m_size = 0; // of the font, before zoom
};

} // namespace escale::gui
