// Verifies the images, shows what is damaged, and mends it: marked as missing, then pulled again.
#pragma once

#include "gui/images/verify_findings.h"

#include <QObject>

namespace escale::gui {

class ActionNotice;
class EngineClient;
class ErrorBanner;
class Job;
class RegistryAccounts;

class ImageRepair : public QObject {
    Q_OBJECT
public:
    /// What it uses lives in the pane, or outlives it.
    ImageRepair(EngineClient& client, RegistryAccounts& accounts, ErrorBanner& error, ActionNotice& notice,
                QWidget* pane);
    /// One at a time.
    void verify();

Q_SIGNALS:
    void begun(escale::gui::Job* job);
    void busyChanged(bool busy);

private:
    void start(bool mend, std::function<void(const QList<VerifyFinding>&)> then);
    void take(Job* job, const std::function<void(const QList<VerifyFinding>&)>& then);
    void show(const QList<VerifyFinding>& findings);
    void mend(const QStringList& images);
    void pullAgain(const QStringList& images);

    EngineClient& m_client;
    RegistryAccounts& m_accounts;
    ErrorBanner& m_error;
    ActionNotice& m_notice;
    QWidget* m_pane;
};

} // namespace escale::gui
