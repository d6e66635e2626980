// The commands that look: list, ps, spec, features; and the flags of create and run.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/runtime/spec/mount_options.h"
#include "engine/runtime/spec/spec.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const std::string kRuntime = ESCALE_BIN "/escale-runtime";

std::string outputOf(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), kRuntime);
    const auto output = runProgram(std::move(arguments));
    return output ? *output : "error: " + output.error().text();
}

} // namespace

class CommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void listsContainersAsTableJsonAndIds() {
        // Given a created container
        Bundle bundle({"/bin/sleep", "60"});
        const std::string state = bundle.path() + "/state";
        QCOMPARE(bundle.runtime({"create"}).code, 0);
        // Then each form names it and what it does
        const auto table = QString::fromStdString(outputOf({"--root", state, "list"})).split('\n');
        QVERIFY2(table[0].startsWith("ID") && table[0].contains("STATUS"), qPrintable(table[0]));
        QVERIFY2(table[1].startsWith(QString::fromStdString(bundle.id())) && table[1].contains("created"),
                 qPrintable(table[1]));
        QCOMPARE(outputOf({"--root", state, "list", "-q"}), bundle.id() + "\n");
        const auto json = Json::parse(outputOf({"--root", state, "list", "--format=json"}));
        VERIFY_RESULT(json);
        QCOMPARE(json->items().size(), std::size_t(1));
        QCOMPARE(json->items()[0].at("id").toString(), bundle.id());
        QCOMPARE(json->items()[0].at("status").toString(), std::string("created"));
        QVERIFY(json->items()[0].at("pid").toInteger() > 0);
    }
    void listsNothingWhereNothingIs() {
        QTemporaryDir folder;
        QCOMPARE(outputOf({"--root", folder.path().toStdString() + "/none", "list", "-f", "json"}),
                 std::string("[]\n"));
    }
    void showsAContainersProcessesOnly() {
        Bundle bundle({"/bin/sh", "-c", "sleep 61 & sleep 62; true"});
        const std::string state = bundle.path() + "/state";
        QCOMPARE(bundle.runtime({"create"}).code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        const auto count = [&] {
            const auto json = Json::parse(outputOf({"--root", state, "ps", "--format", "json", bundle.id()}));
            return json ? json->items().size() : 0;
        };
        QTRY_COMPARE(count(), std::size_t(3)); // the shell and two sleeps
        std::string table;
        const auto listed = [&] {
            table = outputOf({"--root", state, "ps", bundle.id()});
            return table.find("sleep 61") != std::string::npos;
        };
        QTRY_VERIFY2(listed(), table.c_str());
        QVERIFY(table.find("runtime_tests") == std::string::npos);
        QCOMPARE(QString::fromStdString(table).count('\n'), 4);
        // What follows the id is ps's own
        std::string own; // a sleep has its name a moment after it has begun
        const auto ps = [&] {
            own = outputOf({"--root", state, "ps", bundle.id(), "-o", "pid,comm", "-e"});
            return own.find("sleep") != std::string::npos;
        };
        QTRY_VERIFY2(ps(), own.c_str());
        QVERIFY2(own.find("COMMAND") != std::string::npos, own.c_str());
        QVERIFY(own.find("UID") == std::string::npos);
        const std::string without = outputOf({"--root", state, "ps", bundle.id(), "-o", "comm"});
        QVERIFY2(without.find("no PID column") != std::string::npos, without.c_str());
    }
    void writesASpecThatItRuns() {
        // Given the default configuration, in the bundle of a root file system
        Bundle bundle({"/bin/true"});
        QCOMPARE(::unlink((bundle.path() + "/config.json").c_str()), 0);
        QCOMPARE(outputOf({"spec", "--bundle", bundle.path()}), std::string());
        const auto text = readFile(bundle.path() + "/config.json");
        VERIFY_RESULT(text);
        VERIFY_RESULT(spec::parse(*text, bundle.path()));
        // Then a second one does not overwrite it
        const std::string again = outputOf({"spec", "-b", bundle.path()});
        QVERIFY2(again.find("File exists") != std::string::npos, again.c_str());
        // And it runs, with a command instead of the interactive shell
        Json config = Json::parse(*text).value();
        Json process = config.at("process");
        process.set("terminal", false).set("args", Json::strings({"/bin/sh", "-c", "exit 9"}));
        config.set("process", process);
        VERIFY_RESULT(writeFileAtomically(bundle.path() + "/config.json", config.dump()));
        const auto run = bundle.run();
        QVERIFY2(run.code == 9, run.err.c_str());
    }
    void writesARootlessSpec() {
        QTemporaryDir folder;
        const std::string file = folder.path().toStdString() + "/x.json";
        QCOMPARE(outputOf({"spec", "--rootless", "--file", file}), std::string());
        const auto parsed = spec::parse(readFile(file).value_or(""), folder.path().toStdString());
        VERIFY_RESULT(parsed);
        QVERIFY(parsed->makesNamespace(CLONE_NEWUSER));
        QCOMPARE(parsed->uidMappings.front().hostId, ::geteuid());
    }
    void tellsFeaturesThatAreTrue() {
        const auto json = Json::parse(outputOf({"features"}));
        VERIFY_RESULT(json);
        QCOMPARE(json->at("ociVersionMax").toString(), std::string("1.2.0"));
        // No word of mountOptions is left to the file system
        for (const auto& word : json->at("mountOptions").items())
            QVERIFY2(spec::sortMountOptions({word.toString()}, "tmpfs").filesystem.empty(),
                     word.toString().c_str());
        for (const auto& name : json->at("linux").at("capabilities").items())
            QVERIFY2(spec::capabilityNumber(name.toString()).has_value(), name.toString().c_str());
        // Each seccomp action can be loaded
        Bundle bundle({"/bin/true"});
        for (const auto& action : json->at("linux").at("seccomp").at("actions").items()) {
            if (action.toString() == "SCMP_ACT_NOTIFY")
                continue; // needs a listener: see its own test
            Json rule;
            rule.set("names", Json::strings({"swapon"})).set("action", action.toString());
            Json seccomp;
            seccomp.set("defaultAction", "SCMP_ACT_ALLOW").set("syscalls", Json(Json::Array{rule}));
            bundle.set("linux/seccomp", seccomp);
            const auto run = bundle.run();
            QVERIFY2(run.code == 0, (action.toString() + ": " + run.err).c_str());
        }
    }
    void tellsUsageAndVersion() {
        QVERIFY(outputOf({"--version"}).starts_with("escale-runtime version "));
        const std::string help = outputOf({"--help"});
        for (const char* command :
             {"create", "start", "state", "kill", "delete", "run", "exec", "list", "ps", "spec", "features"})
            QVERIFY2(help.find(std::string("\n  ") + command) != std::string::npos, command);
        const std::string wrong = outputOf({"list", "--colour"});
        QVERIFY2(wrong.find("unknown option --colour of list") != std::string::npos, wrong.c_str());
        QVERIFY(outputOf({"dance"}).find("unknown command \"dance\"") != std::string::npos);
    }
    void refusesByNameWhatItDoesNotDo_data() {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("named");
        QTest::newRow("no cgroup") << QStringList{"--cgroup-manager=disabled", "run"} << "disabled";
        QTest::newRow("pidfd") << QStringList{"run", "--pidfd-socket", "/x"} << "--pidfd-socket";
    }
    void refusesByNameWhatItDoesNotDo() {
        QFETCH(QStringList, options);
        QFETCH(QString, named);
        Bundle bundle({"/bin/true"});
        std::vector<std::string> words{kRuntime, "--root", bundle.path() + "/state"};
        for (const auto& option : options)
            words.push_back(option.toStdString());
        words.insert(words.end(), {"--bundle", bundle.path(), bundle.id()});
        const auto outcome = runProgram(words);
        QVERIFY(!outcome);
        QVERIFY2(outcome.error().text().find(named.toStdString()) != std::string::npos &&
                     outcome.error().text().find("not supported") != std::string::npos,
                 outcome.error().text().c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }
    void saysThatSystemdDoesNotRunHere() {
        SKIP_UNLESS(!exists("/run/systemd/private"), "systemd runs here: SystemdTest asks it");
        Bundle bundle({"/bin/true"});
        bundle.set("linux/cgroupsPath", "system.slice:escaletest:" + bundle.id());
        for (const auto& manager : {"--systemd-cgroup", "--cgroup-manager=systemd"}) {
            const auto outcome = bundle.runtime({"run", manager});
            QVERIFY(outcome.code != 0);
            QVERIFY2(outcome.err.find("systemd was asked for as the cgroup manager") != std::string::npos,
                     outcome.err.c_str());
            QCOMPARE(bundle.leftovers(), std::string());
        }
    }
    void saysWhichFormOfCgroupsPathEachManagerTakes() {
        Bundle bundle({"/bin/true"});
        auto outcome = bundle.runtime({"run", "--systemd-cgroup"});
        QVERIFY2(outcome.err.find("slice:prefix:name") != std::string::npos, outcome.err.c_str());
        bundle.set("linux/cgroupsPath", "system.slice:escaletest:" + bundle.id());
        outcome = bundle.run();
        QVERIFY2(outcome.err.find("--systemd-cgroup") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }
    void runsDetachedAndLeavesTheContainer() {
        Bundle bundle({"/bin/sleep", "60"});
        const std::string pidFile = bundle.path() + "/pid";
        const auto run = bundle.runtime({"run", "--detach", "--pid-file", pidFile});
        QVERIFY2(run.code == 0, run.err.c_str());
        QCOMPARE(bundle.state().at("status").toString(), std::string("running"));
        QCOMPARE(std::to_string(bundle.state().at("pid").toInteger()), readFile(pidFile).value_or(""));
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0);
        QCOMPARE(bundle.leftovers(), std::string());
    }
    void keepsWhatIsLeftOnRequest() {
        Bundle bundle({"/bin/sh", "-c", "exit 3"});
        QCOMPARE(bundle.runtime({"run", "--keep"}).code, 3);
        QCOMPARE(bundle.state().at("status").toString(), std::string("stopped"));
        QCOMPARE(bundle.runtime({"delete"}).code, 0);
        QCOMPARE(bundle.leftovers(), std::string());
    }
    void readsAnotherConfiguration() {
        Bundle bundle({"/bin/sh", "-c", "exit 4"});
        QCOMPARE(::rename((bundle.path() + "/config.json").c_str(), (bundle.path() + "/other.json").c_str()),
                 0);
        QCOMPARE(bundle.runtime({"run", "--config", "other.json"}).code, 4);
    }
    void preservesTheDescriptorsAskedFor() {
        // Given two open descriptors, 3 and 4 (and whatever else the test program has)
        Bundle bundle({"/bin/sh", "-c", "cat <&3; cat <&4; ls /proc/self/fd | wc -l"});
        for (const char* name : {"three", "four"})
            VERIFY_RESULT(writeFileAtomically(bundle.path() + "/" + name, name));
        const std::string script = "exec 3<" + bundle.path() + "/three 4<" + bundle.path() +
                                   "/four 5</dev/null; exec " + kRuntime + " --root " + bundle.path() +
                                   "/state run --preserve-fds 2 --bundle " + bundle.path() + " " +
                                   bundle.id();
        const auto output = runProgram({"/bin/bash", "-c", script});
        VERIFY_RESULT(output);
        // Then the program has these and no other: 0, 1, 2, 3, 4 and the folder that ls reads
        QCOMPARE(*output, std::string("threefour6\n"));
        const auto tooMany = runProgram({kRuntime, "--root", bundle.path() + "/state", "run",
                                         "--preserve-fds", "1001", "--bundle", bundle.path(), bundle.id()});
        QVERIFY(!tooMany);
        QVERIFY2(tooMany.error().text().find("from 0 to 1000") != std::string::npos,
                 tooMany.error().text().c_str());
    }
    void passesSocketActivationOn() {
        Bundle bundle({"/bin/sh", "-c", "echo $LISTEN_FDS $LISTEN_PID; cat <&3"});
        VERIFY_RESULT(writeFileAtomically(bundle.path() + "/three", "three"));
        const std::string script = "exec 3<" + bundle.path() + "/three; LISTEN_FDS=1 exec " + kRuntime +
                                   " --root " + bundle.path() + "/state run --bundle " + bundle.path() + " " +
                                   bundle.id();
        const auto output = runProgram({"/bin/bash", "-c", script});
        VERIFY_RESULT(output);
        QCOMPARE(*output, std::string("1 1\nthree"));
    }
};

ESCALE_TEST(CommandsTest)
#include "commands_test.moc"
