// Where a build's files are: the folder and its Dockerfile. Recent ones are remembered, either can be dropped
// on it.
#pragma once

#include "gui/build/build_settings.h"

#include <QWidget>

class QComboBox;

namespace escale::gui {

class BuildPlace : public QWidget {
    Q_OBJECT
public:
    explicit BuildPlace(QWidget* parent = nullptr);
    /// Shows it, and remembers it.
    void setPlace(const QString& folder, const QString& dockerfile);
    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] const QString& dockerfile() const { return m_dockerfile; }
    /// Asks for another folder.
    void browse();

    static QStringList recent();
    static void remember(const QString& folder);
    static void forget(const QString& folder);

Q_SIGNALS:
    /// The person wants another one; setPlace() follows, or does not.
    void chosen(const QString& folder, const QString& dockerfile);
    /// One of the recent ones is there no more.
    void vanished(const QString& folder);
    void templateRequested();

private:
    void fillFolders();
    void fillDockerfiles();
    void takeFolder(int index);
    void takeDockerfile(int index);

    QComboBox *m_folders, *m_dockerfiles;
    QWidget* m_browse = nullptr;
    QWidget* m_ofFolder; // what makes sense with one alone
    QString m_folder, m_dockerfile;
};

/// The folder or Dockerfile among what is dragged; nothing when there is none.
BuildSettings droppedPlace(const QMimeData& data);

} // namespace escale::gui
