// What the kernel shows of containers, over the bus, as an ordinary user: beside what /proc, the cgroup's
// files, nsenter(1) and ip(8) say to root.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/process.h"
#include "engine/base/subprocess.h"
#include "engine/cgroup/layout.h"
#include "engine/image/layer_records.h"
#include "engine/image/layer_stack.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/session_client.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QElapsedTimer>
#include <QScopeGuard>

#include <algorithm>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const QString kInspect = QStringLiteral("org.escale.Engine1.Inspect");
const QStringList kMethods{QStringLiteral("Namespaces"),  QStringLiteral("Mounts"),
                           QStringLiteral("Syscalls"),    QStringLiteral("Cgroups"),
                           QStringLiteral("Making"),      QStringLiteral("ReadLayers"),
                           QStringLiteral("WatchChanges")};
// Those that read what runs.
const QStringList kOfRunning = kMethods.mid(0, 4);

const bool kIsEmulated = qEnvironmentVariableIsSet("ESCALE_EMULATED");

UniqueFd received(const QVariant& value) {
    return UniqueFd(::fcntl(value.value<QDBusUnixFileDescriptor>().fileDescriptor(), F_DUPFD_CLOEXEC, 3));
}

std::string trimmed(std::string text) {
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

/// The lines of WatchChanges as they come.
class Lines {
public:
    explicit Lines(UniqueFd pipe)
        : m_pipe(std::move(pipe)) {}
    /// Until a line has these members, or ten seconds; what comes before it is passed over.
    bool await(const std::string& path, const std::string& change) {
        return awaitLine([&](const Json& line) {
            return line.at("path").toString() == path && line.at("change").toString() == change;
        });
    }
    bool awaitListed() {
        return awaitLine([](const Json& line) { return line.at("listed").toBool(); });
    }
    /// The one that was awaited.
    Json last;
    /// Of all lines so far: "created /tmp/a".
    QStringList told;

private:
    bool awaitLine(const std::function<bool(const Json&)>& isWanted) {
        for (;;) {
            const auto end = m_text.find('\n');
            if (end == std::string::npos) {
                if (!readMore())
                    return false;
                continue;
            }
            last = Json::parse(m_text.substr(0, end)).value_or(Json());
            m_text.erase(0, end + 1);
            told.append(
                QString::fromStdString(last.at("change").toString() + " " + last.at("path").toString()));
            if (isWanted(last))
                return true;
        }
    }
    bool readMore() {
        static const int kPatience = kIsEmulated ? 100'000 : 10'000;
        pollfd ready{m_pipe.get(), POLLIN, 0};
        std::string bytes(64 * 1024, '\0');
        if (::poll(&ready, 1, kPatience) <= 0)
            return false;
        const ssize_t size = ::read(m_pipe.get(), bytes.data(), bytes.size());
        if (size <= 0)
            return false;
        m_text.append(bytes, 0, static_cast<std::size_t>(size));
        return true;
    }
    UniqueFd m_pipe;
    std::string m_text;
};

} // namespace

class HelperInspectTest : public HelperTest {
    Q_OBJECT
    QString m_id; // of a container with known settings, which runs
    pid_t m_pid = 0;
    pid_t m_helper = 0;

