// The kernel's rules of who sees whom, on processes made up for each of them.
#include "engine/inspect/sight.h"
#include "tests/support/test_registry.h"

#include <functional>
#include <linux/capability.h>

using namespace escale;

namespace {

constexpr std::uint64_t bit(unsigned capability) {
    return std::uint64_t(1) << capability;
}
constexpr std::uint64_t kAll = (std::uint64_t(1) << 41) - 1;
constexpr std::uint64_t kDefault = bit(CAP_CHOWN) | bit(CAP_KILL); // of a container, as far as this goes

// Namespaces: the host's are 1, what lies inside is told by the numbers below.
constexpr std::uint64_t kHost = 1, kA = 100, kB = 200, kInA = 110;

ProcessFacts process(pid_t pid, std::uint64_t space, uid_t uid, std::uint64_t capabilities) {
    ProcessFacts facts;
    facts.pid = pid;
    facts.state = 'S';
    facts.uids.fill(uid);
    facts.gids.fill(uid);
    facts.capabilities = {0, capabilities, capabilities, capabilities, 0};
    facts.namespaces.fill(space);
    facts.userNamespaces = facts.pidNamespaces = {space};
    facts.userNamespaceOwners = {0};
    facts.pids = {pid};
    if (space != kHost) {
        facts.userNamespaces.push_back(kHost);
        facts.pidNamespaces.push_back(kHost);
        facts.userNamespaceOwners.push_back(0);
        facts.pids.push_back(pid % 100);
    }
    return facts;
}
ProcessFacts hostRoot() {
    return process(901, kHost, 0, kAll);
}
ProcessFacts hostUser(pid_t pid = 902) {
    return process(pid, kHost, 1000, 0);
}
ProcessFacts inA(pid_t pid = 3001) { // its root
    return process(pid, kA, 100000, kDefault);
}
ProcessFacts inB() {
    return process(4001, kB, 165536, kDefault);
}
/// In namespaces that a process of A has made.
ProcessFacts insideA() {
    ProcessFacts facts = process(5005, kA, 100000, kAll);
    facts.namespaces.fill(kInA);
    facts.userNamespaces = facts.pidNamespaces = {kInA, kA, kHost};
    facts.userNamespaceOwners = {100000, 0, 0};
    facts.pids = {5005, 17, 1};
    return facts;
}
ProcessFacts with(ProcessFacts facts, const std::function<void(ProcessFacts&)>& change) {
    change(facts);
    return facts;
}
/// As `docker run --pid=host`, or container:A: sees what the other sees.
ProcessFacts withPids(ProcessFacts facts, const ProcessFacts& of) {
    facts.pidNamespaces = of.pidNamespaces;
    facts.namespaces[std::size_t(NamespaceType::Pid)] = of.namespaces[std::size_t(NamespaceType::Pid)];
    facts.pids.assign(of.pids.size(), facts.pid % 1000);
    facts.pids.front() = facts.pid;
    return facts;
}

} // namespace

Q_DECLARE_METATYPE(escale::ProcessFacts)

class SightTest : public QObject {
    Q_OBJECT

