#include "gui/common/error_banner.h"
#include "gui/common/theme.h"
#include "gui/containers/command_line.h"
#include "gui/containers/docker_command.h"
#include "gui/containers/option_field.h"
#include "gui/containers/row_list.h"
#include "gui/containers/run_dialog.h"
#include "gui/containers/run_form.h"
#include "gui/containers/run_pages.h"
#include "gui/containers/shell_words.h"
#include "tests/gui/network_sample.h"
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>

using namespace escale;
using namespace escale::gui;

namespace {

using Taken = Answer<std::pair<QString, Job*>>;

QString u(const char* text) {
    return QString::fromUtf8(text);
}

dbus::Image webImage() {
    dbus::Image image;
    image.repository = u("docker.io/library/nginx");
    image.tag = u("1.27");
    image.command = {u("nginx"), u("-g"), u("daemon off;")};
    image.exposedPorts = {u("80/tcp"), u("443/tcp")};
    return image;
}

// The dialog with an engine that keeps what it is asked.
struct Asked {
    QList<RunRequest> requests;
    QList<Taken> answers;
    QList<Answer<QString>> creations;
    QList<Answer<dbus::NetworkList>> networks;
    RunDialog dialog{
        u("nginx:1.27"),
        {webImage()},
        {[this](const RunRequest& request, QObject*, Taken answer) {
             requests.append(request);
             answers.append(std::move(answer));
         },
         [this](const RunRequest& request, QObject*, Answer<QString> answer) {
             requests.append(request);
             creations.append(std::move(answer));
         },
         [this](QObject*, Answer<dbus::NetworkList> answer) { networks.append(std::move(answer)); }}};

    template <class Widget>
    Widget* child(const char* name) {
        auto* found = dialog.findChild<Widget*>(u("runForm.") + u(name));
        return found != nullptr ? found : dialog.findChild<Widget*>(u("runDialog.") + u(name));
    }
    QLineEdit* line(const char* name) { return child<QLineEdit>(name); }
    QPushButton* runButton() { return child<QPushButton>("accept"); }
    RowList* rows(const char* name) { return child<RowList>(name); }
    QPlainTextEdit* command() { return dialog.findChild<QPlainTextEdit*>(u("commandLine.text")); }
    QString commandWords() { return dialog.findChild<QLabel*>(u("commandLine.words"))->text(); }
    QVariant option(const char* key) { return dialog.request().options.value(u(key)); }
    void paste(const char* text) {
        command()->selectAll();
        QApplication::clipboard()->setText(u(text));
        command()->paste();
    }
};

// A value of each option that its rule takes.
QVariant sampleOf(const DockerOption& option) {
    static const QMap<QString, QStringList> kTexts{
        {u("name"), {u("web")}},
        {u("restart"), {u("on-failure")}},
        {u("publish"), {u("127.0.0.1:8080:80"), u("[::1]:53:53/udp"), u("90:90"), u("91")}},
        {u("environment"), {u("A=b=c"), u("EMPTY="), u("LINES=one\ntwo")}},
        {u("network"), {u("backend")}},
        {u("network-alias"), {u("db"), u("database")}},
        {u("ip"), {u("10.89.2.7")}},
        {u("ip6"), {u("fd12::7")}},
        {u("mac-address"), {u("02:42:0a:59:00:07")}},
        {u("networks"), {u("name=metrics,alias=db-metrics")}},
        {u("entrypoint"), {u("tini -- 'two words'")}},
        {u("workdir"), {u("/srv")}},
        {u("groups"), {u("audio"), u("44")}},
        {u("labels"), {u("a=b"), u("c=")}},
        {u("annotations"), {u("x=y")}},
        {u("stop-signal"), {u("SIGINT")}},
        {u("health-command"), {u("curl -f localhost || exit 1")}},
        {u("mounts"), {u("type=volume,source=web,target=/data")}},
        {u("secrets"), {u("/home/me/key:/run/secrets/key")}},
        {u("cpus"), {u("1.5")}},
        {u("cpuset-cpus"), {u("0-2,4")}},
        {u("cpuset-mems"), {u("0")}},
        {u("blkio-weight-device"), {u("/dev/sda:500")}},
        {u("device-read-bps"), {u("/dev/sda:10m")}},
        {u("device-write-bps"), {u("/dev/sda:10m")}},
        {u("device-read-iops"), {u("/dev/sda:100")}},
        {u("device-write-iops"), {u("/dev/sda:100")}},
        {u("ulimits"), {u("nofile=1024:2048")}},
        {u("sysctls"), {u("net.core.somaxconn=512")}},
        {u("tmpfs"), {u("/run"), u("/tmp:size=64m,mode=1777")}},
        {u("devices"), {u("/dev/fuse:/dev/fuse:rwm")}},
        {u("device-cgroup-rules"), {u("c 10:229 rwm")}},
        {u("cap-add"), {u("NET_ADMIN")}},
        {u("cap-drop"), {u("ALL")}},
        {u("seccomp"), {u("{\"defaultAction\":\"SCMP_ACT_ALLOW\"}")}},
        {u("systempaths"), {u("unconfined")}},
        {u("ipc"), {u("container:other")}},
        {u("pid"), {u("host")}},
        {u("uts"), {u("host")}},
        {u("userns"), {u("host")}},
        {u("cgroupns"), {u("host")}},
        {u("dns"), {u("9.9.9.9"), u("2620:fe::fe")}},
        {u("extra-hosts"), {u("db:192.168.1.5"), u("six:2001:db8::1")}},
        {u("log-driver"), {u("none")}},
        {u("log-options"), {u("max-size=1m"), u("max-file=3")}},
    };
    const QString key = QString::fromLatin1(option.key);
    using Form = DockerOption::Form;
    QStringList texts = kTexts.value(key);
    if (texts.isEmpty()) {
        const bool isSize = option.form == Form::Size || option.form == Form::SwapSize;
        texts = {option.form == Form::Flag                                ? u("true")
                 : isSize                                                 ? u("1536m")
                 : option.form == Form::Time                              ? u("1m30s")
                 : option.form == Form::Text || option.form == Form::List ? u("word")
                                                                          : u("20")};
        if (option.least > 20)
            texts = {QString::number(qulonglong(option.least))};
        if (key == u("no-new-privileges"))
            texts = {u("false")};
    }
    const auto value = optionValue(option, texts);
    return value ? *value : QVariant();
}

} // namespace

class RunDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOptionHasAField_data() {
        QTest::addColumn<QString>("key");
        for (const DockerOption& option : dockerOptions())
            QTest::newRow(option.key) << QString::fromLatin1(option.key);
    }
    void everyOptionHasAField() {
        // Given a request with one option,
        QFETCH(const QString, key);
        Asked asked;
        const OptionField* field = asked.dialog.form().field(key);
        QVERIFY2(field != nullptr, "an option of docker run is on no page");
        QVERIFY(!field->title().isEmpty());
        const QVariant value = sampleOf(*dockerOption(key));
        QVERIFY2(value.isValid(), "the test has no sample of it");
        // when the form is filled from it and every field is touched,
        RunRequest request{u("debian:12"), {}, {{key, value}}};
        asked.dialog.form().setRequest(request);
        QCOMPARE(asked.dialog.form().request(), request);
        const QStringList texts = field->texts();
        QVERIFY2(!texts.isEmpty(), "the field shows nothing");
        asked.dialog.form().setRequest(RunRequest{u("debian:12"), {}, {}});
        QVERIFY(asked.dialog.form().request().options.isEmpty());
        asked.dialog.form().field(key)->setTexts(texts);
        // then its texts alone make the same value again, of the same type.
        const QVariant again = asked.dialog.form().request().options.value(key);
        QCOMPARE(again, value);
        QCOMPARE(again.typeId(), value.typeId());
    }

    void everyOptionAtOnceComesBack() {
        Asked asked;
        RunRequest request{u("debian:12"), {u("sh"), u("-c"), u("echo 'a b'")}, {}};
        for (const DockerOption& option : dockerOptions())
            request.options.insert(QString::fromLatin1(option.key), sampleOf(option));
        asked.dialog.form().setRequest(request);
        QCOMPARE(asked.dialog.form().request(), request);
    }

    void whatNobodyTouchedIsGivenBack_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("value");
        QTest::newRow("said explicitly") << u("network") << QVariant(u("bridge"));
        QTest::newRow("a false flag") << u("read-only") << QVariant(false);
        QTest::newRow("a true default") << u("no-new-privileges") << QVariant(true);
        QTest::newRow("words") << u("health-command") << QVariant(QStringList{u("CMD"), u("pg_isready")});
        QTest::newRow("no check") << u("health-command") << QVariant(QStringList(u("NONE")));
        QTest::newRow("no entrypoint") << u("entrypoint") << QVariant(QStringList());
        QTest::newRow("of a later engine") << u("hovercraft") << QVariant(u("full of eels"));
    }
    void whatNobodyTouchedIsGivenBack() {
        QFETCH(const QString, key);
        QFETCH(const QVariant, value);
        Asked asked;
        const RunRequest request{u("debian:12"), {}, {{key, value}}};
        asked.dialog.form().setRequest(request);
        QCOMPARE(asked.dialog.form().request(), request);
    }

    void enterRunsWithTheDefaults() {
        Asked asked;
        asked.dialog.show();
        QTest::keyClick(&asked.dialog, Qt::Key_Return);
        QCOMPARE(asked.requests.size(), 1);
        QCOMPARE(asked.requests.first(), (RunRequest{u("docker.io/library/nginx:1.27"), {}, {}}));
    }

    void ctrlEnterRunsFromAnywhere() {
        Asked asked;
        asked.dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&asked.dialog));
        asked.command()->setFocus();
        QTest::keyClick(asked.command(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.requests.size(), 1);
    }

    void escapeCancels() {
        Asked asked;
        asked.dialog.show();
        QTest::keyClick(&asked.dialog, Qt::Key_Escape);
        QVERIFY(!asked.dialog.isVisible());
        QVERIFY(asked.requests.isEmpty());
    }

    void aBadNameCannotBeRun() {
        Asked asked;
        asked.dialog.show();
        QTest::keyClicks(asked.line("name"), u("-bad name"));
        QVERIFY(!asked.runButton()->isEnabled());
        QVERIFY(!asked.child<QLabel>("problem")->text().isEmpty());
        QVERIFY(asked.child<QLabel>("problem")->text().contains(asked.child<QLabel>("words.name")->text()));
        QTest::keyClick(&asked.dialog, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(asked.requests.isEmpty());
        asked.line("name")->setText(u("good-name"));
        QVERIFY(asked.runButton()->isEnabled());
        QVERIFY(asked.child<QLabel>("problem")->text().isEmpty());
    }

    void aConflictIsSaidAtItsField() {
        // Given a container that is removed when it stops, when it is to be restarted, too,
        Asked asked;
        asked.child<QCheckBox>("remove")->click();
        auto* restart = asked.child<QComboBox>("restart");
        restart->setCurrentIndex(restart->findData(u("always")));
        // then the field says so, and its tab is marked.
        QVERIFY(!asked.dialog.form().field(u("restart"))->problem().isEmpty());
        QVERIFY(!asked.runButton()->isEnabled());
        auto* tabs = asked.child<QTabWidget>("tabs");
        QVERIFY(tabs->tabIcon(0).isNull());
        QVERIFY(!tabs->tabIcon(5).isNull());
        asked.dialog.show();
        QTest::mouseClick(asked.child<QPushButton>("showProblem"), Qt::LeftButton);
        QCOMPARE(tabs->currentIndex(), 5);
    }

    void anOpenQuoteCannotBeRun() {
        Asked asked;
        QTest::keyClicks(asked.line("command"), u("echo 'hello"));
        QVERIFY(!asked.runButton()->isEnabled());
    }

    void noLimitIsZero() {
        Asked asked;
        asked.line("memory")->setText(u("0"));
        QVERIFY(asked.option("memory").isValid());
        QCOMPARE(asked.option("memory").toULongLong(), 0ULL);
    }

    void theImagesCommandIsThePlaceholder() {
        Asked asked;
        QCOMPARE(asked.line("command")->placeholderText(), u("nginx -g 'daemon off;'"));
    }

    void anotherImageHasItsOwnCommand() {
        // Given the dialog of an image that listens on ports, when another image is named,
        Asked asked;
        asked.dialog.show();
        asked.line("image")->setText(u("redis"));
        // then nothing of the first is claimed of it, and that it must be pulled is said.
        QCOMPARE(asked.line("command")->placeholderText(), u("the image's own"));
        QVERIFY(asked.child<QPushButton>("publish.offer.80/tcp") == nullptr);
        QVERIFY(asked.child<QLabel>("words.image")->text().contains(u("not on this machine")));
        asked.line("image")->setText(u("docker.io/library/nginx:1.27"));
        QVERIFY(asked.child<QPushButton>("publish.offer.80/tcp") != nullptr);
        QVERIFY(!asked.child<QLabel>("words.image")->text().contains(u("not on this machine")));
    }

    void aPortIsPublishedToThisComputer() {
        // Given an image that listens on port 80, when that port is taken,
        Asked asked;
        asked.dialog.show();
        asked.child<QPushButton>("publish.offer.80/tcp")->click();
        // then only this computer reaches it, and the row says so.
        QCOMPARE(asked.option("publish").toStringList(), QStringList(u("127.0.0.1:8080:80")));
        // And a new row begins with the same address.
        asked.child<QPushButton>("publish.add")->click();
        QCOMPARE(qobject_cast<QComboBox*>(asked.rows("publish")->cell(1, 0))->currentText(), u("127.0.0.1"));
        QVERIFY(asked.runButton()->isEnabled()); // an empty row is none
    }

    void aRowSaysWhoCanReachThePort() {
        Asked asked;
        asked.child<QPushButton>("publish.offer.443/tcp")->click();
        auto* address = qobject_cast<QComboBox*>(asked.rows("publish")->cell(0, 0));
        const auto says = [&asked](const char* words) {
            const auto labels = asked.rows("publish")->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->text() == u(words); });
        };
        QVERIFY(says("only this computer"));
        address->setCurrentText(u("0.0.0.0"));
        QVERIFY(says("everyone on your network"));
        QVERIFY(!says("only this computer"));
        QCOMPARE(asked.option("publish").toStringList(), QStringList(u("0.0.0.0:8443:443")));
    }

    void networksThatThereAreCanBeChosen() {
        Asked asked;
        auto* network = asked.child<QComboBox>("network");
        const int before = network->count();
        // Given the networks, when they are told, then each but the default one is a choice more,
        QCOMPARE(asked.networks.size(), 1);
        asked.networks.first()(dbus::NetworkList{test::network(u("backend"), u("10.1.0.0/24")),
                                                 test::network(u("lan"), u("192.168.1.0/24"), u("macvlan"))});
        QCOMPARE(network->count(), before + 2);
        QVERIFY(!asked.option("network").isValid()); // and nothing is chosen by that.
        network->setCurrentIndex(network->findData(u("lan")));
        QCOMPARE(asked.option("network").toString(), u("lan"));
        // Ports go with it, names and addresses, too.
        asked.child<QPushButton>("publish.offer.443/tcp")->click();
        asked.line("ip")->setText(u("192.168.1.77"));
        QVERIFY(asked.runButton()->isEnabled());
        network->setCurrentIndex(network->findData(u("none")));
        QVERIFY(!asked.runButton()->isEnabled());
    }

    void fieldsShowAsACommand() {
        Asked asked;
        asked.line("name")->setText(u("web"));
        asked.line("memory")->setText(u("1g"));
        QCOMPARE(asked.command()->toPlainText(), u("docker run --name web -m 1g nginx:1.27"));
        asked.dialog.findChild<QWidget*>(u("commandLine.copy"))->setFocus();
        QApplication::clipboard()->clear();
        QMetaObject::invokeMethod(asked.dialog.findChild<QAbstractButton*>(u("commandLine.copy")), "click");
        QCOMPARE(QApplication::clipboard()->text(), asked.command()->toPlainText());
    }

    void aPastedCommandFillsTheFields() {
        Asked asked;
        asked.dialog.show();
        asked.paste("$ docker run -d --name db -e POSTGRES_PASSWORD=secret -m 1g --restart unless-stopped "
                    "-v data:/var/lib/postgresql/data --gpus all postgres:16 -c fsync=off");
        QTRY_COMPARE(asked.line("name")->text(), u("db"));
        QCOMPARE(asked.line("image")->text(), u("postgres:16"));
        QCOMPARE(asked.line("memory")->text(), u("1g"));
        QCOMPARE(asked.line("command")->text(), u("-c fsync=off"));
        QCOMPARE(asked.rows("environment")->texts(), QStringList(u("POSTGRES_PASSWORD=secret")));
        QCOMPARE(asked.child<QComboBox>("restart")->currentData().toString(), u("unless-stopped"));
        // What is left out is said, and what was pasted stays until a field is changed.
        QVERIFY(asked.commandWords().contains(u("--gpus")));
        QCOMPARE(asked.rows("mounts")->texts(),
                 QStringList(u("type=volume,source=data,target=/var/lib/postgresql/data")));
        QVERIFY(asked.command()->toPlainText().startsWith(u("$ docker run -d")));
        asked.line("name")->setText(u("db2"));
        QVERIFY(asked.command()->toPlainText().startsWith(u("docker run --name db2")));
        QVERIFY(asked.commandWords().isEmpty());
    }

    void manyNotesTakeLittleRoom() {
        Asked asked;
        asked.paste("docker run --runtime runc --gpus all --link b --expose 9 --pull always --link-local-ip "
                    "1.1.1.1 nginx");
        QTRY_COMPARE(asked.line("image")->text(), u("nginx"));
        QCOMPARE(asked.commandWords().split(u'\n').size(), 3);
        const QString all = asked.dialog.findChild<QLabel*>(u("commandLine.words"))->toolTip();
        QCOMPARE(all.split(u'\n').size(), 6);
    }

    void pastedPortsStayOnThisComputer() {
        Asked asked;
        asked.paste("docker run -p 8080:80 -p 53/udp -p 0.0.0.0:90:90 nginx");
        QTRY_COMPARE(asked.option("publish").toStringList(),
                     QStringList({u("127.0.0.1:8080:80"), u("127.0.0.1::53/udp"), u("0.0.0.0:90:90")}));
        QVERIFY(!asked.commandWords().isEmpty());
    }

    void aCommandThatCannotBeReadCannotBeRun() {
        Asked asked;
        asked.dialog.show();
        asked.paste("docker run --hovercraft eels nginx");
        QTRY_VERIFY(!asked.runButton()->isEnabled());
        QVERIFY(asked.commandWords().contains(u("--hovercraft")));
        QCOMPARE(asked.line("image")->text(), u("nginx:1.27")); // the fields stay
        asked.paste("docker run nginx");
        QTRY_VERIFY(asked.runButton()->isEnabled());
    }

    void aFileOfVariablesIsImported() {
        Asked asked;
        const QTemporaryDir folder;
        QFile file(folder.filePath(u("variables")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# comment\nB=two\nC=three\n");
        file.close();
        OptionField& environment = *asked.dialog.form().field(u("environment"));
        environment.setTexts({u("A=one"), u("B=old")});
        VERIFY_RESULT(importEnvFile(environment, file.fileName()));
        QCOMPARE(asked.option("environment").toStringList(),
                 QStringList({u("A=one"), u("B=two"), u("C=three")}));
        QVERIFY(!importEnvFile(environment, folder.filePath(u("missing"))));
        QCOMPARE(asked.option("environment").toStringList().size(), 3);
    }

    void aVariableGivenTwiceIsWrong() {
        Asked asked;
        asked.dialog.form().field(u("environment"))->setTexts({u("A=1"), u("A=2")});
        QVERIFY(!asked.runButton()->isEnabled());
    }

    void enterInARowBeginsAnother() {
        Asked asked;
        asked.dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&asked.dialog));
        asked.child<QPushButton>("environment.add")->click();
        QTest::keyClicks(asked.rows("environment")->cell(0, 0), u("A"));
        QTest::keyClick(asked.rows("environment")->cell(0, 1), Qt::Key_Return);
        QCOMPARE(asked.rows("environment")->rowCount(), 2);
        QVERIFY(asked.requests.isEmpty());
        QVERIFY(asked.rows("environment")->cell(1, 0)->hasFocus());
    }

    void tabGoesThroughTheRowsInOrder() {
        // Given two rows of variables that were added late,
        Asked asked;
        asked.dialog.show();
        QVERIFY(QTest::qWaitForWindowActive(&asked.dialog));
        RowList* rows = asked.rows("environment");
        rows->addRow({u("A"), u("1")});
        rows->addRow({u("B"), u("2")});
        // when Tab is pressed from the first cell on,
        rows->cell(0, 0)->setFocus();
        QList<QWidget*> visited;
        for (int i = 0; i < 8; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            visited.append(QApplication::focusWidget());
        }
        // then it goes along the rows, then to the buttons, then to the next field.
        QCOMPARE(visited[0], rows->cell(0, 1));
        QCOMPARE(visited[2], rows->cell(1, 0));
        QCOMPARE(visited[3], rows->cell(1, 1));
        QCOMPARE(visited[5]->objectName(), u("runForm.environment.add"));
        QCOMPARE(visited[6]->objectName(), u("runForm.importEnvironment"));
        QCOMPARE(visited[7]->objectName(), u("runForm.memory"));
        // And an image's ports are reached after the button for another one.
        asked.child<QPushButton>("publish.add")->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget()->objectName(), u("runForm.publish.offer.80/tcp"));
    }

    void anErrorOfTheEngineKeepsTheDialog() {
        // Given a dialog with entries, when the engine refuses them,
        Asked asked;
        asked.dialog.show();
        asked.line("name")->setText(u("web"));
        QSignalSpy accepted(&asked.dialog, &QDialog::accepted);
        asked.runButton()->click();
        QVERIFY(!asked.runButton()->isEnabled()); // not twice
        asked.answers.takeFirst()(fail(ErrorCode::AlreadyExists, "the name is taken"));
        // then it says so, stays, and can be run again.
        QVERIFY(asked.dialog.isVisible());
        QCOMPARE(accepted.count(), 0);
        QVERIFY(asked.dialog.findChild<ErrorBanner*>()->message().contains(u("the name is taken")));
        QCOMPARE(asked.line("name")->text(), u("web"));
        QVERIFY(asked.runButton()->isEnabled());
        asked.runButton()->click();
        QSignalSpy started(&asked.dialog, &RunDialog::started);
        asked.answers.takeFirst()(std::pair<QString, Job*>(u("abc"), nullptr));
        QVERIFY(!asked.dialog.isVisible());
        QCOMPARE(started.first().at(0).toString(), u("abc"));
        QCOMPARE(started.first().at(1).toString(), u("docker.io/library/nginx:1.27"));
    }

    void oneCanBeMadeWithoutStartingIt() {
        // Given a form, when "Create only" is pressed, then create is asked for, and the button says its
        // line.
        Asked asked;
        asked.dialog.open();
        asked.line("name")->setText(u("web"));
        auto* create = asked.child<QPushButton>("create");
        QVERIFY(create->toolTip().endsWith(u("docker create --name web nginx:1.27")));
        QSignalSpy created(&asked.dialog, &RunDialog::created);
        create->click();
        QVERIFY(asked.answers.isEmpty());
        QVERIFY(!create->isEnabled());
        asked.creations.takeFirst()(fail(ErrorCode::AlreadyExists, "the name is taken"));
        QVERIFY(asked.dialog.findChild<ErrorBanner*>()->message().startsWith(u("Create nginx:1.27")));
        create->click();
        asked.creations.takeFirst()(u("abc"));
        QVERIFY(!asked.dialog.isVisible());
        QCOMPARE(created.first().at(0).toString(), u("abc"));
        // What is wrong with a form is wrong for both.
        Asked wrong;
        wrong.line("name")->setText(u("no name"));
        QVERIFY(!wrong.child<QPushButton>("create")->isEnabled());
    }

    void itFitsASmallScreen() {
        Asked asked;
        QVERIFY(asked.dialog.minimumSizeHint().width() <= 1000);
        QVERIFY(asked.dialog.minimumSizeHint().height() <= 660);
    }

    void everyControlHasAName() {
        Asked asked;
        for (const char* rows : {"environment", "publish", "labels"})
            asked.rows(rows)->addRow({u("a"), u("b"), u("c"), u("d")});
        for (const auto* button : asked.dialog.findChildren<QAbstractButton*>()) {
            // The banner's button has its words when there is something to do.
            if (button->parentWidget()->inherits("QTabBar") ||
                button->parentWidget()->inherits("QLineEdit") ||
                button->objectName() == u("errorBanner.action"))
                continue;
            QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                     qPrintable(button->objectName()));
        }
        for (const auto* field : asked.dialog.findChildren<QLineEdit*>())
            QVERIFY2(!field->accessibleName().isEmpty(), qPrintable(field->objectName()));
        for (const auto* field : asked.dialog.findChildren<QComboBox*>())
            QVERIFY2(!field->accessibleName().isEmpty(), qPrintable(field->objectName()));
    }

    void commandsAreSplitAsAShellDoes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("words") << "sleep  10 "
                               << QStringList({QStringLiteral("sleep"), QStringLiteral("10")});
        QTest::newRow("single") << "sh -c 'a \"b\" c'"
                                << QStringList({QStringLiteral("sh"), QStringLiteral("-c"),
                                                QStringLiteral("a \"b\" c")});
        QTest::newRow("double") << "\"a\\\"b\"c" << QStringList(QStringLiteral("a\"bc"));
        QTest::newRow("empty word") << "a ''" << QStringList({QStringLiteral("a"), QString()});
        QTest::newRow("backslash") << "a\\ b" << QStringList(QStringLiteral("a b"));
        QTest::newRow("nothing") << "  " << QStringList();
    }
    void commandsAreSplitAsAShellDoes() {
        QFETCH(const QString, text);
        QFETCH(const QStringList, words);
        QVERIFY(splitCommand(text).has_value());
        QCOMPARE(*splitCommand(text), words);
    }
};

ESCALE_TEST(RunDialogTest)
#include "run_dialog_test.moc"