    QDBusMessage look(const QString& member, const QVariant& argument, uid_t user = kUser) {
        return call(m_machine->as(user), kInspect, member, {argument});
    }
    QString refusal(const QString& member, const QVariant& argument, uid_t user = kUser) {
        return look(member, argument, user).errorName();
    }
    template <class Value>
    Value answer(const char* member, const QVariant& argument) {
        const auto reply = look(QLatin1String(member), argument);
        if (reply.type() != QDBusMessage::ReplyMessage)
            qWarning("%s: %s", member, qPrintable(reply.errorMessage()));
        return qdbus_cast<Value>(reply.arguments().value(0));
    }
    // What a command in the container prints.
    std::string says(const QString& id, const QString& command) {
        const auto reply = m_machine->ask(
            kUser, "Exec",
            {id, QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), command}, QVariantMap()});
        const auto socket = reply.arguments().value(1).value<QDBusUnixFileDescriptor>();
        SessionClient client(UniqueFd(::fcntl(socket.fileDescriptor(), F_DUPFD_CLOEXEC, 3)));
        return client.awaitEnd() ? client.output + client.errors : "no end";
    }
    std::string inProc(const std::string& file) const {
        return readFile("/proc/" + std::to_string(m_pid) + "/" + file).value_or("");
    }
    static std::string run(const std::vector<std::string>& command) {
        const auto output = runProgram(command);
        return output ? trimmed(*output) : output.error().text();
    }
    // As root enters the container's namespaces.
    std::string entered(const std::string& namespaces, std::vector<std::string> command) const {
        command.insert(command.begin(), {"/usr/bin/nsenter", "-t", std::to_string(m_pid), namespaces, "--"});
        return run(command);
    }
    std::size_t helperFiles() { return listDirectory("/proc/" + std::to_string(m_helper) + "/fd")->size(); }
    std::size_t helperChildren() {
        const std::string pid = std::to_string(m_helper);
        return static_cast<std::size_t>(QString::fromStdString(run({"/usr/bin/pgrep", "-c", "-P", pid, "-f",
                                                                    "escale-worker (files|layers)"}))
                                            .toInt());
    }
    std::string mounts() { return readFile("/proc/" + std::to_string(m_helper) + "/mounts").value_or(""); }

