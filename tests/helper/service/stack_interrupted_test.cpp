// Stacks that are cancelled, that fail or die half-way, and a big one: the next up leads to the file.
#include "helper/service/stack_session.h"

#include "engine/base/fail_point.h"
#include "engine/stack/stack_labels.h"
#include "tests/helper/service/stack_machine.h"

#include <algorithm>
#include <chrono>
#include <random>

using namespace escale;
using namespace escale::test;

namespace {

/// Healthy once /tmp/well is there.
StackService checked(const std::string& name, const std::string& words) {
    StackService service = shell(name, words);
    service.options.healthCommand = {"CMD-SHELL", "test -e /tmp/well || { echo not yet; exit 1; }"};
    service.options.healthInterval = 30;
    service.options.healthRetries = 3;
    return service;
}

} // namespace

class StackInterruptedTest : public QObject {
    Q_OBJECT

    std::unique_ptr<StackMachine> m_machine;

    Containers& containers() { return m_machine->containers(); }
    std::string states() { return m_machine->states(); }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        m_machine = std::make_unique<StackMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        onFailPoint = nullptr;
        if (!m_machine)
            return;
        m_machine->sources = nullptr;
        m_machine->waitTimeout = {};
        VERIFY_RESULT(m_machine->clear());
        QCOMPARE(states(), std::string());
    }
    void cleanupTestCase() {
        if (m_machine && m_machine->machine.containers)
            VERIFY_RESULT(containers().purge());
    }

    // Whatever has been told when it is cancelled: the next up leads to the file, and nothing else is left.
    void cancelledAtAnyMoment() {
        Stack stack = stackNamedP({sleeper("web", {{"db", DependsOn::Healthy, true}}),
                                   checked("db", "touch /tmp/well; sleep 1000"), sleeper("mail")});
        stack.services[2].replicas = 2;
        bool wasWhole = false;
        for (unsigned moment = 0; !wasWhole; ++moment) {
            QVERIFY(moment < 100);
            if (moment % 2 == 0)
                VERIFY_RESULT(m_machine->up(stack));
            for (auto& service : stack.services)
                service.options.environment = {"MOMENT=" + std::to_string(moment)};
            if (moment % 4 == 1)
                stack.networks[0].mtu = 1000 + moment;
            m_machine->onTold = [&](unsigned count) {
                if (count == moment)
                    m_machine->cancellation->cancel();
            };
            const auto outcome = m_machine->up(stack);
            wasWhole = outcome.has_value() && !m_machine->cancellation->isCancelled();
            if (!outcome)
                QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
            const auto again = m_machine->up(stack);
            QVERIFY2(again,
                     (again ? "" : again.error().text() + " after moment " + std::to_string(moment)).c_str());
            QCOMPARE(states(),
                     std::string("p-db-1 running\np-mail-1 running\np-mail-2 running\np-web-1 running"));
            VERIFY_RESULT(m_machine->up(stack));
            QCOMPARE(m_machine->told->steps(), std::size_t(0));
        }
    }

    void aDownThatWasCancelledIsGoneOnWith() {
        const Stack stack = stackNamedP({sleeper("web", {{"db"}}), sleeper("db")});
        for (unsigned moment = 0; moment < 10; ++moment) {
            VERIFY_RESULT(m_machine->up(stack));
            m_machine->onTold = [&](unsigned count) {
                if (count == moment)
                    m_machine->cancellation->cancel();
            };
            (void)m_machine->down();
            VERIFY_RESULT(m_machine->down());
            QCOMPARE(states(), std::string());
        }
    }

    void aReplacementThatFailsLeavesTheOldOne_data() {
        QTest::addColumn<QString>("point");
        for (const char* point : {"recreate begins", "recreate made", "recreate stopped", "recreate removed"})
            QTest::newRow(point) << point;
    }
    void aReplacementThatFailsLeavesTheOldOne() {
        QFETCH(QString, point);
        Stack stack = stackNamedP({sleeper("web")});
        stack.services[0].options.mounts = {"type=volume,target=/data"};
        VERIFY_RESULT(m_machine->up(stack));
        m_machine->inside("p-web-1", "echo kept > /data/file");
        const std::string old = m_machine->idOf("p-web-1");
        stack.services[0].options.environment = {"A=1"};
        onFailPoint = [&](const char* step) -> Result<void> {
            if (point == QLatin1StringView(step))
                return fail(ErrorCode::SystemFailure, "as tested");
            return {};
        };
        QVERIFY(!m_machine->up(stack));
        onFailPoint = nullptr;
        if (point == QStringLiteral("recreate removed"))
            QVERIFY(m_machine->states().find("_p-web-1 created") != std::string::npos);
        else
            QCOMPARE(m_machine->idOf("p-web-1"), old);
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(states(), std::string("p-web-1 running"));
        QCOMPARE(m_machine->inside("p-web-1", "cat /data/file"), std::string("kept\n"));
    }

    // A helper that was killed undoes nothing.
    void whatAKilledOneLeftIsTidied() {
        const Stack stack = stackNamedP({sleeper("web")});
        VERIFY_RESULT(m_machine->up(stack));
        const Container old = m_machine->find("p-web-1");
        ContainerOptions options = old.options;
        options.name = old.id.substr(0, 12) + "_p-web-1";
        options.labels[stack_labels::kReplace] = old.id;
        VERIFY_RESULT(containers().create(kAlice, options));
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(states(), std::string("p-web-1 running"));
        QCOMPARE(m_machine->idOf("p-web-1"), old.id);
    }

    void fiftyServicesComeUpInOrder() {
        std::mt19937 random(3);
        Stack stack = stackNamedP({});
        for (int i = 0; i < 50; ++i) {
            StackService service = sleeper("s" + std::to_string(i));
            for (int other = std::max(0, i - 8); other < i; ++other)
                if (random() % 4 == 0)
                    service.dependencies.push_back({"s" + std::to_string(other)});
            stack.services.push_back(std::move(service));
        }
        const auto begin = std::chrono::steady_clock::now();
        VERIFY_RESULT(m_machine->up(stack));
        const auto upTime = std::chrono::steady_clock::now() - begin;
        for (const auto& service : stack.services)
            for (const auto& dependency : service.dependencies)
                QVERIFY(m_machine->told->place("start p-" + dependency.service + "-1 done") <
                        m_machine->told->place("start p-" + service.name + "-1 running"));
        VERIFY_RESULT(m_machine->up(stack));
        QCOMPARE(m_machine->told->steps(), std::size_t(0));
        const auto downBegin = std::chrono::steady_clock::now();
        VERIFY_RESULT(m_machine->down());
        const auto milliseconds = [](auto time) {
            return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
        };
        qInfo("50 services: up %lld ms, down %lld ms", static_cast<long long>(milliseconds(upTime)),
              static_cast<long long>(milliseconds(std::chrono::steady_clock::now() - downBegin)));
    }
};

ESCALE_TEST(StackInterruptedTest)
#include "stack_interrupted_test.moc"
