// The Learn pane's model of real containers, beside what readlink(1), lsns(8), nsenter(1) and findmnt(8) say
// to root: one with namespaces of its own, one in the machine's network, one in another one's.
#include "gui/learn/inspected_process.h"
#include "gui/learn/mounts_view.h"
#include "gui/learn/namespaces_view.h"
#include "gui/learn/rights_view.h"
#include "gui/learn/user_ids_view.h"

#include "engine/base/subprocess.h"
#include "engine/inspect/mount_table.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/test_registry.h"

#include <algorithm>

using namespace escale;
using namespace escale::gui;

class LearnKernelTest : public test::HelperTest {
    Q_OBJECT

    using Whose = NamespaceOf::Whose;
    static constexpr uid_t kRoot = 0; // who may share the machine's network

    QString m_own, m_machines, m_joined;

    static QString u(const char* text) { return QString::fromUtf8(text); }
    static QString run(const QStringList& command) {
        std::vector<std::string> words;
        for (const QString& word : command)
            words.push_back(word.toStdString());
        const auto output = runProgram(words);
        return output ? QString::fromStdString(*output).trimmed()
                      : QString::fromStdString(output.error().text());
    }
    template <class Value>
    Value answer(const char* member, const QVariant& argument) {
        const auto reply = test::call(m_machine->as(kRoot), u("org.escale.Engine1.Inspect"),
                                      QString::fromLatin1(member), {argument});
        if (reply.type() != QDBusMessage::ReplyMessage)
            qWarning("%s: %s", member, qPrintable(reply.errorMessage()));
        return qdbus_cast<Value>(reply.arguments().value(0));
    }
    quint32 pidOf(const QString& id) { return m_machine->container(kRoot, id).pid; }
    QString pidText(const QString& id) { return QString::number(pidOf(id)); }
    NamespacesModel model() {
        NamespacesSnapshot snapshot;
        snapshot.processes = answer<dbus::InspectedProcesses>("Processes", QStringList());
        for (const QString& id : {m_own, m_machines, m_joined})
            snapshot.containers.append(m_machine->container(kRoot, id));
        if (const auto window = thisWindow())
            snapshot.processes.append(*window);
        return namespacesModel(snapshot);
    }
    static const NamespaceOf& of(const NamespacesModel& model, const QString& id, NamespaceType type) {
        return model.container(id)->namespaces[static_cast<std::size_t>(type)];
    }
    dbus::NamespaceFacts facts(const QString& id) { return answer<dbus::NamespaceFacts>("Namespaces", id); }
    QString entered(const QString& id, const QStringList& options, const QStringList& command) {
        return run(QStringList{u("/usr/bin/nsenter"), u("-t"), pidText(id)} + options + QStringList{u("--")} +
                   command);
    }

private Q_SLOTS:
    void init() {
        if (!m_machine || !m_own.isEmpty())
            return;
        m_own = m_machine->run(kRoot, kSleep, {{u("hostname"), u("own-host")}});
        m_machines = m_machine->run(kRoot, kSleep, {{u("network"), u("host")}});
        QVERIFY(!m_own.isEmpty() && !m_machines.isEmpty());
        m_joined = m_machine->run(kRoot, kSleep, {{u("network"), QString(u("container:") + m_own)}});
        QVERIFY(!m_joined.isEmpty());
    }

    void eachNamespaceIsWhatTheKernelSays() {
        const NamespacesModel told = model();
        for (const QString& id : {m_own, m_machines, m_joined}) {
            for (std::size_t i = 0; i < kNamespaceTypes; ++i) {
                const auto type = static_cast<NamespaceType>(i);
                const QString file = QString::fromLatin1(kNamespaceFiles[i]);
                const QString link =
                    run({u("/usr/bin/readlink"), u("/proc/%1/ns/%2").arg(pidOf(id)).arg(file)});
                QCOMPARE(u("%1:[%2]").arg(file).arg(of(told, id, type).inode), link);
                const bool isOurs = link == run({u("/usr/bin/readlink"), u("/proc/self/ns/%1").arg(file)});
                if (isOurs)
                    QCOMPARE(of(told, id, type).whose, Whose::Machine);
            }
        }
    }

    void lsnsCountsTheSame() {
        const NamespacesModel told = model();
        for (const char* file : {"mnt", "pid", "uts", "ipc", "net"}) {
            const auto type = static_cast<NamespaceType>(
                std::find_if(kNamespaceFiles.begin(), kNamespaceFiles.end(),
                             [&](const char* each) { return qstrcmp(each, file) == 0; }) -
                kNamespaceFiles.begin());
            const QString inode = run({u("/usr/bin/lsns"), u("-n"), u("-t"), QString::fromLatin1(file),
                                       u("-o"), u("NS"), u("-p"), pidText(m_own)});
            QCOMPARE(QString::number(of(told, m_own, type).inode), inode);
        }
    }

