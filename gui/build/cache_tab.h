// What builds have kept for the next ones, and how much of the disk that takes. GUI thread.
#pragma once

#include "gui/common/list_reader.h"
#include "helper/dbus/types.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace escale::gui {

class ActionNotice;
class BuildCacheModel;
class EngineClient;
class ErrorBanner;
class TableStack;

class CacheTab : public QWidget {
    Q_OBJECT
public:
    explicit CacheTab(EngineClient& client, QWidget* parent = nullptr);
    void setFilter(const QString& text);
    void focusContent();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void takeEntries(const Result<dbus::BuildCache>& entries);
    void askPrune();

    EngineClient& m_client;
    BuildCacheModel* m_model;
    ListReader<dbus::BuildCache> m_entries;
    TableStack* m_stack;
    ErrorBanner* m_error;
    ActionNotice* m_notice;
    QLabel* m_told;
    QPushButton* m_prune;
    bool m_isUnread = false; // as the banner says
};

} // namespace escale::gui
