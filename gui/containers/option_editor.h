// What a person edits of one option, as the texts of the command line: a line, a tick, a choice, or rows
// (row_list.h). What the texts mean is the option's affair (option_field.h).
#pragma once

#include "gui/containers/docker_options.h"

#include <QSet>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace escale::gui {

class OptionEditor : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// None: not set.
    [[nodiscard]] virtual QStringList texts() const = 0;
    /// Without edited().
    virtual void setTexts(const QStringList& texts) = 0;
    virtual void setPlaceholder(const QString& /*text*/) {}
    virtual void markInvalid(bool /*invalid*/) {}

Q_SIGNALS:
    void edited();
    /// Something it was to bring could not be had, such as a file.
    void failed(const QString& why);
};

class LineEditor : public OptionEditor {
    Q_OBJECT
public:
    LineEditor(const QString& objectName, const QString& name, QWidget* parent);
    [[nodiscard]] QStringList texts() const override;
    void setTexts(const QStringList& texts) override;
    void setPlaceholder(const QString& text) override;
    void markInvalid(bool invalid) override;

private:
    QLineEdit* m_line;
};

class TickEditor : public OptionEditor {
    Q_OBJECT
public:
    /// `unset`: what holds when the option is not set.
    TickEditor(const QString& objectName, const QString& name, bool unset, QWidget* parent);
    [[nodiscard]] QStringList texts() const override;
    void setTexts(const QStringList& texts) override;

private:
    QCheckBox* m_box;
    bool m_unset;
};

struct OptionChoice {
    QString text;      // of the command line; empty: not set
    QString words;     // what it means
    QString same = {}; // of the first, which sets nothing: the text that says so explicitly
};
/// Of an option of which a few words are right; empty for the others.
QList<OptionChoice> optionChoices(const QString& key);

/// A list of choices; "container:NAME" among them brings a field for the name. A text of no choice gets an
/// entry of its own.
class ChoiceEditor : public OptionEditor {
    Q_OBJECT
public:
    ChoiceEditor(const QString& objectName, const QString& name, const QList<OptionChoice>& choices,
                 QWidget* parent);
    [[nodiscard]] QStringList texts() const override;
    void setTexts(const QStringList& texts) override;
    void markInvalid(bool invalid) override;
    /// One more choice, after the first one.
    void offer(const QString& text, const QString& words);
    /// One more choice: a file's content.
    void offerFile(const QString& words);
    /// Takes the content as its text.
    void takeFile(const QString& path);

private:
    void chosen();
    void chooseFile();

    QComboBox* m_box;
    QLineEdit* m_container;
    QString m_unsetText;
    QSet<QString> m_offered;
    int m_before = 0; // the choice before a file was asked for
};

/// What suits the option; `objectName` becomes that of the widget with the keyboard.
OptionEditor* makeEditor(const DockerOption& option, const QString& objectName, QWidget* parent);

/// Red frame or none.
void markInvalid(QWidget* field, bool invalid);

} // namespace escale::gui
