// What is in a process's namespaces, compared with what nsenter's programs find there.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/user_namespace.h"
#include "engine/inspect/mount_table.h"
#include "engine/inspect/namespace_facts.h"
#include "tests/inspect/held_process.h"
#include "tests/support/test_registry.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <mqueue.h>
#include <sched.h>
#include <set>
#include <sstream>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class NamespaceFactsTest : public QObject {
    Q_OBJECT

    static std::string ownSpaces() {
        std::string text;
        for (const char* kind : {"uts", "ipc", "net", "mnt"})
            text += std::to_string(namespaceByLink(::getpid(), kind)) + " ";
        return text;
    }
    static const IpcObject* find(const NamespaceFacts& facts, const std::string& kind,
                                 const std::string& name) {
        const auto found = std::find_if(facts.ipc.begin(), facts.ipc.end(), [&](const auto& object) {
            return object.kind == kind && object.name == name;
        });
        return found == facts.ipc.end() ? nullptr : &*found;
    }
    static std::string told(const IpcObject* object) {
        std::ostringstream text;
        if (object != nullptr)
            text << object->owner << " " << std::oct << object->mode << std::dec << " " << object->size << " "
                 << object->count;
        return text.str();
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void namesAreItsOwn() {
        const auto held = HeldProcess::start({"/usr/bin/unshare", "--uts", "/bin/sh", "-c",
                                              "hostname inner; domainname lan; echo ready; read x"});
        VERIFY_RESULT(held);
        const std::string before = ownSpaces();
        const auto facts = readNamespaceFacts(held->pid());
        VERIFY_RESULT(facts);
        QCOMPARE(facts->hostname, std::string("inner"));
        QCOMPARE(facts->hostname, toldInside(held->pid(), {"-u"}, {"/bin/hostname"}));
        QCOMPARE(facts->domainname, toldInside(held->pid(), {"-u"}, {"/bin/domainname"}));
        // Nothing of ours has changed.
        QCOMPARE(ownSpaces(), before);
        QVERIFY(toldInside(::getpid(), {}, {"/bin/hostname"}) != "inner");
    }

    void objectsOfSystemV() {
        const auto held = HeldProcess::copy([] {
            if (::unshare(CLONE_NEWIPC) != 0)
                return false;
            const int memory = ::shmget(0x5e0a1b2c, 12345, IPC_CREAT | 0640);
            const int queue = ::msgget(static_cast<key_t>(0xdead0001), IPC_CREAT | 0600);
            shmid_ds change{};
            change.shm_perm.uid = 4242;
            change.shm_perm.gid = 0;
            change.shm_perm.mode = 0640;
            const struct {
                long type;
                char text[5];
            } message{1, "four"};
            return memory >= 0 && ::shmat(memory, nullptr, 0) != nullptr &&
                   ::shmctl(memory, IPC_SET, &change) == 0 && ::semget(0x7, 3, IPC_CREAT | 0666) >= 0 &&
                   queue >= 0 && ::msgsnd(queue, &message, 5, 0) == 0 && ::msgsnd(queue, &message, 5, 0) == 0;
        });
        VERIFY_RESULT(held);
        const auto facts = readNamespaceFacts(held->pid());
        VERIFY_RESULT(facts);
        QCOMPARE(facts->ipc.size(), std::size_t(3));
        QCOMPARE(told(find(*facts, "shm", "0x5e0a1b2c")), std::string("4242 640 12345 1"));
        QCOMPARE(told(find(*facts, "sem", "0x00000007")), std::string("0 666 0 3"));
        QCOMPARE(told(find(*facts, "msg", "0xdead0001")), std::string("0 600 10 2"));
        const std::string listed = toldInside(held->pid(), {"-i"}, {"/usr/bin/ipcs"});
        for (const char* part : {"0x5e0a1b2c", "12345", "0x00000007", "0xdead0001"})
            QVERIFY2(listed.find(part) != std::string::npos, listed.c_str());
        QVERIFY(listed.find("0x00000000") == std::string::npos);
    }
    void queuesOfPosix() {
        // given: queues in a namespace that nobody has mounted
        const auto held = HeldProcess::copy([] {
            if (::unshare(CLONE_NEWIPC) != 0)
                return false;
            mq_attr attributes{};
            attributes.mq_maxmsg = 5;
            attributes.mq_msgsize = 100;
            const mqd_t queue = ::mq_open("/letters", O_CREAT | O_RDWR, 0600, &attributes);
            return queue >= 0 && ::mq_send(queue, "hello", 5, 0) == 0 && ::mq_send(queue, "you", 3, 0) == 0 &&
                   ::mq_open("/empty", O_CREAT | O_RDWR, 0644, &attributes) >= 0;
        });
        SKIP_UNLESS(held || ::access("/proc/sys/fs/mqueue", F_OK) == 0, "this kernel has no POSIX queues");
        VERIFY_RESULT(held);
        const auto facts = readNamespaceFacts(held->pid());
        VERIFY_RESULT(facts);
        QCOMPARE(facts->ipc.size(), std::size_t(2));
        QCOMPARE(told(find(*facts, "mqueue", "/letters")), std::string("0 600 8 2"));
        QCOMPARE(told(find(*facts, "mqueue", "/empty")), std::string("0 644 0 0"));
        // The messages are still there.
        QCOMPARE(told(find(*readNamespaceFacts(held->pid()), "mqueue", "/letters")),
                 std::string("0 600 8 2"));
    }
    void aThousandObjectsAtMost() {
        const auto held = HeldProcess::copy([] {
            bool made = ::unshare(CLONE_NEWIPC) == 0;
            for (int i = 1; i <= 1100 && made; ++i)
                made = ::shmget(i, 1, IPC_CREAT | 0600) >= 0;
            return made;
        });
        VERIFY_RESULT(held);
        const auto facts = readNamespaceFacts(held->pid());
        VERIFY_RESULT(facts);
        QCOMPARE(facts->ipc.size(), std::size_t(1000));
    }

    void idMaps() {
        const auto space = makeUserNamespace("0 100000 65536\n70000 5 1", "0 200000 1000");
        VERIFY_RESULT(space);
        const auto held = HeldProcess::start(
            {"/usr/bin/nsenter",
             "--user=/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(space->get()), "/bin/sh",
             "-c", "echo ready; read x"});
        VERIFY_RESULT(held);
        const auto facts = readNamespaceFacts(held->pid());
        VERIFY_RESULT(facts);
        QCOMPARE(facts->uidMap, (std::vector<IdRange>{{0, 100000, 65536}, {70000, 5, 1}}));
        QCOMPARE(facts->gidMap, (std::vector<IdRange>{{0, 200000, 1000}}));
    }
    void ourOwnIdMapIsWhole() {
        const auto facts = readNamespaceFacts(::getpid());
        VERIFY_RESULT(facts);
        std::istringstream file(readFile("/proc/self/uid_map").value());
        IdRange first;
        file >> first.inside >> first.outside >> first.count;
        QCOMPARE(facts->uidMap.front(), first);
    }

    void interfacesAsIpTellsThem() {
        const auto held = HeldProcess::start(
            {"/usr/bin/unshare", "--net", "/bin/sh", "-c",
             "ip link set lo up; ip link add one type veth peer name two; ip addr add 192.0.2.1/24 dev one; "
             "ip addr add 2001:db8::1/64 dev one nodad; ip link set one up; echo ready; read x"});
        VERIFY_RESULT(held);
        const auto facts = readNamespaceFacts(held->pid());
        VERIFY_RESULT(facts);
        const auto listed = Json::parse(toldInside(held->pid(), {"-n"}, {"/sbin/ip", "-j", "addr"}));
        VERIFY_RESULT(listed);
        QCOMPARE(listed->items().size(), facts->interfaces.size());
        QVERIFY(facts->interfaces.size() >= 3);
        for (const auto& entry : listed->items()) {
            const std::string name = entry.at("ifname").toString();
            const auto found = std::find_if(facts->interfaces.begin(), facts->interfaces.end(),
                                            [&](const auto& interface) { return interface.name == name; });
            QVERIFY2(found != facts->interfaces.end(), name.c_str());
            if (name != "lo")
                QCOMPARE(found->mac, entry.at("address").toString());
            bool isUp = false;
            for (const auto& flag : entry.at("flags").items())
                isUp = isUp || flag.toString() == "UP";
            QCOMPARE(found->isUp, isUp);
            std::set<std::string> addresses;
            for (const auto& address : entry.at("addr_info").items()) {
                const auto length = address.at("prefixlen").toInteger();
                const bool isHost = length == (address.at("family").toString() == "inet" ? 32 : 128);
                addresses.insert(address.at("local").toString() +
                                 (isHost ? "" : "/" + std::to_string(length)));
            }
            QCOMPARE(std::set<std::string>(found->addresses.begin(), found->addresses.end()), addresses);
        }
    }

    void clocks() {
        const auto held =
            HeldProcess::start({"/usr/bin/unshare", "--time", "--monotonic", "1000", "--boottime", "-100",
                                "--fork", "--kill-child", "/bin/sh", "-c", "echo ready; read x"});
        SKIP_UNLESS(held, "this kernel has no time namespaces");
        const auto facts = readNamespaceFacts(held->pid());
        VERIFY_RESULT(facts);
        QCOMPARE(facts->clocks.size(), std::size_t(2));
        QCOMPARE(facts->clocks[0].clock, std::string("monotonic"));
        QCOMPARE(facts->clocks[0].seconds, std::int64_t(1000));
        QCOMPARE(facts->clocks[1].clock, std::string("boottime"));
        QCOMPARE(facts->clocks[1].seconds, std::int64_t(-100));
    }
    void clocksOfItsChildrenAreNotItsOwn() {
        // given: a process that has made a time namespace, which its children are in, not itself
        constexpr int kNewTime = 0x80;
        const auto held = HeldProcess::copy([] { return ::unshare(kNewTime) == 0; });
        SKIP_UNLESS(held, "this kernel has no time namespaces");
        const auto facts = readNamespaceFacts(held->pid());
        VERIFY_RESULT(facts);
        QVERIFY(facts->clocks.empty());
    }

    void whoHasEndedIsNotFound() {
        auto held = HeldProcess::start({"/bin/sh", "-c", "echo ready; read x"});
        VERIFY_RESULT(held);
        const pid_t pid = held->pid();
        held->end();
        QCOMPARE(readNamespaceFacts(pid).error().code, ErrorCode::NotFound);
        QCOMPARE(readMounts(pid).error().code, ErrorCode::NotFound);
    }
    void aZombieHasNone() {
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(0);
        siginfo_t info{};
        QCOMPARE(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
        const auto facts = readNamespaceFacts(child);
        const auto mounts = readMounts(child);
        ::waitpid(child, nullptr, 0);
        QCOMPARE(facts.error().code, ErrorCode::NotFound);
        QCOMPARE(mounts.error().code, ErrorCode::NotFound);
    }

    void mountsAsFindmntTellsThem() {
        // given: mounts on mounts, a bind on a file, a name with a blank
        const auto held = HeldProcess::start({"/usr/bin/unshare", "--mount", "/bin/sh", "-c",
                                              "cd /tmp && mount -t tmpfs one /tmp && cd /tmp && mkdir -p a/b "
                                              "'c d' && mount -t tmpfs two a/b && touch a/b/f && "
                                              "mount -t tmpfs three a && mkdir a/b && mount -t tmpfs four 'c "
                                              "d' && mount -t tmpfs '' 'c d' && touch f && "
                                              "mount --bind /etc/passwd f && echo ready; read x"});
        VERIFY_RESULT(held);
        const auto mounts = readMounts(held->pid());
        VERIFY_RESULT(mounts);
        // findmnt(8) goes through the same file by a parser of its own.
        std::set<std::string> theirs;
        const auto table = Json::parse(
            escale::test::told({"/bin/findmnt", "--json", "--list", "--task", std::to_string(held->pid()),
                                "--output", "ID,PARENT,TARGET,FSTYPE,VFS-OPTIONS,FSROOT"}));
        VERIFY_RESULT(table);
        for (const auto& entry : table->at("filesystems").items())
            theirs.insert(std::to_string(entry.at("id").toInteger()) + " " +
                          std::to_string(entry.at("parent").toInteger()) + " " +
                          entry.at("target").toString() + " " + entry.at("fstype").toString() + " " +
                          entry.at("vfs-options").toString() + " " + entry.at("fsroot").toString());
        std::set<std::string> ours;
        for (const auto& mount : *mounts)
            ours.insert(std::to_string(mount.id) + " " + std::to_string(mount.parent) + " " + mount.target +
                        " " + mount.type + " " + mount.options + " " + mount.root);
        QCOMPARE(ours.size(), mounts->size());
        for (const auto& mount : theirs)
            QVERIFY2(ours.count(mount) == 1, mount.c_str());
        // The kernel says of each path which mount it leads to: that one is not hidden, and what is hidden is
        // not there.
        const std::string root = "/proc/" + std::to_string(held->pid()) + "/root";
        std::map<std::string, int> seen;
        for (const auto& mount : *mounts) {
            struct statx info {};
            if (::statx(AT_FDCWD, (root + mount.target).c_str(), AT_NO_AUTOMOUNT, STATX_MNT_ID, &info) != 0)
                QVERIFY2(mount.isHidden, mount.target.c_str());
            else if (mount.target != "/") // a link into the root leads to what lies lowest there
                QCOMPARE(mount.isHidden, info.stx_mnt_id != mount.id);
            seen[mount.source] += mount.isHidden ? 1 : 0;
        }
        QCOMPARE(seen["two"], 1);
        QCOMPARE(seen["three"], 0);
        QCOMPARE(seen["four"], 1);
        QCOMPARE(seen[""], 0);
    }
};

ESCALE_TEST(NamespaceFactsTest)
#include "namespace_facts_test.moc"
