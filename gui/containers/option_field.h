// One option of the Run dialog: its name with docker's flag, its editor, and beneath it what it does, or what
// is wrong with it, said while it is typed. GUI thread.
#pragma once

#include "gui/containers/docker_options.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace escale::gui {

class OptionEditor;

class OptionField : public QWidget {
    Q_OBJECT
public:
    /// The option is of dockerOptions(), or one that lives as long.
    OptionField(const DockerOption& option, QWidget* parent);

    [[nodiscard]] QString key() const { return QString::fromLatin1(m_option.key); }
    [[nodiscard]] const QString& title() const { return m_title; }
    [[nodiscard]] OptionEditor& editor() const { return *m_editor; }

    /// Not valid: not set. What nobody edits afterwards is given back exactly as it was given.
    void setValue(const QVariant& value);
    /// Nothing when it is not set, or wrong.
    [[nodiscard]] std::optional<QVariant> value() const;
    /// The texts of the command line, also of a wrong value.
    void setTexts(const QStringList& texts);
    [[nodiscard]] QStringList texts() const;
    /// What is wrong; empty: nothing.
    [[nodiscard]] QString problem() const;
    /// Wrong together with others.
    void setConflict(const QString& conflict);
    void setPlaceholder(const QString& text);
    /// Instead of the explanation while the option is set.
    void setWarning(const QString& text);

Q_SIGNALS:
    void changed();

private:
    void check();
    void showWords();

    const DockerOption& m_option;
    QString m_title, m_explanation, m_warning;
    OptionEditor* m_editor;
    QLabel* m_words;
    QVariant m_given;
    QStringList m_givenTexts;
    std::optional<QVariant> m_value;
    QString m_problem, m_conflict, m_failure;
};

} // namespace escale::gui
