#include "tests/gui/main_job/stack_steps.h"

#include "gui/common/confirmation.h"
#include "gui/common/log_view.h"
#include "gui/stacks/convert_dialog.h"
#include "gui/stacks/stack_graph_view.h"
#include "gui/stacks/stack_page.h"
#include "gui/stacks/stacks_pane.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace escale::test {
namespace {

constexpr int kLong = 90'000; // milliseconds

QString demoImage() {
    return qEnvironmentVariable("ESCALE_REGISTRY") + QStringLiteral("/escale/demo:gzip");
}

// Three services, each with another reason to wait; the demo image alone.
QByteArray composeText() {
    return QStringLiteral(
               "name: shop\n"
               "services:\n"
               "  web:\n"
               "    image: %1\n"
               "    command: httpd -f -p 8080 -h /srv/www\n"
               "    stop_signal: SIGKILL\n"
               "    ports: [\"127.0.0.1:8095:8080\"]\n"
               "    networks: [front, back]\n"
               "    depends_on:\n"
               "      app: {condition: service_healthy}\n"
               "  app:\n"
               "    image: %1\n"
               "    networks: [back]\n"
               "    environment:\n"
               "      GREETING: ${GREETING:-hello}\n"
               "      DB_PASSWORD: ${SECRET_WORD}\n"
               "      LEVEL: debug\n"
               "    healthcheck:\n"
               "      test: wget -q -O /dev/null http://127.0.0.1:8080/\n"
               "      interval: 500ms\n"
               "    depends_on:\n"
               "      tables: {condition: service_completed_successfully}\n"
               "    deploy: {replicas: 2}\n"
               "  tables:\n"
               "    image: %1\n"
               "    networks: [back]\n"
               "    command: sh -c \"echo making tables; sleep 2; echo done\"\n"
               "    depends_on:\n"
               "      db: {condition: service_healthy}\n"
               "  db:\n"
               "    image: %1\n"
               "    networks: [back]\n"
               "    volumes: [\"data:/data\"]\n"
               "    command: sh -c \"echo reading; sleep 2; touch /tmp/ready; echo ready; exec sleep 9999\"\n"
               "    stop_signal: SIGKILL\n"
               "    healthcheck: {test: test -e /tmp/ready, interval: 500ms, retries: 20}\n"
               "  admin:\n"
               "    image: %1\n"
               "    networks: [front]\n"
               "    profiles: [tools]\n"
               "networks: {front: {}, back: {}}\n"
               "volumes: {data: {}}\n")
        .arg(demoImage())
        .toUtf8();
}

gui::StacksPane& pane(Driver& driver) {
    return *driver.window().findChild<gui::StacksPane*>();
}

gui::StackPage& page(Driver& driver) {
    return pane(driver).page();
}

Result<void> open(Driver& driver) {
    driver.key(Qt::Key_7, Qt::ControlModifier);
    return driver.waitFor(
        [&] { return driver.find<gui::StacksPane>(QStringLiteral("stacksPane")).has_value(); },
        "the Stacks pane shows");
}

// The folder outlives the window's use of it.
QString folder(const QByteArray& text) {
    static const QTemporaryDir parent;
    const QString path = parent.filePath(QStringLiteral("shop"));
    QDir().mkpath(path);
    QFile file(path + QStringLiteral("/compose.yaml"));
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    QFile environment(path + QStringLiteral("/.env"));
    if (environment.open(QIODevice::WriteOnly))
        environment.write("# What is not for everybody\nSECRET_WORD=tortoise\n");
    return path;
}

Result<void> openFolder(Driver& driver, const QByteArray& text = composeText()) {
    pane(driver).openPath(folder(text));
    return driver.waitFor([&] { return page(driver).current().canBeBroughtUp(); }, "the stack is read");
}

Result<void> begin(Driver& driver) {
    TRY(driver.click(QStringLiteral("stacksPane.up")));
    return driver.waitFor([&] { return page(driver).current().isBusy(); }, "it begins");
}

Result<void> waitForEnd(Driver& driver, gui::StackProgress::State state) {
    TRY(driver.waitFor([&] { return !page(driver).current().isBusy(); }, "it ends", kLong));
    if (page(driver).current().progress().state() == state)
        return {};
    QStringList errors;
    for (const gui::StackNode& node : page(driver).graph().graph().nodes) {
        if (const QString error = page(driver).current().progress().errorOf(node.name); !error.isEmpty())
            errors << node.name + QStringLiteral(": ") + error;
    }
    return fail(ErrorCode::WrongState, "it ended otherwise: " + errors.join(u';').toStdString());
}

Result<void> clickTab(Driver& driver, int index) {
    TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QStringLiteral("stacksPane.tabs")));
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, Qt::NoModifier,
                      tabs->tabBar()->tabRect(index).center());
    return driver.waitFor([&] { return tabs->currentIndex() == index; }, "the tab shows", 2000);
}

