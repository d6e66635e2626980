// Containers with known settings: what engine/inspect reads of them, compared with the settings, with what
// their own programs see, and with what nsenter's programs find there.
#include "engine/base/file.h"
#include "engine/container/containers.h"
#include "engine/inspect/mount_table.h"
#include "engine/inspect/namespace_facts.h"
#include "engine/inspect/process_facts.h"
#include "engine/inspect/sight.h"
#include "tests/container/container_machine.h"
#include "tests/inspect/held_process.h"

#include <algorithm>
#include <csignal>
#include <linux/capability.h>

using namespace escale;
using namespace escale::test;

class ContainerFactsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }

    /// A container that waits; its first process.
    Result<pid_t> waiting(const ContainerMachine::Change& change = {}, std::string* id = nullptr,
                          const std::string& script = {}) {
        TRY_ASSIGN(const auto started,
                   m_machine->run(kAlice, {"sh", "-c", script + "\necho up; exec sleep 1000"}, change));
        if (!m_machine->awaitOutput(kAlice, started, "up"))
            return fail(ErrorCode::Timeout, m_machine->output(kAlice, started, "stderr"));
        TRY_ASSIGN(const auto container, containers().find(kAlice, started));
        if (id != nullptr)
            *id = started;
        return container.pid;
    }
    static std::uint64_t spaceOf(const ProcessFacts& facts, NamespaceType type) {
        return facts.namespaces.at(static_cast<std::size_t>(type));
    }
    static bool answer(Question question, const ProcessFacts& from, const ProcessFacts& to) {
        return sightsBetween(from, to).at(static_cast<std::size_t>(question)).yes;
    }
    static const MountFacts* visibleAt(const std::vector<MountFacts>& mounts, const std::string& target) {
        const auto found = std::find_if(mounts.begin(), mounts.end(), [&](const auto& mount) {
            return mount.target == target && !mount.isHidden;
        });
        return found == mounts.end() ? nullptr : &*found;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (m_machine)
            VERIFY_RESULT(m_machine->removeContainers(kAlice));
    }
    void cleanupTestCase() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
    }

    void theFirstProcess() {
        const auto pid = waiting([](ContainerOptions& o) {
            o.hostname = "web1";
            o.user = "1234:77";
            o.capDrop = {"ALL"};
            o.capAdd = {"NET_ADMIN", "SYS_TIME"};
        });
        VERIFY_RESULT(pid);
        const auto facts = readProcessFacts(*pid);
        const auto own = readProcessFacts(::getpid());
        VERIFY_RESULT(facts);
        VERIFY_RESULT(own);
        QCOMPARE(facts->pids.back(), pid_t(1));
        QCOMPARE(facts->command, std::string("sleep 1000"));
        QVERIFY(facts->noNewPrivileges);
        QCOMPARE(facts->seccomp, 2U);
        QVERIFY(facts->filters >= 1);
        // Ids as we count: the owner's range.
        const auto inside = readNamespaceFacts(*pid);
        VERIFY_RESULT(inside);
        QCOMPARE(inside->uidMap.size(), std::size_t(1));
        QCOMPARE(facts->uids[0], inside->uidMap[0].outside + 1234);
        QCOMPARE(facts->gids[0], inside->gidMap[0].outside + 77);
        // Of a user who is not root, added capabilities are the bounding set's alone.
        QCOMPARE(facts->capabilities[3], std::uint64_t(1) << CAP_NET_ADMIN | std::uint64_t(1)
                                                                                 << CAP_SYS_TIME);
        QCOMPARE(toldInside(*pid, {"-U", "-p", "-m", "-u"}, {"/bin/hostname"}), std::string("web1"));
        QCOMPARE(inside->hostname, std::string("web1"));
        for (std::size_t type = 0; type < kNamespaceTypes; ++type) {
            QCOMPARE(facts->namespaces.at(type), namespaceByLink(*pid, kNamespaceFiles.at(type)));
            const bool isShared = facts->namespaces.at(type) == own->namespaces.at(type);
            QCOMPARE(isShared, type == static_cast<std::size_t>(NamespaceType::Time));
        }
        QCOMPARE(facts->userNamespaces.size(), std::size_t(2));
        QCOMPARE(facts->userNamespaces[1], spaceOf(*own, NamespaceType::User));
        QVERIFY2(facts->cgroup.find(m_machine->cgroupParent()) != std::string::npos, facts->cgroup.c_str());
    }
    void sharedNamespaces() {
        std::string id;
        const auto first = waiting([](ContainerOptions& o) { o.ipc = "shareable"; }, &id);
        VERIFY_RESULT(first);
        const auto joined = waiting([&](ContainerOptions& o) {
            o.network = "container:" + id;
            o.ipc = "container:" + id;
        });
        VERIFY_RESULT(joined);
        const auto host = waiting([](ContainerOptions& o) { o.network = "host", o.uts = "host"; });
        VERIFY_RESULT(host);
        const auto one = readProcessFacts(*first).value();
        const auto other = readProcessFacts(*joined).value();
        const auto open = readProcessFacts(*host).value();
        const auto own = readProcessFacts(::gettid()).value(); // this thread has a network of its own
        QVERIFY(answer(Question::SharesNetwork, one, other));
        QVERIFY(answer(Question::SharesIpc, one, other));
        QVERIFY(!answer(Question::SharesHostname, one, other));
        QVERIFY(!answer(Question::SharesMounts, one, other));
        QVERIFY(answer(Question::SharesNetwork, open, own));
        QVERIFY(answer(Question::SharesHostname, open, own));
        QVERIFY(!answer(Question::SharesNetwork, one, open));
        // What the interfaces say of it.
        QCOMPARE(readNamespaceFacts(*first)->interfaces.size(),
                 readNamespaceFacts(*joined)->interfaces.size());
        const auto addresses = readNamespaceFacts(*joined)->interfaces.back().addresses;
        QVERIFY(!addresses.empty());
        QCOMPARE(readNamespaceFacts(*first)->interfaces.back().addresses, addresses);
        QCOMPARE(addresses[0].substr(0, addresses[0].find('/')), containers().find(kAlice, id)->address);
    }
    void whoSeesWhomIsWhatTheyTry() {
        // given: two containers, of which the second sees the first one's processes
        std::string id;
        const auto first = waiting({}, &id);
        VERIFY_RESULT(first);
        const auto second = waiting([&](ContainerOptions& o) { o.pid = "container:" + id; });
        VERIFY_RESULT(second);
        const auto third = waiting();
        VERIFY_RESULT(third);
        const auto one = readProcessFacts(*first).value();
        const auto other = readProcessFacts(*second).value();
        const auto apart = readProcessFacts(*third).value();
        // then: numbers, as the program itself would find them
        const auto seen = sightsBetween(other, one).front();
        QVERIFY(seen.yes);
        QCOMPARE(seen.detail, std::string("1"));
        QVERIFY(
            toldInside(*second, {"-p", "-m", "-U"}, {"/bin/cat", "/proc/1/cmdline"}).starts_with("sleep"));
        QVERIFY(!answer(Question::SeesIt, apart, one));
        QVERIFY(!answer(Question::Signals, one, readProcessFacts(::getpid()).value()));
        // A root of the same ids signals; whether it may look is the user namespace's to say, which joins,
        // too.
        QCOMPARE(
            answer(Question::Signals, other, one),
            toldInside(*second, {"-p", "-m", "-U", "-S", "0", "-G", "0"}, {"/bin/kill", "-0", "1"}).empty());
        QCOMPARE(spaceOf(one, NamespaceType::User) == spaceOf(other, NamespaceType::User),
                 answer(Question::SharesUsers, one, other));
    }
    void mountsAndWhatTheyHide() {
        const auto pid = waiting([](ContainerOptions& o) { o.tmpfs = {{"/opaque", "size=1m"}}; });
        VERIFY_RESULT(pid);
        const auto mounts = readMounts(*pid);
        VERIFY_RESULT(mounts);
        const auto* root = visibleAt(*mounts, "/");
        QVERIFY(root != nullptr);
        QCOMPARE(root->type, std::string("overlay"));
        QVERIFY(root->superOptions.find("lowerdir") != std::string::npos);
        const auto* tmpfs = visibleAt(*mounts, "/opaque");
        QVERIFY(tmpfs != nullptr);
        QCOMPARE(tmpfs->type, std::string("tmpfs"));
        QCOMPARE(tmpfs->parent, root->id);
        // A mask is a mount that is seen, over a file that is not.
        const auto* mask = visibleAt(*mounts, "/proc/interrupts");
        QVERIFY(mask != nullptr);
        QCOMPARE(mask->root, std::string("/null"));
        const auto* fixed = visibleAt(*mounts, "/proc/sys");
        QVERIFY(fixed != nullptr);
        QVERIFY(fixed->options.starts_with("ro"));
        QVERIFY(visibleAt(*mounts, "/etc/hosts") != nullptr);
        QVERIFY(
            std::none_of(mounts->begin(), mounts->end(), [](const auto& mount) { return mount.isHidden; }));
    }
    void mountsThatAContainerHides() {
        const auto pid = waiting([](ContainerOptions& o) { o.capAdd = {"SYS_ADMIN"}; }, nullptr,
                                 "mount -t tmpfs hider /etc; mount -t tmpfs over /etc");
        VERIFY_RESULT(pid);
        const auto mounts = readMounts(*pid);
        VERIFY_RESULT(mounts);
        std::map<std::string, const MountFacts*> bySource;
        const MountFacts* hosts = nullptr;
        for (const auto& mount : *mounts) {
            bySource[mount.source] = &mount;
            hosts = mount.target == "/etc/hosts" ? &mount : hosts;
        }
        const auto* hider = bySource["hider"];
        const auto* over = bySource["over"];
        QVERIFY(hider != nullptr && over != nullptr && hosts != nullptr);
        QVERIFY(hosts->isHidden);
        QCOMPARE(hosts->hiddenBy, hider->id);
        QCOMPARE(hider->hiddenBy, over->id);
        QVERIFY(!over->isHidden);
    }
    void anInitAndItsChild() {
        std::string id;
        const auto pid = waiting([](ContainerOptions& o) { o.init = true; }, &id);
        VERIFY_RESULT(pid);
        const auto processes = containers().processes(kAlice, id);
        VERIFY_RESULT(processes);
        std::vector<pid_t> pids;
        for (const auto& process : *processes)
            pids.push_back(process.pid);
        const auto facts = readProcessFacts(pids);
        QCOMPARE(facts.size(), std::size_t(2));
        QCOMPARE(facts[0].name, std::string("docker-init"));
        QCOMPARE(facts[1].parent, facts[0].pid);
        QCOMPARE(facts[1].pids.size(), std::size_t(2));
        QCOMPARE(facts[1].pids[1], processes->at(1).insidePid);
        QCOMPARE(facts[1].startedAt / 100, processes->at(1).startedAt / 100);
    }
    void queuesOfItsOwn() {
        const auto pid = waiting({}, nullptr, "touch /dev/mqueue/letters");
        VERIFY_RESULT(pid);
        const auto facts = readNamespaceFacts(*pid);
        VERIFY_RESULT(facts);
        QCOMPARE(facts->ipc.size(), std::size_t(1));
        QCOMPARE(facts->ipc[0].kind, std::string("mqueue"));
        QCOMPARE(facts->ipc[0].name, std::string("/letters"));
        QCOMPARE(facts->ipc[0].owner, facts->uidMap.at(0).outside);
    }
    void namesThatAContainerMakesUp() {
        // given: a container that may name itself, and does it badly
        const auto pid = waiting([](ContainerOptions& o) { o.capAdd = {"SYS_ADMIN"}; }, nullptr,
                                 "hostname \"$(printf 'a\\033[31mb')\"");
        VERIFY_RESULT(pid);
        QCOMPARE(readNamespaceFacts(*pid)->hostname, std::string("a?[31mb"));
    }
    void costsLittle() {
        const auto pid = waiting();
        VERIFY_RESULT(pid);
        QBENCHMARK {
            QVERIFY(readProcessFacts(*pid));
            QVERIFY(readNamespaceFacts(*pid));
            QVERIFY(readMounts(*pid));
        }
    }
};

ESCALE_TEST(ContainerFactsTest)
#include "container_facts_test.moc"
