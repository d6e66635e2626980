// The list of completions below the cursor, and the explanation of the one that is chosen in a bubble beside
// it. The editor keeps the keyboard.
#pragma once

#include "gui/common/completion_offer.h"

#include <QObject>

class QAbstractItemView;
class QCompleter;
class QLabel;
class QModelIndex;
class QPlainTextEdit;
class QStandardItemModel;

namespace escale::gui {

class CompletionList : public QObject {
    Q_OBJECT
public:
    CompletionList(QPlainTextEdit* text, const QString& name);
    /// Below `place` of the text, in its coordinates. `isChosen`: the first one is.
    void show(const CompletionWords& words, QRect place, bool isChosen);
    void close();
    [[nodiscard]] bool isOpen() const;
    /// What Return takes: nothing while none is chosen.
    [[nodiscard]] const CompletionWord* chosen() const;
    [[nodiscard]] const CompletionWord* first() const {
        return m_words.isEmpty() ? nullptr : &m_words.front();
    }
    [[nodiscard]] const CompletionWords& words() const { return m_words; }
    /// The explanation that is shown now; empty: none is.
    [[nodiscard]] QString explanation() const;

Q_SIGNALS:
    void accepted(const escale::gui::CompletionWord& word);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void explain(const QModelIndex& index);

    QPlainTextEdit* m_text;
    QCompleter* m_completer;
    QAbstractItemView* m_popup;
    QStandardItemModel* m_model;
    QLabel* m_bubble;
    CompletionWords m_words;
};

} // namespace escale::gui
