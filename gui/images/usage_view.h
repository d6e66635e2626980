// What images, containers and logs take on the disk, and how much of it nobody uses. Read while it is shown,
// and again when something changes.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/common/list_reader.h"
#include "gui/images/usage_bar.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace escale::gui {

class ErrorBanner;

/// The bar's parts, in its order.
QList<UsagePart> usageParts(const dbus::TotalUsage& total);

class UsageView : public QFrame {
    Q_OBJECT
public:
    explicit UsageView(EngineClient& client, QWidget* parent = nullptr);
    void take(const DiskUsage& usage);

Q_SIGNALS:
    void read(const escale::gui::DiskUsage& usage);
    void pruneRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();

    EngineClient& m_client;
    ListReader<DiskUsage> m_reader;
    QTimer m_later; // changes come in numbers
    QLabel *m_total, *m_spare;
    UsageBar* m_bar;
    QPushButton* m_prune;
    ErrorBanner* m_error;
};

} // namespace escale::gui
