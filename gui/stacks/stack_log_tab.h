// What all containers of a stack write, in one log: each line with who wrote it; services can be left out.
#pragma once

#include "gui/common/log_search.h"
#include "gui/stacks/log_merge.h"
#include "helper/dbus/types.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

class QCheckBox;

namespace escale::gui {

class EngineClient;
class ErrorBanner;
class LogFollower;
class LogView;

class StackLogTab : public QWidget {
    Q_OBJECT
public:
    explicit StackLogTab(EngineClient& client, QWidget* parent = nullptr);
    /// Those of another project: nothing of the one before is kept.
    void setContainers(const QString& project, const dbus::StackContainers& containers);
    /// Only that service's lines; empty: all of them.
    void showOnly(const QString& service);
    [[nodiscard]] LogView& view() { return *m_view; }

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void openNew();
    void open(const QString& container);
    LogFollower* followerFor(const QString& container);
    void takeCaughtUp(const QString& container);
    void flush();
    void buildChoices();
    void colorChoices();
    void takeChoice();

    EngineClient& m_client;
    LogView* m_view;
    ErrorBanner* m_error;
    QWidget* m_choices;
    QString m_project;
    dbus::StackContainers m_containers;
    LogMerge m_merge;
    QHash<QString, LogFollower*> m_followers; // by container
    QSet<QString> m_reading;                  // those that have not been read to their ends yet
    QList<QCheckBox*> m_boxes;                // by service's number
    QStringList m_services;
    QTimer m_flush;
};

} // namespace escale::gui
