// A session without a keyring. A class of its own, since the libraries remember the bus of a process.
#include "gui/registry/registry_dialog.h"
#include "tests/support/docker_registry.h"
#include "tests/support/test_registry.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSettings>

using namespace escale;
using namespace escale::gui;
using namespace escale::test;

class NoKeyringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QCoreApplication::setOrganizationName(QStringLiteral("escale-no-keyring-test"));
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qputenv("DOCKER_CONFIG", "/nonexistent");
        qunsetenv("XDG_CURRENT_DESKTOP");
    }
    void cleanupTestCase() { QSettings().clear(); }

    void anAccountIsKeptUntilEscaleIsClosedAndThatIsSaid() {
        SKIP_UNLESS(DockerRegistry::isInstalled(), "docker-registry is not installed");
        const auto guarded = DockerRegistry::start(true).value();
        const QString registry = QString::fromStdString(guarded->host());
        RegistryAccounts accounts;
        RegistryDialog dialog(accounts, registry, nullptr);
        dialog.open();
        const auto field = [&](const char* name) {
            return dialog.findChild<QLineEdit*>(QStringLiteral("registryDialog.") + QLatin1String(name));
        };
        // When somebody logs in,
        field("user")->setText(QLatin1String(DockerRegistry::kUser));
        field("password")->setText(QLatin1String(DockerRegistry::kPassword));
        QTest::keyClick(field("password"), Qt::Key_Return);
        // then the dialog says what is kept, and where, and waits to be closed.
        QTRY_VERIFY(!dialog.report().isEmpty() &&
                    dialog.report().last().text.contains(QStringLiteral("until Escale is closed")));
        QVERIFY(dialog.isVisible());
        dialog.findChild<QPushButton*>(QStringLiteral("registryDialog.submit"))->click();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        // The account works in this window, and is nowhere else.
        std::optional<RegistryAccount> found;
        accounts.find(registry, &dialog,
                      [&](const Result<RegistryAccount>& account) { found = account.value(); });
        QTRY_VERIFY(found);
        QCOMPARE(found->credentials->password, std::string(DockerRegistry::kPassword));
        QVERIFY(RegistryChoices::load(registry).account.isEmpty());
    }
};

ESCALE_TEST(NoKeyringTest)
#include "no_keyring_test.moc"