    void whoSharesANetworkIsKnown() {
        const NamespacesModel told = model();
        QCOMPARE(of(told, m_own, NamespaceType::Network).whose, Whose::Own);
        QCOMPARE(of(told, m_machines, NamespaceType::Network).whose, Whose::Machine);
        QCOMPARE(of(told, m_joined, NamespaceType::Network).whose, Whose::Container);
        QCOMPARE(of(told, m_joined, NamespaceType::Network).owner, m_own);
        QCOMPARE(of(told, m_joined, NamespaceType::Pid).whose, Whose::Own);
        // And drawn: a line leads from who has joined to whose it is.
        QVERIFY(!drawNamespaces(told, m_own).lines.isEmpty());
    }

    void processesHaveTheNumbersOfBothSides() {
        const NamespacesModel told = model();
        const dbus::InspectedProcess& first = told.container(m_own)->first;
        QCOMPARE(first.pid, pidOf(m_own));
        const QString line = run({u("/bin/grep"), u("NSpid"), u("/proc/%1/status").arg(first.pid)});
        QStringList numbers = line.split(u'\t');
        numbers.removeFirst();
        QCOMPARE(numbers.last(), QString::number(innerPid(first)));
        QCOMPARE(numbers.size(), first.pids.size());
    }

    void hostNameInterfacesAndIdsAreThoseInside() {
        const dbus::NamespaceFacts told = facts(m_own);
        QCOMPARE(told.hostname, entered(m_own, {u("-u")}, {u("/bin/hostname")}));
        const QString addresses = entered(m_own, {u("-n")}, {u("/sbin/ip"), u("-o"), u("addr")});
        for (const dbus::InterfaceFacts& one : told.interfaces) {
            QVERIFY2(addresses.contains(one.name), qPrintable(addresses));
            for (const QString& address : one.addresses)
                QVERIFY2(addresses.contains(address), qPrintable(addresses));
        }
        // The band leads where /proc/PID/uid_map says.
        UserIdsInput input;
        input.facts = told;
        const QString map = run({u("/bin/cat"), u("/proc/%1/uid_map").arg(pidOf(m_own))}).simplified();
        QCOMPARE(
            u("%1 %2 %3").arg(told.uidMap[0].inside).arg(told.uidMap[0].outside).arg(told.uidMap[0].count),
            map);
        QVERIFY(drawUserIds(input).box(u("range:u:%1").arg(told.uidMap[0].inside)) != nullptr);
    }

    void mountsAreThoseOfFindmntAndAllAreExplained() {
        MountsInput input;
        input.container = u("own");
        input.mounts = answer<dbus::MountList>("Mounts", m_own);
        QStringList told;
        for (const dbus::MountFacts& one : input.mounts) {
            told.append(one.target);
            QVERIFY2(!mountOrigin(one).isEmpty(), qPrintable(one.target));
        }
        QStringList listed =
            run({u("/bin/sh"), u("-c"), u("awk '{print $5}' /proc/%1/mountinfo").arg(pidOf(m_own))})
                .split(u'\n');
        std::sort(told.begin(), told.end());
        std::sort(listed.begin(), listed.end());
        QCOMPARE(told, listed);
        QCOMPARE(mountRows(input).size(), listed.size()); // none is lost in the tree
        QVERIFY(mountOrigin(input.mounts.first()).contains(u"layer"));
    }

    void rightsAreThoseOfProc() {
        const NamespacesModel told = model();
        RightsInput input;
        input.process = told.container(m_own)->first;
        input.hasOwnUsers = of(told, m_own, NamespaceType::User).whose != Whose::Machine;
        input.verdicts = answer<dbus::SyscallVerdicts>("Syscalls", m_own);
        const QString line = run({u("/bin/grep"), u("CapEff"), u("/proc/%1/status").arg(input.process.pid)});
        const quint64 set = line.section(u'\t', 1).toULongLong(nullptr, 16);
        QCOMPARE(input.process.capabilities.value(2), set);
        for (const CapabilityText& one : capabilityTexts())
            QCOMPARE(answerOf(one, input).answer == RightAnswer::Answer::Missing,
                     ((set >> one.number) & 1U) == 0);
        QVERIFY(input.hasOwnUsers);
        QVERIFY(drawRights(input).box(u("call:mount")) != nullptr);
    }

    void cleanupTestCase() {
        if (!m_machine)
            return;
        for (const QString& id : {m_joined, m_machines, m_own})
            m_machine->remove(kRoot, id);
        m_machine.reset();
    }
};

ESCALE_TEST(LearnKernelTest)
#include "learn_kernel_test.moc"
