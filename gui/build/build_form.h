// What a build is to be: names and target first, the rest behind "More options". Shows the docker command
// that asks for the same. GUI thread.
#pragma once

#include "gui/build/build_settings.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace escale::gui {

class BuildArguments;
class NotedField;
class OptionField;
class RowList;

class BuildForm : public QWidget {
    Q_OBJECT
public:
    explicit BuildForm(QWidget* parent = nullptr);
    /// All but folder and Dockerfile, which are kept for the command.
    void setSettings(const BuildSettings& settings);
    [[nodiscard]] BuildSettings settings() const;
    void setPlace(const QString& folder, const QString& dockerfile);
    /// Its stages and ARGs are offered.
    void setDockerfile(const std::string& text);
    void setOptionsShown(bool shown);
    [[nodiscard]] bool areOptionsShown() const;
    /// What keeps the build from being started; empty: nothing. Looks at files.
    [[nodiscard]] QString problem() const;
    /// Opens what is folded when something is wrong there.
    void showProblems();

Q_SIGNALS:
    void edited();
    /// Another target, or other arguments: the graph is another one.
    void planEdited();
    void optionsToggled(bool shown);

private:
    void buildFirstRow(QVBoxLayout* column);
    QWidget* makeOptions();
    QWidget* makeLists();
    QWidget* makeChoices();
    void buildGrid(QVBoxLayout* column);
    void addLimits(QVBoxLayout* column);
    void buildCommand(QVBoxLayout* column);
    void choosePath();
    QCheckBox* tick(const char* name, const QString& words, const QString& tip, QVBoxLayout* column);
    void orderKeys();
    void updateTags();
    void updateOutput();
    void updateCommand();
    void takeEdit();

    QLineEdit* m_tags;
    NotedField* m_tagField;
    QComboBox *m_target, *m_platform, *m_network, *m_output;
    QPushButton* m_more;
    QScrollArea* m_options;
    BuildArguments* m_arguments;
    RowList *m_labels, *m_secrets;
    QCheckBox *m_noCache = nullptr, *m_pull = nullptr, *m_agent = nullptr, *m_hostNetwork = nullptr,
              *m_insecure = nullptr;
    QList<OptionField*> m_limits;
    QLineEdit* m_path;
    QLabel *m_outputNote, *m_command;
    QString m_folder, m_dockerfile;
    bool m_isSetting = false;
};

} // namespace escale::gui
