#include "tests/helper/docker-api/cheat_sheet.h"
#include "tests/helper/docker-api/docker_terminal.h"

#include <algorithm>

using namespace escale;
using namespace escale::test;

class CheatSheetContainersTest : public CheatSheet {
    Q_OBJECT
    Words with(Words first, const Words& more) {
        first.insert(first.end(), more.begin(), more.end());
        return first;
    }

private Q_SLOTS:
    void initTestCase_data() { addClients(); }
    void initTestCase() { startWithClients(); }

    void run() {
        const Ran ran =
            docker(with({"run", "--rm", "--env", "A=b"}, shell("echo $A; echo wrong >&2; exit 3")));
        QCOMPARE(ran.output, std::string("b\n"));
        QCOMPARE(ran.errors, std::string("wrong\n"));
        QCOMPARE(ran.code, 3);
        QCOMPARE(said({"ps", "--all", "--quiet"}), std::string());
    }
    void runReadsItsInput() {
        QCOMPARE(said({"run", "--rm", "--interactive", image(), "/bin/cat"}, "one\ntwo\n"),
                 std::string("one\ntwo"));
    }
    void runDetached() {
        const Running container(*this, "detached", sleeper());
        QCOMPARE(container.id.size(), std::size_t{64});
        QCOMPARE(state("detached", "{{.Id}} {{.State.Running}}"), container.id + " true");
    }
    void runSaysWhatIsMissing() {
        const Ran program = docker({"run", "--rm", image(), "/no/such/program"});
        QCOMPARE(program.code, 127);
        VERIFY_CONTAINS(program.errors, "/no/such/program");
        const std::string name = m_machine->registry().host() + "/none:1";
        const Ran none = docker({"run", "--rm", name});
        QCOMPARE(none.code, 125);
        VERIFY_CONTAINS(none.errors, "Unable to find image '" + name + "' locally");
        QCOMPARE(said({"ps", "--all", "--quiet"}), std::string());
    }
    void runPublishesAPort() {
        const Running server(*this, "server",
                             {"--publish", "127.0.0.1::80", image(), "/bin/busybox", "nc", "-ll", "-p", "80",
                              "-e", "/bin/busybox", "echo", "served"});
        const std::string place = said({"port", "server", "80/tcp"});
        QVERIFY2(place.starts_with("127.0.0.1:") && place.size() > 10, place.c_str());
        QCOMPARE(said({"port", "server"}), "80/tcp -> " + place);
        QTRY_COMPARE(DockerTest::run({"/bin/busybox", "nc", "127.0.0.1", place.substr(10)}).output,
                     std::string("served\n"));
    }
    void ps() {
        const Running container(*this, "listed", with({"--label", "course=docker"}, sleeper()));
        QCOMPARE(said({"ps", "--format", "{{.Names}}|{{.Image}}|{{.Command}}", "--no-trunc"}),
                 "listed|" + image() + "|\"/bin/sleep 1000\"");
        VERIFY_CONTAINS(said({"ps", "--format", "{{.Status}}"}), "Up ");
        QCOMPARE(said({"ps", "--quiet", "--no-trunc", "--filter", "label=course=docker"}), container.id);
        QCOMPARE(said({"ps", "--quiet", "--filter", "label=course=other"}), std::string());
        (void)said({"kill", "listed"});
        QCOMPARE(said({"ps", "--quiet"}), std::string());
        VERIFY_CONTAINS(said({"ps", "--all", "--format", "{{.Names}} {{.Status}}"}), "listed Exited (137)");
    }
    void exec() {
        const Running container(*this, "inside", sleeper());
        const Ran ran = docker(
            {"exec", "--env", "A=b", "--workdir", "/tmp", "inside", "/bin/sh", "-c", "echo $A; pwd; exit 4"});
        QCOMPARE(ran.output, std::string("b\n/tmp\n"));
        QCOMPARE(ran.code, 4);
        QCOMPARE(docker({"exec", "inside", "/no/such"}).code, 127);
        const Ran none = docker({"exec", "nobody", "/bin/true"});
        QCOMPARE(none.code, 1);
        VERIFY_CONTAINS(none.errors, "No such container: nobody");
    }
    void execOnATerminal() {
        // This client says how large its terminal is once the program runs; before, stty fails and ends well.
        const Running container(*this, "inside", sleeper());
        auto terminal = DockerTerminal::open(
            {client(), "exec", "-it", "inside", "/bin/sh", "-c",
             "until [ \"$(stty size)\" = '33 77' ]; do sleep 0.1; done; stty size; exit 6"},
            33, 77, [this](Words words, std::vector<std::pair<int, int>> fds) {
                return begin(std::move(words), std::move(fds));
            });
        VERIFY_RESULT(terminal);
        const bool isTold = terminal->awaitText("33 77");
        const int status = terminal->awaitEnd();
        QVERIFY2(isTold, (terminal->seen() + "status " + std::to_string(status)).c_str());
        QCOMPARE(status, 6);
    }
    void attach() {
        const Running container(*this, "reader",
                                with({"--interactive"}, shell("read word; echo got $word; exit 5")));
        // The input stays open until the container has ended: with it the attached session ends, as with
        // dockerd.
        const Ran ran = DockerTest::run(
            {"/bin/sh", "-c", "(echo it; \"$0\" wait reader) | \"$0\" attach reader", client()});
        QCOMPARE(ran.output, std::string("got it\n"));
        QCOMPARE(ran.code, 5);
    }
    void logs() {
        const Running container(*this, "writer", shell("echo one; echo two; echo wrong >&2"));
        QCOMPARE(said({"wait", "writer"}), std::string("0"));
        const Ran ran = docker({"logs", "writer"});
        QCOMPARE(ran.output, std::string("one\ntwo\n"));
        QCOMPARE(ran.errors, std::string("wrong\n"));
        QCOMPARE(docker({"logs", "--tail", "1", "writer"}).errors, std::string("wrong\n"));
        QVERIFY(QRegularExpression(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z one\n"))
                    .match(QString::fromStdString(docker({"logs", "--timestamps", "writer"}).output))
                    .hasMatch());
    }
    void logsFollow() {
        const Running container(*this, "writer", shell("for i in 1 2 3; do echo $i; sleep 0.3; done"));
        QCOMPARE(said({"logs", "--follow", "writer"}), std::string("1\n2\n3"));
    }
    void stop() {
        const Running container(*this, "stopped",
                                shell("trap 'exit 8' TERM INT; while :; do sleep 0.1; done"));
        QCOMPARE(said({"stop", "stopped"}), std::string("stopped"));
        QCOMPARE(state("stopped", "{{.State.Status}} {{.State.ExitCode}}"), std::string("exited 8"));
        QCOMPARE(said({"stop", "stopped"}), std::string("stopped")); // nothing to do is no error
    }
    void stopKillsWhatDoesNotListen() {
        const Running container(*this, "deaf", sleeper());
        QCOMPARE(said({"stop", "--time", "0", "deaf"}), std::string("deaf"));
        QCOMPARE(state("deaf", "{{.State.ExitCode}}"), std::string("137"));
    }
    void startAndRestart() {
        const Running container(*this, "again", shell("echo here"));
        QCOMPARE(said({"wait", "again"}), std::string("0"));
        QCOMPARE(said({"start", "--attach", "again"}), std::string("here"));
        const Running sleeping(*this, "sleeping", sleeper());
        const std::string before = state("sleeping", "{{.State.StartedAt}}");
        QCOMPARE(said({"restart", "--time", "0", "sleeping"}), std::string("sleeping"));
        QCOMPARE(state("sleeping"), std::string("running"));
        QVERIFY(state("sleeping", "{{.State.StartedAt}}") != before);
    }
    void kill() {
        const Running container(*this, "signalled",
                                shell("trap 'exit 9' USR1; echo ready; while :; do sleep 0.1; done"));
        QTRY_COMPARE(docker({"logs", "signalled"}).output, std::string("ready\n"));
        QCOMPARE(said({"kill", "--signal", "USR1", "signalled"}), std::string("signalled"));
        QCOMPARE(said({"wait", "signalled"}), std::string("9"));
        const Ran ended = docker({"kill", "signalled"});
        QCOMPARE(ended.code, 1);
        VERIFY_CONTAINS(ended.errors, "is not running");
    }
    void pauseAndUnpause() {
        const Running container(*this, "frozen", sleeper());
        QCOMPARE(said({"pause", "frozen"}), std::string("frozen"));
        VERIFY_CONTAINS(said({"ps", "--format", "{{.Status}}"}), "(Paused)");
        VERIFY_CONTAINS(docker({"exec", "frozen", "/bin/true"}).errors, "paused");
        QCOMPARE(said({"unpause", "frozen"}), std::string("frozen"));
        QCOMPARE(state("frozen"), std::string("running"));
    }
    void rm() {
        const Running container(*this, "removed", sleeper());
        const Ran running = docker({"rm", "removed"});
        QCOMPARE(running.code, 1);
        VERIFY_CONTAINS(running.errors, "removed");
        QCOMPARE(said({"rm", "--force", "removed"}), std::string("removed"));
        const Ran gone = docker({"inspect", "removed"});
        QCOMPARE(gone.code, 1);
        VERIFY_CONTAINS(gone.errors, "No such object: removed");
    }
    void inspectWithAFormat() {
        const Running container(*this, "seen",
                                with({"--hostname", "desk", "--memory", "64m", "--label", "a=b", "--restart",
                                      "on-failure:3", "--volume", "/data"},
                                     sleeper()));
        QCOMPARE(state("seen", "{{.Config.Hostname}} {{.HostConfig.Memory}} {{.Config.Labels.a}} "
                               "{{.HostConfig.RestartPolicy.Name}}"),
                 std::string("desk 67108864 b on-failure"));
        QCOMPARE(state("seen", "{{json .Config.Cmd}} {{.Name}}"),
                 std::string("[\"/bin/sleep\",\"1000\"] /seen"));
        QCOMPARE(state("seen", "{{range .Mounts}}{{.Type}} {{.Destination}}{{end}}"),
                 std::string("volume /data"));
        QVERIFY(!state("seen", "{{.NetworkSettings.Networks.bridge.IPAddress}}").empty());
    }
    void stats() {
        const Running container(*this, "busy", with({"--memory", "64m"}, sleeper()));
        const std::string text =
            said({"stats", "--no-stream", "--format", "{{.Name}} {{.PIDs}} {{.MemUsage}}"});
        QVERIFY2(text.starts_with("busy 1 "), text.c_str());
        VERIFY_CONTAINS(text, "/ 64MiB");
    }
    void top() {
        const Running container(*this, "busy", sleeper());
        const std::string text = said({"top", "busy"});
        QVERIFY2(text.starts_with("UID"), text.c_str());
        VERIFY_CONTAINS(text, "sleep 1000");
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), 1);
    }
    void cp() {
        const Running container(*this, "holder", sleeper());
        const std::string home = folder() + "/home";
        (void)DockerTest::run(
            {"/bin/sh", "-c", "mkdir -p sent && echo dear >sent/letter && ln -sf letter sent/link"});
        QCOMPARE(docker({"cp", home + "/sent", "holder:/tmp/got"}).code, 0);
        QCOMPARE(said({"exec", "holder", "/bin/cat", "/tmp/got/link"}), std::string("dear"));
        QCOMPARE(docker({"cp", "holder:/tmp/got/letter", home + "/back"}).code, 0);
        QCOMPARE(readFile(home + "/back").value_or(""), std::string("dear\n"));
        const Ran none = docker({"cp", "holder:/nothing", home});
        QCOMPARE(none.code, 1);
        VERIFY_CONTAINS(none.errors, "/nothing");
    }
    void diff() {
        const Running container(*this, "changed", shell("touch /tmp/new; /bin/busybox rm /bin/id"));
        (void)said({"wait", "changed"});
        const std::string text = said({"diff", "changed"});
        VERIFY_CONTAINS(text, "C /tmp\nA /tmp/new");
        VERIFY_CONTAINS(text, "D /bin/id");
    }
    void commit() {
        const Running container(*this, "worked", shell("echo kept >/made"));
        (void)said({"wait", "worked"});
        const std::string id = said({"commit", "--message", "by hand", "--change",
                                     "CMD [\"/bin/cat\", \"/made\"]", "worked", "committed:1"});
        QVERIFY2(id.starts_with("sha256:"), id.c_str());
        QCOMPARE(said({"run", "--rm", "committed:1"}), std::string("kept"));
        QCOMPARE(said({"inspect", "--format", "{{.Id}}", "committed:1"}), id);
        QCOMPARE(docker({"rmi", "committed:1"}).code, 0);
    }
    void exportAndImport() {
        const Running container(*this, "worked", shell("echo kept >/made"));
        (void)said({"wait", "worked"});
        const std::string archive = folder() + "/home/worked.tar";
        QCOMPARE(said({"export", "--output", archive, "worked"}), std::string());
        const std::string id = said({"import", "--change", "ENV A=b", archive, "imported:1"});
        QVERIFY2(id.starts_with("sha256:"), id.c_str());
        QCOMPARE(said({"run", "--rm", "imported:1", "/bin/sh", "-c", "echo $A; cat /made"}),
                 std::string("b\nkept"));
        QCOMPARE(docker({"rmi", "imported:1"}).code, 0);
    }
    void update() {
        const Running container(*this, "limited", with({"--memory", "64m"}, sleeper()));
        QCOMPARE(
            said({"update", "--memory", "32m", "--memory-swap", "64m", "--restart", "always", "limited"}),
            std::string("limited"));
        QCOMPARE(state("limited", "{{.HostConfig.Memory}} {{.HostConfig.RestartPolicy.Name}}"),
                 std::string("33554432 always"));
    }
    void wait() {
        const Running container(*this, "ending", shell("sleep 0.5; exit 12"));
        QCOMPARE(said({"wait", "ending"}), std::string("12"));
    }
    void rename() {
        const Running container(*this, "old", sleeper());
        QCOMPARE(said({"rename", "old", "new"}), std::string());
        QCOMPARE(state("new", "{{.Id}}"), container.id);
        QCOMPARE(docker({"inspect", "old"}).code, 1);
        const Running other(*this, "old", sleeper());
        const Ran taken = docker({"rename", "old", "new"});
        QCOMPARE(taken.code, 1);
        VERIFY_CONTAINS(taken.errors, "already in use");
        QCOMPARE(docker({"rm", "--force", "new"}).code, 0);
    }
};

ESCALE_TEST(CheatSheetContainersTest)
#include "cheat_sheet_containers_test.moc"
