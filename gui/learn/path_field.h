// A field for a path of the layers, with the paths that fit what is typed below it.
#pragma once

#include <QLineEdit>

#include <functional>

class QStringListModel;

namespace escale::gui {

class PathField : public QLineEdit {
    Q_OBJECT
public:
    /// `complete`: the paths that fit a text, best first; folders end with "/".
    PathField(const QString& objectName, std::function<QStringList(const QString&)> complete,
              QWidget* parent);
    /// Without telling.
    void setPath(const QString& path) { setText(path); }

Q_SIGNALS:
    /// Somebody has chosen it: from the list, or typed whole and Return. Empty: none any more.
    void pathChosen(const QString& path);

private:
    void choose(const QString& text);

    std::function<QStringList(const QString&)> m_complete;
    QStringListModel* m_found;
};

} // namespace escale::gui
