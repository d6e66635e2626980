// The tags of a repository, with a filter; what is behind them is read for the rows in sight, or for all of
// them when they are sorted by it. Nothing is read while nobody looks.
#pragma once

#include "gui/registry/tag_filler.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;

namespace escale::gui {

class EmptyState;
class Table;
class TableStack;
class TagsModel;

class TagsView : public QWidget {
    Q_OBJECT
public:
    /// Tags up to which all are read for the sake of their order.
    static constexpr int kMostOrdered = 1000;

    explicit TagsView(RegistryAccounts& accounts, QWidget* parent = nullptr);
    /// No tags yet; the page says `words`.
    void clear(const QString& words, const QString& hint = {});
    void setTags(const QString& registry, const QString& repository, const QStringList& tags);
    /// It was deleted.
    void remove(const QString& tag);
    [[nodiscard]] Table& table();
    [[nodiscard]] TagsModel& model() { return *m_model; }
    [[nodiscard]] QString current() const;

Q_SIGNALS:
    void chosen(const QString& tag);
    /// The chosen one is to be pulled, or deleted.
    void activated();
    void deleteRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildTable();
    QWidget* buildBar();
    void look();
    [[nodiscard]] QStringList wanted() const;
    void updateWords();
    void addTableAction(const char* iconName, const QString& text, const QKeySequence& key,
                        std::function<void()> run);
    void copy(bool digest) const;
    void lookSoon();

    TagsModel* m_model;
    TagFiller m_filler;
    TableStack* m_stack;
    QLineEdit* m_filter;
    QLabel* m_told;
    QTimer m_look;  // a moment after the last scroll
    QString m_name; // of the repository, with its registry
};

} // namespace escale::gui