Result<void> bringUp(Driver& driver) {
    TRY(begin(driver));
    TRY(driver.waitFor(
        [&] {
            const gui::StackNode* web = page(driver).graph().graph().node(QStringLiteral("service:web"));
            return web != nullptr && web->state == gui::StackNode::State::Waiting;
        },
        "web waits", kLong));
    TRY(waitForEnd(driver, gui::StackProgress::State::Done));
    return driver.waitFor([&] { return page(driver).current().runningCount() == 4; }, "all run");
}

Result<void> seeLog(Driver& driver) {
    TRY(clickTab(driver, 1));
    return driver.waitFor(
        [&] {
            const auto view = driver.find<gui::LogView>(QStringLiteral("stacksPane.log"));
            if (!view)
                return false;
            const auto lines = (*view)->lines();
            const auto says = [&](const char* service, const char* text) {
                return std::any_of(lines.begin(), lines.end(), [&](const gui::LogLine& line) {
                    return line.text.startsWith(QLatin1String(service)) &&
                           line.text.endsWith(QLatin1String(text));
                });
            };
            return says("db-1", "ready") && says("tables-1", "done") && says("app-2", "port 8080");
        },
        "the log has what all services write");
}

Result<void> changeFile(Driver& driver) {
    QString text = page(driver).editor().text();
    text.replace(QStringLiteral("LEVEL: debug"), QStringLiteral("LEVEL: info"));
    text.replace(QStringLiteral("8095:8080"), QStringLiteral("8096:8080"));
    page(driver).editor().setText(text);
    return driver.waitFor([&] { return page(driver).current().changes().size() >= 2; },
                          "the changes are told");
}

Result<void> apply(Driver& driver) {
    TRY(begin(driver));
    TRY(waitForEnd(driver, gui::StackProgress::State::Done));
    return driver.waitFor([&] { return page(driver).current().unappliedCount() == 0; }, "all is applied");
}

Result<void> takeDown(Driver& driver) {
    TRY(driver.click(QStringLiteral("stacksPane.down")));
    for (QPushButton* button : page(driver).confirmation().findChildren<QPushButton*>()) {
        if (button->objectName() == QLatin1String("confirmation.yes"))
            QTest::mouseClick(button, Qt::LeftButton);
    }
    TRY(driver.waitFor([&] { return page(driver).current().isBusy() || !page(driver).current().isHere(); },
                       "it begins"));
    TRY(waitForEnd(driver, gui::StackProgress::State::Done));
    return driver.waitFor([&] { return !page(driver).current().isHere(); }, "nothing of it is left");
}

Result<void> scaleUp(Driver& driver) {
    page(driver).current().scale(QStringLiteral("app"), 3);
    TRY(waitForEnd(driver, gui::StackProgress::State::Done));
    return driver.waitFor([&] { return page(driver).current().runningCount() == 5; }, "three of them run");
}

} // namespace

