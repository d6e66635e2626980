// The Limits and Life pages against the real helper and a real container: what they say is what the kernel's
// files say, read here independently.
#include "gui/client/engine_client.h"
#include "gui/learn/cgroup_view.h"
#include "gui/learn/cgroups_page.h"
#include "gui/learn/life_page.h"
#include "gui/learn/life_text.h"
#include "gui/learn/press_panel.h"
#include "tests/support/private_bus.h"
#include "tests/support/test_registry.h"

#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

#include <csignal>
#include <unistd.h>

using namespace escale;
using namespace escale::gui;

namespace {

constexpr int kPatience = 60'000;

QString content(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).trimmed() : QString();
}

} // namespace

class LimitsPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<test::PrivateBus> m_bus;
    std::unique_ptr<EngineClient> m_client;
    std::unique_ptr<CgroupsPage> m_limits;
    std::unique_ptr<LifePage> m_life;
    QString m_id;

    dbus::Container container() {
        std::optional<dbus::ContainerList> list;
        m_client->listContainers(this, [&](const Result<dbus::ContainerList>& answer) {
            list = answer ? *answer : dbus::ContainerList();
        });
        if (!QTest::qWaitFor([&] { return list.has_value(); }, kPatience))
            return {};
        for (const dbus::Container& one : *list) {
            if (one.id == m_id)
                return one;
        }
        return {};
    }
    template <class Widget>
    Widget* find(const char* name) {
        return m_limits->findChild<Widget*>(QString::fromLatin1(name));
    }
    void click(const char* name) {
        auto* button = find<QPushButton>(name);
        QVERIFY2(button != nullptr, name);
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), kPatience);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QString told() {
        return m_limits->press().story().sentences(m_limits->press().kind()).join(QLatin1Char(' '));
    }
    // The file that a value of the view came from.
    QString fileOf(const dbus::CgroupFile& file) {
        const CgroupSnapshot& all = m_limits->snapshot();
        return cgroupFolder(all.itself()->path, file.controller, static_cast<int>(file.version),
                            isHybrid(all)) +
               QLatin1Char('/') + file.file;
    }
    // Of the first that there is: the names in both versions.
    QString onDisk(const QStringList& names) {
        const dbus::CgroupNode& node = *m_limits->snapshot().itself();
        for (const dbus::CgroupFile& file : node.files) {
            if (names.contains(file.file) && cgroupValue(node, file.file) == &file.value)
                return content(fileOf(file));
        }
        return {};
    }
    int burners() {
        std::optional<int> count;
        m_client->top(m_id, this, [&](const Result<dbus::ProcessList>& list) {
            count = 0;
            for (const dbus::ContainerProcess& one : list ? *list : dbus::ProcessList())
                *count += one.command.contains(QStringLiteral("/bin/burn")) ? 1 : 0;
        });
        return QTest::qWaitFor([&] { return count.has_value(); }, kPatience) ? *count : -1;
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        const std::string why = test::enterOwnNetwork();
        SKIP_UNLESS(why.empty(), why.c_str());
        SKIP_UNLESS(QFile::exists(QCoreApplication::applicationDirPath() +
                                  QStringLiteral("/../demo/escale-demo.tar")),
                    "the demo image is not built");
        auto bus = test::PrivateBus::start();
        QVERIFY2(bus.has_value(), bus ? "" : bus.error().text().c_str());
        m_bus = *std::move(bus);
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_bus->address().toUtf8());
        m_client = std::make_unique<EngineClient>();
        m_client->open();
        QTRY_COMPARE_WITH_TIMEOUT(m_client->state(), EngineClient::State::Ready, kPatience);
        m_limits = std::make_unique<CgroupsPage>(*m_client);
        m_limits->resize(1200, 800);
        m_limits->setVisible(true);
        m_life = std::make_unique<LifePage>(*m_client);
        m_life->resize(1200, 800);

        connect(&m_limits->press(), &PressPanel::failed, this, [](const Error& error, const QString& what) {
            qWarning("%s: %s", qPrintable(what), error.text().c_str());
        });

        // The demo container, by the button of the page.
        const QSignalSpy made(m_limits.get(), &CgroupsPage::containerMade);
        const QSignalSpy failed(&m_limits->press(), &PressPanel::failed);
        find<QPushButton>("learnCgroups.demo")->click(); // no container, no page to see it on
        QTRY_VERIFY_WITH_TIMEOUT(!made.isEmpty() || !failed.isEmpty(), kPatience);
        QVERIFY2(failed.isEmpty(), failed.isEmpty() ? "" : failed[0][0].value<Error>().text().c_str());
        m_id = made[0][0].toString();
        m_limits->setContainer(container());
        QTRY_VERIFY_WITH_TIMEOUT(m_limits->snapshot().itself() != nullptr, kPatience);
    }
    void cleanup() {
        if (QTest::currentTestFailed() && m_bus)
            qWarning("%s", m_bus->log().c_str());
    }
    void cleanupTestCase() {
        m_limits.reset();
        m_life.reset();
        if (m_client && !m_id.isEmpty()) {
            bool isGone = false;
            m_client->removeContainer(m_id, true, this, [&](const Result<Job*>&) { isGone = true; });
            (void)QTest::qWaitFor([&] { return isGone && container().id.isEmpty(); }, kPatience);
        }
        m_client.reset();
        m_bus.reset();
    }

    void itsLimitsAreThoseOfTheFiles() {
        const CgroupReading reading = readingOf(*m_limits->snapshot().itself());
        QCOMPARE(*reading.memoryLimit,
                 onDisk({QStringLiteral("memory.max"), QStringLiteral("memory.limit_in_bytes")}).toDouble());
        QCOMPARE(*reading.memoryLimit, double(64 << 20));
        QCOMPARE(*reading.pidsLimit, onDisk({QStringLiteral("pids.max")}).toDouble());
        QCOMPARE(*reading.cpuLimit, 0.5);
        // Every file that is a limit says on the disk what the view says.
        int compared = 0;
        for (const dbus::CgroupFile& file : m_limits->snapshot().itself()->files) {
            if (!file.file.contains(QStringLiteral("max")) && !file.file.contains(QStringLiteral("limit")) &&
                !file.file.contains(QStringLiteral("cfs_")) && !file.file.contains(QStringLiteral("shares")))
                continue;
            if (file.file.contains(QStringLiteral("usage")))
                continue; // "max_usage" grows
            QVERIFY2(QFile::exists(fileOf(file)), qPrintable(fileOf(file)));
            QCOMPARE(file.value, content(fileOf(file)));
            ++compared;
        }
        QVERIFY(compared >= 4);
    }

    void itsUseIsThatOfTheFiles() {
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const double told = readingOf(*m_limits->snapshot().itself()).pids.value_or(-1);
                return told > 0 && told == onDisk({QStringLiteral("pids.current")}).toDouble();
            }(),
            kPatience);
        const double memory =
            onDisk({QStringLiteral("memory.current"), QStringLiteral("memory.usage_in_bytes")}).toDouble();
        QVERIFY(std::abs(*readingOf(*m_limits->snapshot().itself()).memory - memory) < 8 << 20);
    }

    void pressingTheProcessorThrottles() {
        // Given: so little that a busy machine has it left over, too
        find<QDoubleSpinBox>("learnCgroups.limit.cpu.field")->setValue(0.1);
        QTRY_COMPARE_WITH_TIMEOUT(m_limits->press().story().limit(PressKind::Cpu), 10.0, kPatience);
        // When
        click("learnCgroups.press.cpu");
        // Then
        QTRY_VERIFY2_WITH_TIMEOUT(told().contains(QStringLiteral("The kernel has stopped it in")),
                                  qPrintable(told()), kPatience);
        QVERIFY(numberAfter(onDisk({QStringLiteral("cpu.stat")}), QStringLiteral("nr_throttled")) > 0);
        QVERIFY(!m_limits->press().story().marks(PressKind::Cpu).isEmpty());
        QVERIFY(find<QLabel>("learnCgroups.story")->text().contains(QStringLiteral("throttling")));
        // When
        click("learnCgroups.stop");
        // Then
        QTRY_COMPARE_WITH_TIMEOUT(burners(), 0, kPatience);
        QVERIFY(!m_limits->press().isPressing());
    }

    void beyondItsMemoryTheBurnerIsEndedAndTheContainerLivesOn() {
        const quint32 pid = container().pid;
        // When
        click("learnCgroups.press.memory");
        // Then
        QTRY_VERIFY2_WITH_TIMEOUT(told().contains(QStringLiteral("OOM killer")), qPrintable(told()),
                                  kPatience);
        QVERIFY(numberAfter(onDisk({QStringLiteral("memory.events"), QStringLiteral("memory.oom_control")}),
                            QStringLiteral("oom_kill")) > 0);
        QTRY_VERIFY_WITH_TIMEOUT(!m_limits->press().isPressing(), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(burners(), 0, kPatience);
        QCOMPARE(container().state, QStringLiteral("running"));
        QCOMPARE(container().pid, pid);
    }

    void noMoreProcessesThanItsLimit() {
        click("learnCgroups.press.processes");
        QTRY_VERIFY2_WITH_TIMEOUT(told().contains(QStringLiteral("EAGAIN")), qPrintable(told()), kPatience);
        QVERIFY(numberAfter(onDisk({QStringLiteral("pids.events")}), QStringLiteral("max")) > 0);
        click("learnCgroups.stop");
        QTRY_VERIFY_WITH_TIMEOUT(onDisk({QStringLiteral("pids.current")}).toInt() < 10, kPatience);
    }

    void whatItWritesIsCounted() {
        if (!readingOf(*m_limits->snapshot().itself()).bytesWritten)
            QSKIP("this machine does not count the disk by cgroup");
        click("learnCgroups.press.disk");
        QTRY_VERIFY_WITH_TIMEOUT(m_limits->press().story().values(PressKind::Disk).value(1) > 0, kPatience);
        click("learnCgroups.stop");
        QTRY_COMPARE_WITH_TIMEOUT(burners(), 0, kPatience);
    }

    void anotherLimitIsSeenInTheFileAndObeyed() {
        // When
        m_limits->press().showKind(PressKind::Memory);
        auto* field = find<QDoubleSpinBox>("learnCgroups.limit.memory.field");
        field->setValue(96);
        // Then
        const QStringList names{QStringLiteral("memory.max"), QStringLiteral("memory.limit_in_bytes")};
        QTRY_COMPARE_WITH_TIMEOUT(onDisk(names), QString::number(96 << 20), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(m_limits->press().story().limit(PressKind::Memory), double(96 << 20),
                                  kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(told().simplified().contains(QStringLiteral("of 96 MiB")), kPatience);
        // And back, below what was there before.
        field->setValue(64);
        QTRY_COMPARE_WITH_TIMEOUT(onDisk(names), QString::number(64 << 20), kPatience);
    }

    void aHiddenPageAsksForNothing() {
        m_limits->hide();
        QTRY_VERIFY_WITH_TIMEOUT(!m_limits->isReading(),
                                 kPatience); // what was asked before has been answered
        const qint64 last = m_limits->snapshot().time;
        Q_EMIT m_limits->press().readingWanted();
        (void)container(); // as long as an answer takes
        (void)container();
        QVERIFY(!m_limits->isReading());
        QCOMPARE(m_limits->snapshot().time, last);
    }

    void aZombieIsShown() {
        m_life->setVisible(true);
        m_life->setContainer(container());
        QTRY_VERIFY_WITH_TIMEOUT(!m_life->facts().processes.isEmpty(), kPatience);
        QCOMPARE(m_life->facts().run, -1); // the last one
        QTest::mouseClick(m_life->findChild<QPushButton*>(QStringLiteral("learnLife.zombie")),
                          Qt::LeftButton);
        const auto zombie = [&] {
            const dbus::ProcessList& all = m_life->facts().processes;
            return std::find_if(all.begin(), all.end(), isZombie);
        };
        QTRY_VERIFY_WITH_TIMEOUT(zombie() != m_life->facts().processes.end(), kPatience);
        // The kernel says the same of it.
        QVERIFY(content(QStringLiteral("/proc/%1/stat").arg(zombie()->pid)).contains(QStringLiteral(") Z ")));
    }

    void itsEndIsToldAsItHappened() {
        // When
        m_client->stop(m_id, this, [](const Result<Job*>&) {});
        QTRY_COMPARE_WITH_TIMEOUT(container().state, QStringLiteral("exited"), kPatience);
        m_life->setContainer(container());
        // Then: demo.sh has a handler for SIGTERM
        const auto run = [&] { return m_life->facts().shown(); };
        QTRY_VERIFY_WITH_TIMEOUT(run() != nullptr && run()->ended > 0, kPatience);
        QVERIFY(run()->request() != nullptr);
        QCOMPARE(run()->request()->number, SIGTERM);
        QVERIFY(run()->request()->grace.has_value());
        QVERIFY(run()->force() == nullptr);
        QCOMPARE(*run()->exitCode, 0);
        QCOMPARE(m_life->facts().story.now, LifeState::Exited);
    }
};

ESCALE_TEST(LimitsPageTest)

#include "limits_page_test.moc"
