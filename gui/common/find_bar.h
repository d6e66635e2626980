// Finds a text in an editor: forwards and backwards, from where the cursor is, and round.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace escale::gui {

class FindBar : public QWidget {
    Q_OBJECT
public:
    /// Hidden until activate(). Its field is the object "NAME.find"; `words`: what that is called.
    FindBar(const QString& name, const QString& words, QPlainTextEdit* text, QWidget* parent);
    /// Searches another text from now on; null: none.
    void setText(QPlainTextEdit* text) { m_text = text; }
    /// Shows it, with what is selected.
    void activate();
    void findNext(bool isBackwards);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void find(bool isBackwards, bool fromHere);
    void close();

    QPlainTextEdit* m_text;
    QLineEdit* m_field;
    QLabel* m_words;
};

} // namespace escale::gui