    static Sight sight(Question question, const ProcessFacts& from, const ProcessFacts& to) {
        const auto sights = sightsBetween(from, to);
        return sights.at(static_cast<std::size_t>(question));
    }
    static std::string wordOf(Why why) {
        static const std::map<Why, std::string> kWords{
            {Why::SameNamespace, "same"},      {Why::OtherNamespace, "other"},
            {Why::InsideOf, "inside"},         {Why::Above, "above"},
            {Why::SameUser, "user"},           {Why::Capability, "has"},
            {Why::MissingCapability, "lacks"}, {Why::UserNamespaceAbove, "powerless"},
            {Why::MoreCapabilities, "more"},   {Why::Itself, "itself"},
            {Why::UserNamespaceOwner, "owner"}};
        return kWords.at(why);
    }
    static std::string told(const Sight& sight) {
        return std::string(sight.yes ? "yes" : "no") + " " + wordOf(sight.why) +
               (sight.detail.empty() ? "" : " " + sight.detail);
    }
    static void row(const char* name, Question question, const ProcessFacts& from, const ProcessFacts& to,
                    const char* expected) {
        QTest::newRow(name) << int(question) << from << to << expected;
    }

private Q_SLOTS:
    void tellsWhatTheKernelWouldDo_data() {
        QTest::addColumn<int>("question");
        QTest::addColumn<ProcessFacts>("from");
        QTest::addColumn<ProcessFacts>("to");
        QTest::addColumn<QString>("expected");
        using Q = Question;
        row("host sees another", Q::SeesIt, hostUser(), hostRoot(), "yes same 901");
        row("host sees a container's", Q::SeesIt, hostUser(), inA(), "yes inside 3001");
        row("host sees one two levels in", Q::SeesIt, hostUser(), insideA(), "yes inside 5005");
        row("a container sees its neighbour", Q::SeesIt, inA(), inA(3007), "yes same 7");
        row("a container sees what it has made", Q::SeesIt, inA(), insideA(), "yes inside 17");
        row("a container looks out", Q::SeesIt, inA(), hostRoot(), "no above");
        row("two levels in looks out", Q::SeesIt, insideA(), inA(), "no above");
        row("a container sees another", Q::SeesIt, inA(), inB(), "no other");
        row("with the host's processes", Q::SeesIt, withPids(inA(), hostUser()), inB(), "yes inside 4001");
        row("with another container's processes", Q::SeesIt, withPids(inB(), inA()), inA(), "yes same 1");

        row("root signals a user", Q::Signals, hostRoot(), hostUser(), "yes has CAP_KILL");
        row("a user signals itself elsewhere", Q::Signals, hostUser(), hostUser(903), "yes user");
        row("a user signals root", Q::Signals, hostUser(), hostRoot(), "no lacks CAP_KILL");
        row("what the target has saved counts", Q::Signals, hostUser(),
            with(hostRoot(), [](auto& it) { it.uids[2] = 1000; }), "yes user");
        row("what the target is at the moment does not", Q::Signals, hostUser(),
            with(hostRoot(), [](auto& it) { it.uids[1] = it.uids[3] = 1000; }), "no lacks CAP_KILL");
        row("a user who is another at the moment", Q::Signals,
            with(hostUser(), [](auto& it) { it.uids[1] = 1001; }), hostUser(903), "yes user");
        row("the container's root signals its user", Q::Signals, inA(),
            with(inA(3007), [](auto& it) { it.uids.fill(100033); }), "yes has CAP_KILL");
        row("without CAP_KILL", Q::Signals, with(inA(), [](auto& it) { it.capabilities[2] = 0; }),
            with(inA(3007), [](auto& it) { it.uids.fill(100033); }), "no lacks CAP_KILL");
        row("host root signals a container's", Q::Signals, hostRoot(), inA(), "yes has CAP_KILL");
        row("a container signals what it cannot see", Q::Signals, inA(), hostRoot(), "no above");
        row("with the host's processes, the host's", Q::Signals, withPids(inA(), hostUser()), hostRoot(),
            "no powerless CAP_KILL");
        row("with the host's processes, another container's", Q::Signals, withPids(inA(), hostUser()), inB(),
            "no powerless CAP_KILL");
        row("with a container's processes, of one owner", Q::Signals,
            with(withPids(inB(), inA()), [](auto& it) { it.uids.fill(100000); }), inA(), "yes user");
        row("into namespaces of its own", Q::Signals, with(inA(), [](auto& it) { it.uids.fill(100001); }),
            insideA(), "yes has CAP_KILL");

        row("a user reads its own", Q::Traces, hostUser(), hostUser(903), "yes user");
        row("a user reads root's", Q::Traces, hostUser(), hostRoot(), "no lacks CAP_SYS_PTRACE");
        row("root reads a container's", Q::Traces, hostRoot(), inA(), "yes has CAP_SYS_PTRACE");
        row("a container reads its neighbour's", Q::Traces, inA(), inA(3007), "yes user");
        row("of one that can do more", Q::Traces, inA(),
            with(inA(3007), [](auto& it) { it.capabilities[1] |= bit(CAP_SYS_ADMIN); }), "no more");
        row("of one that can do more, with CAP_SYS_PTRACE", Q::Traces,
            with(inA(), [](auto& it) { it.capabilities[2] |= bit(CAP_SYS_PTRACE); }),
            with(inA(3007), [](auto& it) { it.capabilities[1] |= bit(CAP_SYS_ADMIN); }),
            "yes has CAP_SYS_PTRACE");
        row("of the same user with another group", Q::Traces, hostUser(),
            with(hostUser(903), [](auto& it) { it.gids[2] = 5; }), "no lacks CAP_SYS_PTRACE");
        row("of one that was another user", Q::Traces, hostUser(),
            with(hostUser(903), [](auto& it) { it.uids[2] = 0; }), "no lacks CAP_SYS_PTRACE");
        row("the user who made the namespace", Q::Traces,
            with(inA(), [](auto& it) { it.capabilities[2] = 0; }), insideA(), "yes owner CAP_SYS_PTRACE");
        row("another user of where it was made", Q::Traces,
            with(inA(), [](auto& it) { it.uids.fill(100001); }), insideA(), "no lacks CAP_SYS_PTRACE");
        row("who made it, from inside of it", Q::Traces,
            with(insideA(), [](auto& it) { it.pid = 5006, it.capabilities[2] = it.capabilities[1] = 0; }),
            insideA(), "no more");
        row("the host's root without capabilities owns a container's namespace", Q::Traces,
            with(hostRoot(), [](auto& it) { it.capabilities.fill(0); }), inA(), "yes owner CAP_SYS_PTRACE");
        row("but not what lies further in by another", Q::Traces,
            with(hostRoot(), [](auto& it) { it.capabilities.fill(0); }), insideA(),
            "yes owner CAP_SYS_PTRACE");
        row("two containers of one owner with common processes", Q::Traces,
            with(withPids(inB(), inA()), [](auto& it) { it.uids.fill(100000), it.gids.fill(100000); }), inA(),
            "no powerless CAP_SYS_PTRACE");

        row("mounts apart", Q::SharesMounts, inA(), inB(), "no other");
        row("network in common", Q::SharesNetwork, inA(), inA(3007), "yes same");
        row("one namespace of all", Q::SharesNetwork,
            with(inB(), [](auto& it) { it.namespaces[std::size_t(NamespaceType::Network)] = kA; }), inA(),
            "yes same");
        row("user ids further in", Q::SharesUsers, hostUser(), inA(), "no inside");
        row("user ids further out", Q::SharesUsers, inA(), hostUser(), "no above");
        row("user ids beside", Q::SharesUsers, inA(), inB(), "no other");
        row("user ids in common", Q::SharesUsers, inA(), inA(3007), "yes same");
        row("a kernel without time namespaces", Q::SharesClock,
            with(inA(), [](auto& it) { it.namespaces[std::size_t(NamespaceType::Time)] = 0; }),
            with(inB(), [](auto& it) { it.namespaces[std::size_t(NamespaceType::Time)] = 0; }), "yes same");
        row("a zombie has left", Q::SharesNetwork,
            with(inA(), [](auto& it) { it.namespaces[4] = 0, it.state = 'Z'; }),
            with(inA(3007), [](auto& it) { it.namespaces[4] = 0, it.state = 'Z'; }), "no other");
    }
    void tellsWhatTheKernelWouldDo() {
        QFETCH(const int, question);
        QFETCH(const ProcessFacts, from);
        QFETCH(const ProcessFacts, to);
        QFETCH(const QString, expected);
        QCOMPARE(told(sight(static_cast<Question>(question), from, to)), expected.toStdString());
    }

