// Two hundred networks with four containers each, made and removed again: nothing of them is left on the
// machine, in the records or in the engine's process, and no step takes longer because of the others.
#include "tests/container/container_machine.h"

#include "engine/base/file.h"
#include "engine/base/subprocess.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

constexpr int kNetworks = 200;
constexpr int kContainersEach = 4;
constexpr int kCallers = 4; // at the same time

std::vector<std::string> linesOf(const std::vector<std::string>& command) {
    const auto text = runProgram(command);
    return text ? splitWords(*text, "\n") : std::vector<std::string>{text.error().text()};
}

// What this process has open: their kinds, for numbers of sockets and pipes come and go.
std::vector<std::string> descriptors() {
    std::vector<std::string> kinds;
    const auto numbers = listDirectory("/proc/self/fd");
    for (const auto& number : numbers ? *numbers : std::vector<std::string>()) {
        std::array<char, 512> target{};
        const auto size = ::readlink(("/proc/self/fd/" + number).c_str(), target.data(), target.size());
        const std::string name(target.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
        if (!name.empty() && !name.ends_with("/fd")) // but the folder that is read
            kinds.push_back(name.substr(0, name.find(":[")));
    }
    std::map<std::string, int> counts;
    for (const auto& kind : kinds)
        ++counts[kind];
    std::vector<std::string> lines;
    for (const auto& [kind, count] : counts)
        lines.push_back(std::to_string(count) + " of " + kind);
    return lines;
}

std::vector<std::string> rowsOf(Store& store, const std::string& table) {
    const auto lock = store.lock();
    auto statement = store.database().prepare("SELECT network FROM " + table + " ORDER BY network");
    std::vector<std::string> found;
    while (statement && statement->step().value_or(false))
        found.push_back(statement->text(0));
    return found;
}

} // namespace

class NetworkScaleTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }
    Networks& networks() { return containers().networks(); }

    static std::string nameOf(int network) { return "net-" + std::to_string(network); }

    // Everything that a network could leave behind.
    MachinePicture everything() {
        MachinePicture picture = m_machine->picture();
        picture["rules"] = linesOf({"/usr/sbin/nft", "-s", "list", "ruleset"});
        picture["routes"] = linesOf({"/bin/ip", "route", "show", "table", "all"});
        picture["name servers"] = linesOf({"/bin/ss", "-Hlnut", "sport", "=", "53"});
        picture["subnets"] = rowsOf(*m_machine->store, "network_pool");
        picture["endpoints"] = rowsOf(*m_machine->store, "endpoint");
        picture["descriptors"] = descriptors();
        return picture;
    }
    std::string differenceSoon(const MachinePicture& before) {
        std::string last; // one look: what ends behind us has descriptors of its own for a moment
        (void)eventually([&] {
            last = differenceOf(before, everything());
            return last.empty();
        });
        return last;
    }
    // A network with its containers: in the network and found by name, the first with a published port.
    Result<std::vector<std::string>> makeOne(int number) {
        NetworkOptions options;
        options.name = nameOf(number);
        TRY(networks().create(kAlice, options));
        std::vector<std::string> ids;
        for (int i = 0; i < kContainersEach; ++i) {
            TRY_ASSIGN(ids.emplace_back(),
                       m_machine->run(kAlice, {"sleep", "100000"}, [&](ContainerOptions& container) {
                           container.name = nameOf(number) + "-" + std::to_string(i);
                           container.network = nameOf(number);
                           container.networkAliases = {"member"};
                           container.removeWhenStopped = true; // its records need not be synced to the disk
                           if (i == 0)
                               container.publish = {std::to_string(20000 + number) + ":80"};
                       }));
        }
        return ids;
    }
    // By several callers, each in this test's network namespace; the first error of each.
    static Result<void> forEachNetwork(const std::function<Result<void>(int number)>& work) {
        std::atomic<int> next = 0;
        std::array<Result<void>, kCallers> outcomes;
        std::vector<std::thread> callers;
        for (auto& outcome : outcomes) {
            callers.emplace_back([&] {
                for (int number = next++; number < kNetworks && outcome; number = next++)
                    outcome = work(number);
            });
        }
        for (auto& caller : callers)
            caller.join();
        for (auto& outcome : outcomes)
            TRY(std::move(outcome));
        return {};
    }
    Result<void> removeOne(int number, const std::vector<std::string>& ids) {
        for (const auto& id : ids)
            TRY(containers().remove(kAlice, id, true));
        TRY_ASSIGN(const auto record, networks().find(kAlice, nameOf(number)));
        return networks().remove(record);
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
    }
    void init() {
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
    }

    void twoHundredNetworksOfFourContainersLeaveNothing() {
        // Given an engine that has done all of it once,
        const auto first = makeOne(0);
        VERIFY_RESULT(first);
        VERIFY_RESULT(removeOne(0, *first));
        const auto before = everything();
        // when there are many,
        QElapsedTimer timer;
        timer.start();
        std::vector<std::vector<std::string>> ids(kNetworks);
        VERIFY_RESULT(forEachNetwork([&](int number) -> Result<void> {
            TRY_ASSIGN(ids[static_cast<std::size_t>(number)], makeOne(number));
            return {};
        }));
        const auto made = timer.restart();
        const auto inUse = everything();
        QCOMPARE(inUse.at("endpoints").size(), std::size_t(kNetworks * kContainersEach));
        QVERIFY(inUse.at("name servers").size() >= kNetworks);
        timer.restart();
        VERIFY_RESULT(forEachNetwork(
            [&](int number) { return removeOne(number, ids[static_cast<std::size_t>(number)]); }));
        qInfo("%d networks, %d containers: made in %lld ms, removed in %lld ms", kNetworks,
              kNetworks * kContainersEach, static_cast<long long>(made),
              static_cast<long long>(timer.elapsed()));
        // then the machine is as it was.
        QCOMPARE(differenceSoon(before), std::string());
    }
};

ESCALE_TEST(NetworkScaleTest)
#include "network_scale_test.moc"
