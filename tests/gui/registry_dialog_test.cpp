// The log-in dialog with real registries and a real keyring.
#include "gui/registry/registry_dialog.h"
#include "tests/support/docker_registry.h"
#include "tests/support/scripted_http_server.h"
#include "tests/support/session_keyring.h"
#include "tests/support/test_registry.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace escale;
using namespace escale::gui;
using namespace escale::test;
using Kind = ReportLine::Kind;
using Origin = RegistryAccount::Origin;

class RegistryDialogTest : public QObject {
    Q_OBJECT
    std::unique_ptr<SessionKeyring> m_keyring;
    std::unique_ptr<DockerRegistry> m_guarded;
    QTemporaryDir m_docker;

    static QLineEdit* field(QDialog& dialog, const char* name) {
        return dialog.findChild<QLineEdit*>(QStringLiteral("registryDialog.") + QLatin1String(name));
    }
    static QPushButton* button(QDialog& dialog, const char* name) {
        return dialog.findChild<QPushButton*>(QStringLiteral("registryDialog.") + QLatin1String(name));
    }
    static void write(QDialog& dialog, const char* user, const char* password) {
        field(dialog, "user")->setText(QLatin1String(user));
        field(dialog, "password")->setText(QLatin1String(password));
    }
    static QList<Kind> kinds(const RegistryDialog& dialog) {
        QList<Kind> all;
        for (const ReportLine& line : dialog.report())
            all.append(line.kind);
        return all;
    }
    static RegistryAccount accountAt(RegistryAccounts& accounts, const QString& registry) {
        std::optional<RegistryAccount> found;
        QObject guard;
        accounts.find(registry, &guard,
                      [&](const Result<RegistryAccount>& account) { found = account.value(); });
        if (!QTest::qWaitFor([&] { return found.has_value(); }, 10'000))
            qFatal("no account is told");
        return *found;
    }
    void writeDockerConfig(const QByteArray& text) {
        QFile file(m_docker.filePath(QStringLiteral("config.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(DockerRegistry::isInstalled() && SessionKeyring::isInstalled(),
                    "docker-registry or gnome-keyring is not installed");
        QCoreApplication::setOrganizationName(QStringLiteral("escale-dialog-test"));
        QSettings().clear();
        qputenv("DOCKER_CONFIG", m_docker.path().toUtf8());
        qputenv("PATH", QByteArray(ESCALE_TEST_DATA "/registry:") + qgetenv("PATH"));
        m_keyring = SessionKeyring::start().value();
        m_guarded = DockerRegistry::start(true).value();
    }
    void cleanupTestCase() {
        m_guarded.reset();
        m_keyring.reset();
        QSettings().clear();
    }

    void whoIsAcceptedIsKeptForTheNextTime() {
        const QString registry = QString::fromStdString(m_guarded->host());
        {
            // Given the dialog, and a wrong password first,
            RegistryAccounts accounts;
            RegistryDialog dialog(accounts, registry, nullptr);
            dialog.open();
            write(dialog, DockerRegistry::kUser, "wrong");
            QTest::keyClick(field(dialog, "password"), Qt::Key_Return);
            // then it says so, stays, and keeps nothing;
            QTRY_COMPARE(kinds(dialog), QList<Kind>({Kind::Good, Kind::Good, Kind::Bad}));
            QVERIFY(dialog.isVisible());
            QVERIFY(RegistryChoices::load(registry).account.isEmpty());
            // with the right one it closes.
            write(dialog, DockerRegistry::kUser, DockerRegistry::kPassword);
            QTest::keyClick(field(dialog, "password"), Qt::Key_Return);
            QTRY_COMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        }
        // The next window knows the account,
        RegistryAccounts accounts;
        const RegistryAccount account = accountAt(accounts, registry);
        QCOMPARE(account.origin, Origin::Escale);
        QCOMPARE(account.credentials->password, std::string(DockerRegistry::kPassword));
        // and no settings file does.
        QSettings().sync();
        QFile settings(QSettings().fileName());
        QVERIFY(settings.open(QIODevice::ReadOnly));
        const QByteArray text = settings.readAll();
        QVERIFY(text.contains(DockerRegistry::kUser));
        QVERIFY(!text.contains(DockerRegistry::kPassword));
        // Logged out, nobody does.
        RegistryDialog dialog(accounts, registry, nullptr);
        dialog.open();
        QTRY_VERIFY(button(dialog, "logOut")->isVisible());
        button(dialog, "logOut")->click();
        QTRY_VERIFY(!button(dialog, "logOut")->isVisible());
        QCOMPARE(accountAt(accounts, registry).origin, Origin::Nobody);
    }
    void testingKeepsNothing() {
        const QString registry = QString::fromStdString(m_guarded->host());
        RegistryAccounts accounts;
        RegistryDialog dialog(accounts, registry, nullptr);
        dialog.open();
        write(dialog, DockerRegistry::kUser, DockerRegistry::kPassword);
        button(dialog, "test")->click();
        QTRY_COMPARE(kinds(dialog), QList<Kind>({Kind::Good, Kind::Good, Kind::Good, Kind::Good}));
        QVERIFY(dialog.isVisible());
        QCOMPARE(accountAt(accounts, registry).origin, Origin::Nobody);
    }
    void aSilentRegistryIsLeftAtOnce() {
        // Given a registry that never answers,
        ScriptedHttpServer silent;
        silent.on("/v2/", neverAnswers());
        RegistryAccounts accounts;
        RegistryDialog dialog(accounts, QString::fromStdString(silent.host()), nullptr);
        dialog.open();
        button(dialog, "test")->click();
        QTRY_VERIFY(!silent.requests().empty());
        // when the test is stopped, then the dialog is as before.
        QVERIFY(!field(dialog, "user")->isEnabled());
        button(dialog, "test")->click();
        QVERIFY(field(dialog, "user")->isEnabled());
        QVERIFY(dialog.report().isEmpty());
    }
    void theConnectionsChoicesAreKeptWithoutAnAccount() {
        const QString registry = QStringLiteral("[fd00::1]:5000");
        RegistryAccounts accounts;
        RegistryDialog dialog(accounts, registry, nullptr);
        dialog.open();
        dialog.findChild<QCheckBox*>(QStringLiteral("registryDialog.insecure"))->setChecked(true);
        field(dialog, "mirrors")->setText(QStringLiteral("mirror.example:5000/hub, other.example"));
        button(dialog, "submit")->click();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        // Then a pull gets them, and the machine's engine decides.
        const auto options = RegistryAccounts::pullOptions(registry, {});
        VERIFY_RESULT(options);
        QCOMPARE(options->value(QStringLiteral("insecure")).toBool(), true);
        QCOMPARE(options->value(QStringLiteral("mirrors")).toStringList(),
                 QStringList({QStringLiteral("mirror.example:5000/hub"), QStringLiteral("other.example")}));
    }
    void aWrongChoiceIsSaidAndNotKept() {
        RegistryAccounts accounts;
        const QString registry = QStringLiteral("wrong.example");
        RegistryDialog dialog(accounts, registry, nullptr);
        dialog.open();
        for (const auto& [name, text] :
             {std::pair("certificate", "/dev/null"), std::pair("certificate", "/nowhere"),
              std::pair("mirrors", "ftp://x y")}) {
            field(dialog, "certificate")->clear();
            field(dialog, "mirrors")->clear();
            field(dialog, name)->setText(QLatin1String(text));
            button(dialog, "submit")->click();
            QVERIFY(dialog.isVisible());
            QCOMPARE(kinds(dialog), QList<Kind>({Kind::Bad}));
        }
        QVERIFY(RegistryChoices::load(registry).certificateFile.isEmpty());
    }

    void dockersAccountsAreUsed_data() {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("registry");
        QTest::addColumn<QByteArray>("expected"); // name|password|identity token
        QTest::newRow("in the file") << QByteArray(
                                            "{\"auths\":{\"r.example\":{\"auth\":\"YWRhOmxldG1laW4=\"}}}")
                                     << QStringLiteral("r.example") << QByteArray("ada|letmein|");
        const QByteArray store = "{\"credsStore\":\"escale-test\"}";
        QTest::newRow("in a store") << store << QStringLiteral("registry.example:5000")
                                    << QByteArray("ada|from-helper|");
        QTest::newRow("a token in a store")
            << store << QStringLiteral("token.example") << QByteArray("<token>||refresh-me");
        QTest::newRow("Docker Hub's") << QByteArray("{\"credHelpers\":{\"docker.io\":\"escale-test\"}}")
                                      << QStringLiteral("docker.io") << QByteArray("hub|hub-secret|");
    }
    void dockersAccountsAreUsed() {
        QFETCH(QByteArray, config);
        QFETCH(QString, registry);
        QFETCH(QByteArray, expected);
        writeDockerConfig(config);
        RegistryAccounts accounts;
        const RegistryAccount account = accountAt(accounts, registry);
        QCOMPARE(account.origin, Origin::Docker);
        const Credentials& found = account.credentials.value();
        QCOMPARE(found.username + "|" + found.password + "|" + found.identityToken, expected.toStdString());
    }
    void aSilentHelperHoldsUpNothing() {
        // Given a credential helper that never answers,
        writeDockerConfig("{\"credsStore\":\"escale-test\"}");
        auto accounts = std::make_unique<RegistryAccounts>();
        QObject guard;
        bool answered = false;
        accounts->find(QStringLiteral("silent.example"), &guard,
                       [&](const Result<RegistryAccount>&) { answered = true; });
        // when the window is closed meanwhile, then that is done at once: the helper is ended.
        accounts.reset();
        QVERIFY(!answered);
    }
};

ESCALE_TEST(RegistryDialogTest)
#include "registry_dialog_test.moc"