    void answersEachQuestionOnce() {
        const auto sights = sightsBetween(inA(), inB());
        QCOMPARE(sights.size(), std::size_t(Question::SharesClock) + 1);
        for (std::size_t i = 0; i < sights.size(); ++i)
            QCOMPARE(std::size_t(sights[i].question), i);
    }
    void everyoneSeesItself() {
        const auto zombie = with(inA(), [](auto& it) { it.namespaces.fill(0), it.state = 'Z'; });
        for (const auto& one : {hostRoot(), hostUser(), inA(), inB(), insideA(), zombie, ProcessFacts()}) {
            for (const auto& sight : sightsBetween(one, one)) {
                QVERIFY(sight.yes);
                QCOMPARE(told(sight).substr(0, 10), std::string("yes itself"));
            }
        }
        QCOMPARE(sight(Question::SeesIt, insideA(), insideA()).detail, std::string("1"));
    }
    void whoIsNotSeenIsNeitherSignalledNorTraced() {
        const std::vector<ProcessFacts> all{hostRoot(), hostUser(), inA(),
                                            inB(),      insideA(),  withPids(inA(), hostUser())};
        for (const auto& from : all) {
            for (const auto& to : all) {
                if (sight(Question::SeesIt, from, to).yes)
                    continue;
                QVERIFY(!sight(Question::Signals, from, to).yes);
                QVERIFY(!sight(Question::Traces, from, to).yes);
            }
        }
    }
    void factsThatAreMissingAreNoFault() {
        for (const auto& sight : sightsBetween(ProcessFacts(), inA()))
            QVERIFY(sight.why != Why::Itself);
        (void)sightsBetween(inA(), ProcessFacts());
    }

    void namesCapabilities() {
        QCOMPARE(capabilityName(CAP_SYS_TIME), std::string("CAP_SYS_TIME"));
        QCOMPARE(capabilityName(CAP_CHECKPOINT_RESTORE), std::string("CAP_CHECKPOINT_RESTORE"));
        QCOMPARE(capabilityName(63), std::string("CAP_63"));
        QVERIFY(capabilityCount() >= 41);
    }
};

ESCALE_TEST(SightTest)
#include "sight_test.moc"
