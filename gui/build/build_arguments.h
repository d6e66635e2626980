// The values for a Dockerfile's ARGs: a field each, with the file's default in it until somebody writes.
#pragma once

#include "engine/build/instructions.h"
#include "helper/dbus/types.h"

#include <QHash>
#include <QWidget>

class QGridLayout;
class QLabel;
class QLineEdit;

namespace escale::gui {

/// An ARG of the file; the first default counts.
struct DeclaredArgument {
    QString name, fallback;
    bool hasDefault = false;
    bool operator==(const DeclaredArgument&) const = default;
};
/// In the file's order, each name once.
QList<DeclaredArgument> declaredArguments(const BuildFile& file);

class BuildArguments : public QWidget {
    Q_OBJECT
public:
    explicit BuildArguments(QWidget* parent = nullptr);
    /// What is written stays, by its name.
    void setDeclared(const QList<DeclaredArgument>& arguments);
    void setValues(const dbus::TextMap& values);
    /// Of those that are written, or were given and are in the file no more.
    [[nodiscard]] dbus::TextMap values() const;

Q_SIGNALS:
    void edited();

private:
    void renew();

    QGridLayout* m_grid;
    QLabel* m_none;
    QList<DeclaredArgument> m_declared;
    dbus::TextMap m_values;
    QHash<QString, QLineEdit*> m_fields;
};

} // namespace escale::gui
