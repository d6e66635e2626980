// The engine as the service's threads reach it, when it goes and comes again, and when many ask at once.
#include "helper/docker-api/bus/bus.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/test_registry.h"

#include <QDBusConnectionInterface>
#include <QTest>

#include <csignal>
#include <thread>

using namespace escale;
using namespace escale::test;
using namespace escale::docker_api;

class DockerBusTest : public HelperTest {
    Q_OBJECT
    std::unique_ptr<Engine> m_engine;

    [[nodiscard]] Bus bus() const { return {*m_engine, false}; }
    Result<dbus::ContainerList> containers() const {
        return bus().ask<dbus::ContainerList>(Face::Containers, "List");
    }
    pid_t helperPid() {
        const QDBusReply<uint> pid = m_machine->as(0).interface()->servicePid(QLatin1String(dbus::kService));
        return pid.isValid() ? static_cast<pid_t>(pid.value()) : 0;
    }

private Q_SLOTS:
    void initTestCase() {
        startMachine();
        if (!m_machine)
            return;
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_machine->bus().address().toUtf8());
        auto engine = Engine::connect();
        VERIFY_RESULT(engine);
        m_engine = std::move(*engine);
    }
    void cleanupTestCase() {
        m_engine.reset();
        m_machine.reset();
    }

    void anEngineThatWasStartedAnewIsAsked() {
        // Given somebody who follows the engine's events,
        VERIFY_RESULT(containers());
        const auto subscription = bus().subscribe();
        VERIFY_RESULT(subscription);
        // when the engine dies,
        const pid_t before = helperPid();
        QVERIFY(before > 0 && ::kill(before, SIGKILL) == 0);
        // then they are told that they may have missed something,
        std::optional<ErrorCode> told;
        const auto hasBeenTold = [&] {
            if (const auto events = (*subscription)->take(); !events)
                told = events.error().code;
            return told.has_value();
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasBeenTold(), 30'000);
        QCOMPARE(*told, ErrorCode::Unreachable);
        // and the next question is answered by another one.
        VERIFY_RESULT(containers());
        QVERIFY(helperPid() != before);
    }
    void aCrowdIsAnsweredEachInItsTurn() {
        // The bus takes 128 questions at once from a connection.
        std::atomic<int> answered = 0;
        std::vector<std::thread> crowd;
        for (int i = 0; i < 400; ++i)
            crowd.emplace_back([&] { answered += containers() ? 1 : 0; });
        for (auto& one : crowd)
            one.join();
        QCOMPARE(answered.load(), 400);
    }
};
ESCALE_TEST(DockerBusTest)

#include "bus_test.moc"