bool runStackSteps(Driver& driver) {
    return driver.step(QStringLiteral("stack-open"),
                       [&]() -> Result<void> {
                           TRY(open(driver));
                           return openFolder(driver);
                       }) &&
           driver.step(QStringLiteral("stack-up"), [&] { return bringUp(driver); }) &&
           driver.step(QStringLiteral("stack-log"), [&] { return seeLog(driver); }) &&
           driver.step(QStringLiteral("stack-change"), [&] { return changeFile(driver); }) &&
           driver.step(QStringLiteral("stack-apply"), [&] { return apply(driver); }) &&
           driver.step(QStringLiteral("stack-scale"), [&] { return scaleUp(driver); }) &&
           driver.step(QStringLiteral("stack-down"), [&] { return takeDown(driver); });
}

Result<void> showStack(Driver& driver, const QString& name) {
    TRY(open(driver));
    driver.window().resize(1400, 900);
    if (name == QLatin1String("stack-empty"))
        return {};
    if (name == QLatin1String("stack-gallery")) {
        pane(driver).actions().value(1)->trigger();
        return {};
    }
    if (name == QLatin1String("stack-convert")) {
        pane(driver).actions().value(3)->trigger();
        TRY(driver.waitFor([&] { return driver.window().findChild<gui::ConvertDialog*>() != nullptr; },
                           "the dialog shows"));
        driver.window()
            .findChild<QPlainTextEdit*>(QStringLiteral("convertDialog.line"))
            ->setPlainText(
                QStringLiteral("docker run -d --name web -p 8080:80 -v data:/usr/share/nginx/html:ro \\\n"
                               "  -e GREETING=hello --restart unless-stopped nginx:1.27"));
        QTest::qWait(800);
        return {};
    }
    QByteArray text = composeText();
    if (name == QLatin1String("stack-failed"))
        text.replace("touch /tmp/ready; ", "").replace("retries: 20", "retries: 2");
    TRY(openFolder(driver, text));
    if (name == QLatin1String("stack-edit")) {
        page(driver).editor().setText(page(driver).editor().text().replace(QStringLiteral("stop_signal"),
                                                                           QStringLiteral("stop_sginal")));
        return driver.waitFor([&] { return page(driver).editor().errors() > 0; }, "the mistake is found");
    }
    if (name == QLatin1String("stack-graph"))
        return {};
    if (name == QLatin1String("stack-environment")) {
        TRY(clickTab(driver, 3));
        return {};
    }
    if (name == QLatin1String("stack-up") || name == QLatin1String("stack-failed")) {
        TRY(begin(driver));
        if (name == QLatin1String("stack-failed"))
            return driver.waitFor([&] { return !page(driver).current().isBusy(); }, "it ends", kLong);
        TRY(driver.waitFor(
            [&] {
                const gui::StackNode* app = page(driver).graph().graph().node(QStringLiteral("service:app"));
                const gui::StackNode* tables =
                    page(driver).graph().graph().node(QStringLiteral("service:tables"));
                return app->state == gui::StackNode::State::Waiting &&
                       tables->state == gui::StackNode::State::Running;
            },
            "app waits for tables", kLong));
        return {};
    }
    TRY(bringUp(driver));
    if (name == QLatin1String("stack-timeline"))
        return clickTab(driver, 2);
    TRY(seeLog(driver));
    if (name == QLatin1String("stack") || name == QLatin1String("stack-log"))
        return {};
    if (name == QLatin1String("stack-service")) {
        page(driver).graph().setCurrent(QStringLiteral("service:app"));
        TRY(clickTab(driver, 0));
        QTest::qWait(1000);
        return {};
    }
    if (name == QLatin1String("stack-changes")) {
        TRY(changeFile(driver));
        TRY(clickTab(driver, 4));
        QTest::qWait(800);
        return {};
    }
    return fail(ErrorCode::InvalidArgument, "no pane \"" + name.toStdString() + "\"");
}

} // namespace escale::test