private Q_SLOTS:
    void init() {
        if (!m_machine || !m_id.isEmpty())
            return;
        m_id = m_machine->run(
            kUser, kSleep,
            {{QStringLiteral("hostname"), QStringLiteral("known")},
             {QStringLiteral("memory"), QVariant::fromValue(quint64{96} << 20)},
             {QStringLiteral("cpus"), 0.5},
             {QStringLiteral("pids"), QVariant::fromValue(qint64{77})},
             {QStringLiteral("cap-drop"), QStringList{QStringLiteral("NET_RAW")}},
             {QStringLiteral("tmpfs"),
              QVariant::fromValue(dbus::TextMap{{QStringLiteral("/scratch"), QStringLiteral("size=1m")}})}});
        QVERIFY(!m_id.isEmpty());
        m_pid = static_cast<pid_t>(m_machine->container(kUser, m_id).pid);
        m_helper = m_machine->bus().helperPid();
        QVERIFY(m_pid > 0);
    }

    void processesAreTheCgroupsWithTheirMonitorAndTheEngine() {
        const auto list = answer<dbus::InspectedProcesses>("Processes", QStringList{m_id});
        QCOMPARE(list.size(), 3);
        const auto& engine = list.at(0);
        const auto& monitor = list.at(1);
        const auto& first = list.at(2);
        QCOMPARE(engine.role + u' ' + engine.container, QStringLiteral("engine "));
        QCOMPARE(static_cast<pid_t>(engine.pid), m_helper);
        QCOMPARE(monitor.role + u' ' + monitor.container, QStringLiteral("monitor ") + m_id);
        QCOMPARE(first.role + u' ' + first.container, QStringLiteral("container ") + m_id);
        QCOMPARE(static_cast<pid_t>(first.pid), m_pid);
        QCOMPARE(first.parent, monitor.pid);
        QCOMPARE(first.command, QStringLiteral("/bin/sleep 1000"));
        QCOMPARE(first.pids.last(), 1U);
        QCOMPARE(first.noNewPrivileges, true);
        QCOMPARE(first.seccomp, 2U);
        // As /proc says it.
        const std::string status = inProc("status");
        for (const auto& [name, set] :
             {std::pair("CapPrm", 1), std::pair("CapEff", 2), std::pair("CapBnd", 3)}) {
            const std::string line = QStringLiteral("%1:\t%2\n")
                                         .arg(QLatin1String(name))
                                         .arg(first.capabilities.at(set), 16, 16, QLatin1Char('0'))
                                         .toStdString();
            QVERIFY2(status.find(line) != std::string::npos, (line + status).c_str());
        }
        QVERIFY((first.capabilities.at(3) & (1ULL << 13U)) == 0); // CAP_NET_RAW
        const char* const kNames[] = {"mnt", "pid", "uts", "ipc", "net", "user", "cgroup", "time"};
        for (qsizetype type = 0; type < 8; ++type) {
            const std::string link =
                run({"/usr/bin/readlink", "/proc/" + std::to_string(m_pid) + "/ns/" + kNames[type]});
            QCOMPARE(std::string(kNames[type]) + ":[" + std::to_string(first.namespaces.at(type)) + "]",
                     link);
        }
        QCOMPARE(first.userNamespaces.first(), first.namespaces.at(5));
        QCOMPARE(first.userNamespaces.last(), engine.namespaces.at(5));
        QVERIFY(first.cgroup.endsWith(m_id));
    }

    void moreProcessesAndAllContainers() {
        const QString other = m_machine->run(kUser, {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                                                     QStringLiteral("sleep 999 & sleep 998 & wait")});
        const auto ofOther = [&other](const dbus::InspectedProcesses& list) {
            return std::count_if(list.begin(), list.end(), [&](const auto& each) {
                return each.container == other && each.role == QLatin1String("container");
            });
        };
        QTRY_COMPARE(ofOther(answer<dbus::InspectedProcesses>("Processes", QStringList())), 3);
        const auto all = answer<dbus::InspectedProcesses>("Processes", QStringList());
        QVERIFY(
            std::any_of(all.begin(), all.end(), [this](const auto& each) { return each.container == m_id; }));
        // By a name, and twice.
        const QString name = m_machine->container(kUser, other).name;
        QCOMPARE(answer<dbus::InspectedProcesses>("Processes", QStringList{name, other}).size(), 5);
        m_machine->remove(kUser, other);
        QCOMPARE(answer<dbus::InspectedProcesses>("Processes", QStringList()).size(), 3);
    }

    void whoHasEndedAndIsNotAskedForIsThere() {
        // Given a first process that starts another one and never asks how it ended,
        const QString id = m_machine->run(kUser, {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                                                  QStringLiteral("/bin/true & exec /bin/sleep 1000")});
        const auto first = m_machine->container(kUser, id).pid;
        // then that one is shown as a zombie.
        const auto zombie = [&] {
            for (const auto& process : answer<dbus::InspectedProcesses>("Processes", QStringList{id})) {
                if (process.state == QLatin1String("Z"))
                    return process;
            }
            return dbus::InspectedProcess();
        };
        QTRY_COMPARE(zombie().parent, first);
        QCOMPARE(zombie().role + u' ' + zombie().container, QStringLiteral("container ") + id);
        m_machine->remove(kUser, id);
    }

    void namespacesAreWhatSomebodyInThemSees() {
        const auto facts = answer<dbus::NamespaceFacts>("Namespaces", m_id);
        QCOMPARE(facts.hostname, QStringLiteral("known"));
        QCOMPARE(facts.hostname.toStdString(), entered("--uts", {"/bin/hostname"}));
        QCOMPARE(facts.uidMap.size(), 1);
        const auto& map = facts.uidMap.first();
        const QStringList line = QString::fromStdString(inProc("uid_map")).simplified().split(u' ');
        QCOMPARE(QStringList(
                     {QString::number(map.inside), QString::number(map.outside), QString::number(map.count)}),
                 line);
        // Interfaces and addresses as ip(8) lists them.
        const std::string links = entered("--net", {"/sbin/ip", "-o", "link"});
        const std::string addresses = entered("--net", {"/sbin/ip", "-o", "address"});
        QVERIFY(facts.interfaces.size() >= 2);
        QCOMPARE(facts.interfaces.size(), qsizetype(std::count(links.begin(), links.end(), '\n') + 1));
        for (const auto& interface : facts.interfaces) {
            QVERIFY2(links.find(interface.mac.toStdString()) != std::string::npos, links.c_str());
            for (const QString& address : interface.addresses)
                QVERIFY2(addresses.find(address.toStdString()) != std::string::npos, addresses.c_str());
        }
    }

    void mountsAreThoseOfItsMountinfo() {
        const auto mounts = answer<dbus::MountList>("Mounts", m_id);
        const std::string table = inProc("mountinfo");
        QCOMPARE(mounts.size(), qsizetype(std::count(table.begin(), table.end(), '\n')));
        const auto scratch = std::find_if(mounts.begin(), mounts.end(), [](const auto& mount) {
            return mount.target == QLatin1String("/scratch");
        });
        QVERIFY(scratch != mounts.end());
        QCOMPARE(scratch->type, QStringLiteral("tmpfs"));
        QVERIFY(scratch->superOptions.contains(QLatin1String("size=1024k")));
        const auto root = std::find_if(mounts.begin(), mounts.end(),
                                       [](const auto& mount) { return mount.target == QLatin1String("/"); });
        QCOMPARE(root->type, QStringLiteral("overlay"));
    }

    void syscallsAreThoseOfItsFilter() {
        const auto verdicts = answer<dbus::SyscallVerdicts>("Syscalls", m_id);
        QVERIFY(verdicts.size() > 300);
        const auto verdictOf = [&verdicts](const char* name) {
            const auto found = std::find_if(verdicts.begin(), verdicts.end(), [name](const auto& each) {
                return each.name == QLatin1String(name);
            });
            return found == verdicts.end() ? 99U : found->verdict;
        };
        QCOMPARE(verdictOf("read"), 0U);
        QCOMPARE(verdictOf("kexec_load"), 2U);
        // One without a filter, which is root's to ask for.
        const QString free =
            m_machine->run(0, kSleep, {{QStringLiteral("seccomp"), QStringLiteral("unconfined")}});
        const auto all =
            qdbus_cast<dbus::SyscallVerdicts>(look(QStringLiteral("Syscalls"), free, 0).arguments().value(0));
        QVERIFY(all.size() > 300);
        QVERIFY(std::all_of(all.begin(), all.end(), [](const auto& each) { return each.verdict == 0; }));
        m_machine->remove(0, free);
    }

    void cgroupsAreTheFiles() {
        const auto nodes = answer<dbus::CgroupNodes>("Cgroups", m_id);
        const auto own = std::find_if(nodes.begin(), nodes.end(), [](const auto& node) {
            return node.relation == QLatin1String("itself");
        });
        QVERIFY(own != nodes.end());
        QCOMPARE(own->processes, 1U);
        const auto layout = CgroupLayout::detect();
        VERIFY_RESULT(layout);
        QStringList limits;
        for (const auto& file : own->files) {
            const auto* hierarchy =
                file.version == 2 ? layout->unified() : layout->find(file.controller.toStdString());
            QVERIFY(hierarchy != nullptr);
            const bool isLimit =
                file.file.contains(QLatin1String("limit")) || file.file.contains(QLatin1String("max"));
            if (!isLimit || file.file.contains(QLatin1String("usage")))
                continue;
            const auto text =
                readFile(hierarchy->mountPoint + own->path.toStdString() + "/" + file.file.toStdString());
            QCOMPARE(file.value.toStdString(), trimmed(*text));
            limits.append(file.value);
        }
        QVERIFY(limits.contains(QString::number(96 << 20)));
        QVERIFY(limits.contains(QStringLiteral("77")));
        QCOMPARE(nodes.first().relation, QStringLiteral("above"));
    }

    void theMakingIsToldInItsOrder() {
        const auto reply = look(QStringLiteral("Making"), m_id);
        const auto steps = qdbus_cast<dbus::MadeSteps>(reply.arguments().value(1));
        QCOMPARE(reply.arguments().value(0).toLongLong(), m_machine->container(kUser, m_id).started);
        QVERIFY(steps.size() > 5);
        QCOMPARE(steps.first().begin, 0);
        QVERIFY(std::is_sorted(steps.begin(), steps.end(),
                               [](const auto& one, const auto& other) { return one.begin < other.begin; }));
        const auto veth = std::find_if(steps.begin(), steps.end(), [](const auto& step) {
            return step.operation == QLatin1String("veth-create");
        });
        QVERIFY(veth != steps.end());
        QCOMPARE(veth->by, QStringLiteral("engine"));
        QVERIFY(!veth->details.isEmpty());
    }

    void layersEndWithItsOwn() {
        QCOMPARE(says(m_id, QStringLiteral("echo mine > /etc/mine; /bin/busybox chown 5:6 /etc/mine; "
                                           "/bin/busybox rm /bin/id /bin/stty")),
                 std::string());
        const auto reply = look(QStringLiteral("ReadLayers"), m_id);
        QCOMPARE(reply.signature(), QStringLiteral("oash"));
        const QStringList layers = reply.arguments().value(1).toStringList();
        QCOMPARE(layers.size(), 1);
        QVERIFY(layers.first().startsWith(QLatin1String("sha256:")));
        LayerRecordReader reader;
        VERIFY_RESULT(reader.take(readFd(received(reply.arguments().value(2)).get()).value_or("")));
        QVERIFY(reader.hasEnded());
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("done"));
        const LayerStack stack(reader.takeLayers());
        QCOMPARE(stack.layerCount(), std::size_t{2});
        // Owners as the container has them.
        const auto* mine = stack.entryAt(stack.find("/etc/mine"), 1);
        QVERIFY(mine != nullptr);
        QCOMPARE(mine->owner, 5U);
        QCOMPARE(mine->group, 6U);
        QCOMPARE(stack.entryAt(stack.find("/etc"), 1)->owner, 0U);
        // Two whiteouts are one file of the disk, and two of the layer.
        QVERIFY(stack.existsAt(stack.find("/bin/id"), 0) && !stack.existsAt(stack.find("/bin/id"), 1));
        QCOMPARE(stack.entryAt(stack.find("/bin/stty"), 1)->link, std::uint64_t{0});
    }

    void changesAreToldAsTheyHappen() {
        const QString id = m_machine->run(kUser, kSleep);
        QCOMPARE(says(id, QStringLiteral("echo before > /tmp/before; /bin/busybox mkdir /bin/below")),
                 std::string());
        auto reply = look(QStringLiteral("WatchChanges"), id);
        QCOMPARE(reply.signature(), QStringLiteral("oh"));
        auto lines = std::make_unique<Lines>(received(reply.arguments().value(1)));
        // What is there already comes first.
        QVERIFY(lines->awaitListed());
        QVERIFY(lines->told.contains(QLatin1String("created /tmp/before")));
        QVERIFY(lines->told.contains(QLatin1String("copied-up /tmp")));
        // Then each thing as it is done.
        const auto after = [&](const char* command, const char* path, const char* change) {
            const auto said = says(id, QLatin1String(command));
            return said.empty() && lines->await(path, change)
                       ? QString()
                       : QString::fromStdString(said) + lines->told.join(u'\n');
        };
        QCOMPARE(after("echo new > /tmp/file", "/tmp/file", "created"), QString());
        QCOMPARE(after("echo more >> /tmp/file", "/tmp/file", "changed"), QString());
        QTRY_VERIFY(lines->last.at("size").toInteger() == 9 || lines->await("/tmp/file", "changed"));
        QCOMPARE(after("/bin/busybox chmod 700 /bin/busybox", "/bin/busybox", "copied-up"), QString());
        QCOMPARE(lines->last.at("kind").toString(), std::string("file"));
        QVERIFY(lines->last.at("blocks").toInteger() > 0);
        QCOMPARE(after("/bin/busybox rm /bin/id", "/bin/id", "removed"), QString());
        QCOMPARE(lines->last.at("kind").toString(), std::string("link"));
        QCOMPARE(after("echo again > /bin/id", "/bin/id", "created"), QString());
        QCOMPARE(after("/bin/busybox rm /tmp/file", "/tmp/file", "gone"), QString());
        QCOMPARE(after("/bin/busybox rm -r /tmp; /bin/busybox mkdir /tmp", "/tmp", "opaque"), QString());
        QCOMPARE(after("/bin/busybox mkdir -p /a/b/c; echo deep > /a/b/c/d", "/a/b/c/d", "created"),
                 QString());
        // A name that is no text is told all the same.
        QCOMPARE(after("echo x > /a/$(printf 'b\\377d')",
                       "/a/b\xef\xbf\xbd"
                       "d",
                       "created"),
                 QString());
        // A file that stays open is told, too.
        QCOMPARE(after("exec 3>/tmp/open; echo 1 >&3; /bin/sleep 0.2; echo 2 >&3; /bin/sleep 0.2; exec 3>&-",
                       "/tmp/open", "changed"),
                 QString());
        // Who looks away ends it.
        const QVariant job = reply.arguments().value(0);
        lines.reset();
        reply = QDBusMessage(); // it holds the pipe, too
        QCOMPARE(m_machine->ended(kUser, job).state, QStringLiteral("done"));
        QTRY_COMPARE(helperChildren(), std::size_t{0});
        m_machine->remove(kUser, id);
    }

    void aWatchEndsWithItsJobAndWithTheContainer() {
        const QString id = m_machine->run(kUser, kSleep);
        const auto reply = look(QStringLiteral("WatchChanges"), id);
        Lines lines(received(reply.arguments().value(1)));
        QVERIFY(lines.awaitListed());
        const QString job = reply.arguments().value(0).value<QDBusObjectPath>().path();
        call(m_machine->as(kUser), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Cancel"), {},
             job);
        QCOMPARE(m_machine->ended(kUser, reply.arguments().value(0)).state, QStringLiteral("cancelled"));
        QVERIFY(!lines.awaitListed()); // the end

        const auto second = look(QStringLiteral("WatchChanges"), id);
        Lines others(received(second.arguments().value(1)));
        QVERIFY(others.awaitListed());
        m_machine->remove(kUser, id);
        const auto status = m_machine->ended(kUser, second.arguments().value(0));
        QCOMPARE(status.state, QStringLiteral("failed"));
        QCOMPARE(status.errorName, kErrors + QStringLiteral("NotFound"));
    }

    // Each takes an inotify instance, of which root has few for the whole machine.
    void aUserFollowsFewAtATime() {
        std::vector<QDBusMessage> replies; // they hold the pipes
        std::vector<QVariant> jobs;
        for (int i = 0; i < 4; ++i) {
            replies.push_back(look(QStringLiteral("WatchChanges"), m_id));
            QCOMPARE(replies.back().type(), QDBusMessage::ReplyMessage);
            jobs.push_back(replies.back().arguments().value(0));
        }
        QCOMPARE(refusal(QStringLiteral("WatchChanges"), m_id), kErrors + QStringLiteral("WrongState"));
        replies.clear(); // nobody reads any longer
        for (const QVariant& job : jobs) {
            const auto status = m_machine->ended(kUser, job);
            QCOMPARE(status.errorMessage + status.state, QStringLiteral("done"));
        }
        QCOMPARE(look(QStringLiteral("WatchChanges"), m_id).type(), QDBusMessage::ReplyMessage);
        QTRY_COMPARE(helperChildren(), std::size_t{0});
    }

    void otherPeoplesAreNotThere() {
        const QString roots = m_machine->run(0, kSleep);
        for (const QString& member : kMethods)
            QCOMPARE(member + refusal(member, roots), member + kErrors + QStringLiteral("NotFound"));
        QCOMPARE(refusal(QStringLiteral("Processes"), QStringList{m_id, roots}),
                 kErrors + QStringLiteral("NotFound"));
        const auto all = answer<dbus::InspectedProcesses>("Processes", QStringList());
        QVERIFY(
            std::none_of(all.begin(), all.end(), [&](const auto& each) { return each.container == roots; }));
        m_machine->remove(0, roots);
    }

    void oneThatDoesNotRunHasLayersAlone() {
        const QString id = m_machine->ask(kUser, "Create", {m_machine->image(), kSleep, QVariantMap()})
                               .arguments()
                               .value(0)
                               .toString();
        for (const QString& member : kOfRunning)
            QCOMPARE(member + refusal(member, id), member + kErrors + QStringLiteral("WrongState"));
        QCOMPARE(refusal(QStringLiteral("Processes"), QStringList{id}),
                 kErrors + QStringLiteral("WrongState"));
        QCOMPARE(refusal(QStringLiteral("Making"), id),
                 kErrors + QStringLiteral("NotFound")); // never started
        const auto reply = look(QStringLiteral("ReadLayers"), id);
        LayerRecordReader reader;
        VERIFY_RESULT(reader.take(readFd(received(reply.arguments().value(2)).get()).value_or("")));
        QVERIFY(reader.hasEnded());
        QCOMPARE(reader.takeLayers().size(), std::size_t{2});
        const auto watch = look(QStringLiteral("WatchChanges"), id);
        QVERIFY(Lines(received(watch.arguments().value(1))).awaitListed());
        m_machine->remove(kUser, id);
    }

    void badInputIsRefused_data() {
        QTest::addColumn<QString>("id");
        QTest::newRow("empty") << QString();
        QTest::newRow("path") << QStringLiteral("../../etc");
        QTest::newRow("absolute") << QStringLiteral("/etc/passwd");
        QTest::newRow("tag") << QStringLiteral("name:tag");
        QTest::newRow("space") << QStringLiteral("a b");
        QTest::newRow("line feed") << QStringLiteral("a\nb");
        QTest::newRow("long") << QString(5000, u'a');
        QTest::newRow("other letters") << QString::fromUtf8("é");
        QTest::newRow("star") << QStringLiteral("*");
        QTest::newRow("unknown") << QString(64, u'0');
    }
    void badInputIsRefused() {
        QFETCH(QString, id);
        const QString expected = kErrors + (id == QString(64, u'0') ? QStringLiteral("NotFound")
                                                                    : QStringLiteral("InvalidArgument"));
        for (const QString& member : kMethods)
            QCOMPARE(member + refusal(member, id), member + expected);
        QCOMPARE(refusal(QStringLiteral("Processes"), QStringList{id}), expected);
    }
    void atMostSixtyFourAreAskedFor() {
        QStringList ids(64, m_id);
        QCOMPARE(answer<dbus::InspectedProcesses>("Processes", ids).size(), 3);
        ids.append(m_id);
        QCOMPARE(refusal(QStringLiteral("Processes"), ids), kErrors + QStringLiteral("InvalidArgument"));
    }
    void anotherSignatureIsRefused() {
        QCOMPARE(call(m_machine->as(kUser), kInspect, QStringLiteral("Cgroups"), {m_id, m_id}).errorName(),
                 kErrors + QStringLiteral("InvalidArgument"));
        QCOMPARE(refusal(QStringLiteral("Processes"), m_id), kErrors + QStringLiteral("InvalidArgument"));
    }

    void whoMayOnlyLookReadsNoNamesOfFiles() {
        const auto restored = qScopeGuard([this] {
            VERIFY_RESULT(m_machine->bus().setRules(
                "polkit.addRule(function(action, subject) {\n"
                "    if (subject.user == 'nobody') return polkit.Result.YES;\n});\n"));
        });
        // Given a user who may look, and manages nothing,
        VERIFY_RESULT(m_machine->bus().setRules(""));
        for (const char* member : {"ReadLayers", "WatchChanges"})
            QCOMPARE(refusal(QLatin1String(member), m_id), kErrors + QStringLiteral("AuthorizationNeeded"));
        QCOMPARE(answer<dbus::InspectedProcesses>("Processes", QStringList{m_id}).size(), 3);
        // or who may not even look.
        VERIFY_RESULT(
            m_machine->bus().setRules("polkit.addRule(function(action, subject) {\n"
                                      "    if (subject.user == 'nobody') return polkit.Result.NO;\n});\n"));
        for (const QString& member : kMethods)
            QCOMPARE(member + refusal(member, m_id), member + kErrors + QStringLiteral("PermissionDenied"));
        QCOMPARE(refusal(QStringLiteral("Processes"), QStringList()),
                 kErrors + QStringLiteral("PermissionDenied"));
    }

    void looksLeaveNothing() {
        (void)answer<dbus::NamespaceFacts>("Namespaces", m_id);
        QTRY_COMPARE(helperChildren(), std::size_t{0});
        const std::string before = mounts();
        const std::size_t files = helperFiles();
        for (int i = 0; i < 20; ++i) {
            (void)answer<dbus::InspectedProcesses>("Processes", QStringList());
            (void)answer<dbus::NamespaceFacts>("Namespaces", m_id);
            (void)answer<dbus::MountList>("Mounts", m_id);
            (void)answer<dbus::CgroupNodes>("Cgroups", m_id);
        }
        // Threads of the pool stay for a while, those that enter namespaces do not: the helper's are all in
        // its own.
        QTRY_VERIFY2(helperFiles() <= files, qPrintable(QString::number(helperFiles())));
        QCOMPARE(mounts(), before);
        const std::string tasks = "/proc/" + std::to_string(m_helper) + "/task/";
        const auto threads = listDirectory(tasks);
        VERIFY_RESULT(threads);
        for (const std::string& thread : *threads) {
            QCOMPARE(run({"/usr/bin/readlink", tasks + thread + "/ns/net"}),
                     run({"/usr/bin/readlink", "/proc/" + std::to_string(m_helper) + "/ns/net"}));
        }
    }

    void fiftyAreLookedAtInABlink() {
        const int count = kIsEmulated ? 5 : 50;
        QList<QString> ids;
        for (int i = 0; i < count; ++i)
            ids.append(m_machine->run(kUser, kSleep));
        const auto timed = [](const std::function<void()>& work) {
            QElapsedTimer clock;
            clock.start();
            work();
            return static_cast<double>(clock.nsecsElapsed()) / 1e6;
        };
        const double one =
            timed([&] { (void)answer<dbus::InspectedProcesses>("Processes", QStringList{m_id}); });
        dbus::InspectedProcesses all;
        const double fifty =
            timed([&] { all = answer<dbus::InspectedProcesses>("Processes", QStringList()); });
        QCOMPARE(all.size(), 1 + (count + 1) * 2);
        qInfo("Processes: one %.1f ms, all %d %.1f ms", one, count + 1, fifty);
        for (const char* member : {"Namespaces", "Mounts", "Syscalls", "Cgroups", "Making"}) {
            const double first = timed([&] { (void)look(QLatin1String(member), m_id); });
            const double each = timed([&] {
                for (const QString& id : ids)
                    (void)look(QLatin1String(member), id);
            });
            qInfo("%s: one %.1f ms, %d one after the other %.1f ms", member, first, count, each);
        }
        for (const QString& id : ids)
            m_machine->remove(kUser, id);
    }
};

ESCALE_TEST(HelperInspectTest)
#include "helper_inspect_test.moc"
