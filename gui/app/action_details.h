// What an action is, in three sections that can be copied: the docker command, the call to the engine, and,
// folded, what the kernel is asked to do.
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace escale::gui {

struct ActionTrace;

class ActionDetails : public QWidget {
    Q_OBJECT
public:
    explicit ActionDetails(const ActionTrace& trace, QWidget* parent = nullptr);

private:
    void addSection(QVBoxLayout* column, const QString& title, const QString& copyWords, const QString& name,
                    const QString& text);
    void addKernel(QVBoxLayout* column, const QStringList& steps);
    QWidget* makeText(const QString& text, const QString& name, const QString& words, bool monospaced);
};

} // namespace escale::gui
