// Settings' part about the docker command line, with a configuration and a socket of the test's own.
#include "engine/base/file.h"
#include "gui/app/docker_section.h"
#include "gui/app/docker_socket.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/http/listening_socket.h"
#include "helper/docker-api/http/server.h"
#include "tests/support/test_registry.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace escale;
using namespace escale::gui;

class DockerSectionTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DockerSection> m_section;

    [[nodiscard]] std::string path(const std::string& name) const {
        return m_folder->path().toStdString() + "/" + name;
    }
    [[nodiscard]] DockerContext context() const { return DockerContext(path("docker")); }
    template <class Widget>
    Widget* find(const char* name) {
        return m_section->findChild<Widget*>(QLatin1String("settingsDialog.") + QLatin1String(name));
    }
    bool open() {
        m_section = std::make_unique<DockerSection>(nullptr);
        m_section->show();
        return isIdle();
    }
    // What was asked for on another thread is shown.
    bool isIdle() {
        return QTest::qWaitFor([this] { return find<QPushButton>("dockerStart")->isEnabled(); }, 30'000);
    }
    // As a person does: by the keyboard.
    bool press(const char* name) {
        auto* box = find<QCheckBox>(name);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Space);
        return isIdle();
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("DOCKER_CONFIG", path("docker").c_str());
        qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
        qunsetenv("DOCKER_HOST");
    }
    void cleanup() { m_section.reset(); }
    void cleanupTestCase() {
        qunsetenv("DOCKER_CONFIG");
        qunsetenv("XDG_RUNTIME_DIR");
    }

    void changesNothingByLooking() {
        QVERIFY(open());
        QVERIFY(!find<QCheckBox>("dockerKnown")->isChecked());
        QVERIFY(
            !find<QCheckBox>("dockerCurrent")->isEnabled()); // what is not there cannot be the current one
        QVERIFY(!exists(path("docker")));
    }
    void isKnownByOneClickAndForgottenByAnother() {
        QVERIFY(open());
        QVERIFY(press("dockerKnown"));
        QVERIFY(context().state()->exists);
        QVERIFY(!context().state()->isCurrent); // that is another choice
        QVERIFY(press("dockerCurrent"));
        QVERIFY(context().state()->isCurrent);
        QVERIFY(press("dockerKnown"));
        QVERIFY(!context().state()->exists);
        QVERIFY(!find<QCheckBox>("dockerCurrent")->isChecked());
    }
    void showsWhatDockerItselfHasDone() {
        QVERIFY(context().add("/run/x.sock"));
        QVERIFY(context().setCurrent(true));
        QVERIFY(open());
        QVERIFY(find<QCheckBox>("dockerKnown")->isChecked());
        QVERIFY(find<QCheckBox>("dockerCurrent")->isChecked());
    }
    void saysWhatIsWrongWithDockersFiles() {
        QVERIFY(makeDirectories(path("docker"), 0700));
        QVERIFY(writeFileAtomically(path("docker/config.json"), "{"));
        QVERIFY(open());
        QVERIFY(find<QLabel>("dockerNote")->text().contains(QStringLiteral("config.json")));
        QVERIFY(!find<QCheckBox>("dockerKnown")->isEnabled());
    }
    void saysWhetherSomebodyAnswers() {
        // Given nobody, and no systemd that could start somebody, then it says what to do,
        QVERIFY(open());
        const QString silent = find<QLabel>("dockerState")->text();
        QVERIFY(find<QPushButton>("dockerStart")->isHidden());
        QVERIFY(find<QLabel>("dockerNote")->text().contains(QStringLiteral("escale-docker-api")));
        // and when somebody answers there, it is told.
        auto socket = docker_api::listenAt(DockerContext::socket());
        QVERIFY(socket);
        const auto server = docker_api::Server::start(std::move(*socket), [](docker_api::Exchange& exchange) {
            (void)exchange.replyText(200, "OK", "text/plain");
        });
        QVERIFY(server);
        QVERIFY(open());
        QVERIFY(find<QLabel>("dockerState")->text() != silent);
        QVERIFY(find<QLabel>("dockerNote")->isHidden());
    }
    void offersToStartWhereSystemdCan() {
        QVERIFY(makeDirectories(path("systemd"), 0700));
        QVERIFY(writeFileAtomically(path("systemd/private"), ""));
        QVERIFY(open());
        QVERIFY(find<QPushButton>("dockerStart")->isVisible());
        // This systemd answers nobody, and that is said; the keyboard is where it was.
        find<QPushButton>("dockerStart")->setFocus();
        QTest::keyClick(find<QPushButton>("dockerStart"), Qt::Key_Space);
        QVERIFY(isIdle());
        QVERIFY(!find<QLabel>("dockerNote")->text().isEmpty());
    }
};
ESCALE_TEST(DockerSectionTest)

#include "settings_dialog_test.moc"
