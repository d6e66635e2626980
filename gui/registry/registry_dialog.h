// Account and connection of one registry: log in and out, what its connection needs, and a test that says in
// words what works. Nothing is kept before the registry has accepted the account. The test ends by itself.
#pragma once

#include "engine/base/cancellation.h"
#include "gui/registry/registry_accounts.h"
#include "gui/registry/report_words.h"

#include <QDialog>
#include <QThreadPool>

#include <memory>

class QCheckBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace escale::gui {

class RegistryDialog : public QDialog {
    Q_OBJECT
public:
    RegistryDialog(RegistryAccounts& accounts, const QString& registry, QWidget* parent);
    ~RegistryDialog() override;
    /// What the last test said.
    [[nodiscard]] const QList<ReportLine>& report() const { return m_lines; }

private:
    void buildLayout();
    QLayout* buildFields();
    QLayout* buildButtons();
    void showAccount(const Result<RegistryAccount>& account);
    [[nodiscard]] RegistryChoices choices() const;
    [[nodiscard]] bool hasAccount() const;
    [[nodiscard]] std::optional<Credentials> credentials() const;
    void chooseCertificate();
    void test(std::function<void(const RegistryReport&)> then);
    void takeReport(const RegistryReport& report);
    void submit();
    void finishLogin(const RegistryReport& report);
    void logOut();
    void stopTest();
    void setBusy(bool busy);
    void updateButtons();
    void showLines(const QList<ReportLine>& lines);
    void showError(const Error& error);

    RegistryAccounts& m_accounts;
    QString m_registry;
    RegistryAccount m_account; // that is used without another one being written
    bool m_tested = false;     // the report is of an account
    bool m_kept = false;       // all that is left to do is to close
    QList<ReportLine> m_lines;
    std::shared_ptr<Cancellation> m_running;
    QThreadPool m_pool;

    QLabel* m_who;
    QLineEdit *m_user, *m_password, *m_certificate, *m_mirrors;
    QPushButton* m_chooseCertificate;
    QCheckBox* m_insecure;
    QWidget* m_report;
    QGridLayout* m_reportRows;
    QProgressBar* m_progress;
    QPushButton *m_logOut, *m_test, *m_cancel, *m_submit;
};

} // namespace escale::gui
