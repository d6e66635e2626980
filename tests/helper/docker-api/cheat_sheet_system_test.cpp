// Networks, volumes and the engine itself.
#include "tests/helper/docker-api/cheat_sheet.h"

using namespace escale;
using namespace escale::test;

class CheatSheetSystemTest : public CheatSheet {
    Q_OBJECT
    Words with(Words first, const Words& more) {
        first.insert(first.end(), more.begin(), more.end());
        return first;
    }

private Q_SLOTS:
    void initTestCase_data() { addClients(); }
    void initTestCase() { startWithClients(); }

    void networkCreateLsInspectRm() {
        const std::string id =
            said({"network", "create", "--subnet", "10.77.0.0/24", "--label", "a=b", "course-net"});
        QCOMPARE(id.size(), std::size_t{64});
        QCOMPARE(said({"network", "ls", "--no-trunc", "--filter", "label=a=b", "--format",
                       "{{.ID}} {{.Name}} {{.Driver}} {{.Scope}}"}),
                 id + " course-net bridge local");
        QCOMPARE(said({"network", "inspect", "--format", "{{(index .IPAM.Config 0).Subnet}} {{.Labels.a}}",
                       "course-net"}),
                 std::string("10.77.0.0/24 b"));
        const Ran again = docker({"network", "create", "course-net"});
        QCOMPARE(again.code, 1);
        VERIFY_CONTAINS(again.errors, "already exists");
        QCOMPARE(said({"network", "rm", "course-net"}), std::string("course-net"));
        const Ran gone = docker({"network", "inspect", "course-net"});
        QCOMPARE(gone.code, 1);
        VERIFY_CONTAINS(gone.errors, "course-net");
    }
    void networkLsShowsTheUsualOnes() {
        const std::string text = said({"network", "ls", "--format", "{{.Name}} {{.Driver}}"});
        for (const char* line : {"bridge bridge", "host host", "none null"})
            VERIFY_CONTAINS(text, line);
    }
    void networkConnectAndDisconnect() {
        (void)said({"network", "create", "course-net"});
        {
            const Running server(*this, "server",
                                 with({"--network", "course-net", "--network-alias", "web"}, sleeper()));
            const Running guest(*this, "guest", sleeper());
            const Words ping{"exec", "guest", "/bin/busybox", "ping", "-c", "1", "-W", "2", "web"};
            QVERIFY(docker(ping).code != 0);
            QCOMPARE(said({"network", "connect", "course-net", "guest"}), std::string());
            QCOMPARE(docker(ping).code, 0);
            QCOMPARE(docker({"network", "rm", "course-net"}).code, 1);
            QCOMPARE(said({"network", "disconnect", "course-net", "guest"}), std::string());
            QVERIFY(docker(ping).code != 0);
        }
        QCOMPARE(said({"network", "rm", "course-net"}), std::string("course-net"));
    }
    void networkPrune() {
        (void)said({"network", "create", "unused"});
        VERIFY_CONTAINS(said({"network", "prune", "--force"}), "Deleted Networks:\nunused");
        VERIFY_CONTAINS(said({"network", "ls", "--format", "{{.Name}}"}), "bridge");
    }
    void volumeCreateLsInspectRm() {
        QCOMPARE(said({"volume", "create", "--label", "a=b", "course-volume"}), std::string("course-volume"));
        QCOMPARE(said({"volume", "ls", "--quiet", "--filter", "label=a=b"}), std::string("course-volume"));
        QCOMPARE(said({"volume", "inspect", "--format", "{{.Name}} {{.Driver}} {{.Scope}}", "course-volume"}),
                 std::string("course-volume local local"));
        (void)said({"run", "--rm", "--volume", "course-volume:/data", image(), "/bin/touch", "/data/kept"});
        {
            const Running user(*this, "user", with({"--volume", "course-volume:/data:ro"}, sleeper()));
            QCOMPARE(said({"exec", "user", "/bin/busybox", "ls", "/data"}), std::string("kept"));
            QVERIFY(docker({"exec", "user", "/bin/touch", "/data/more"}).code != 0);
            const Ran used = docker({"volume", "rm", "course-volume"});
            QCOMPARE(used.code, 1);
            VERIFY_CONTAINS(used.errors, "in use");
        }
        QCOMPARE(said({"volume", "rm", "course-volume"}), std::string("course-volume"));
        const Ran gone = docker({"volume", "inspect", "course-volume"});
        QCOMPARE(gone.code, 1);
        VERIFY_CONTAINS(gone.errors, "o such volume");
    }
    void volumePrune() {
        (void)said({"run", "--name", "gone", "--volume", "/data", image(), "/bin/true"});
        (void)said({"rm", "gone"});
        (void)said({"volume", "create", "named"});
        VERIFY_CONTAINS(said({"volume", "prune", "--force"}), "Deleted Volumes:");
        // From 23 on, and so from the API 1.42 on, only volumes without a name are pruned.
        const bool isOld = client().find("peers") != std::string::npos;
        QCOMPARE(said({"volume", "ls", "--quiet"}), std::string(isOld ? "" : "named"));
        (void)docker({"volume", "rm", "named"});
    }
    void systemDf() {
        const Running container(*this, "counted", sleeper());
        const std::string text = said({"system", "df", "--format", "{{.Type}} {{.TotalCount}} {{.Active}}"});
        VERIFY_CONTAINS(text, "Containers 1 1");
        VERIFY_CONTAINS(text, "Images 1 1");
        VERIFY_CONTAINS(said({"system", "df", "--verbose"}), "counted");
    }
    void systemPrune() {
        (void)said({"run", "--name", "ended", image(), "/bin/true"});
        (void)said({"network", "create", "unused"});
        const Running container(*this, "runs", sleeper());
        const std::string text = said({"system", "prune", "--force"});
        VERIFY_CONTAINS(text, "Deleted Containers:");
        VERIFY_CONTAINS(text, "Deleted Networks:\nunused");
        VERIFY_CONTAINS(text, "Total reclaimed space:");
        QCOMPARE(said({"ps", "--all", "--format", "{{.Names}}"}), std::string("runs"));
    }
    void events() {
        const std::string since = run({"/bin/date", "+%s.%N"}).text();
        QCOMPARE(docker({"run", "--name", "told", image(), "/bin/sh", "-c", "exit 4"}).code, 4);
        (void)said({"rm", "told"});
        const std::string until = run({"/bin/date", "+%s.%N"}).text();
        const std::string text =
            said({"events", "--since", since, "--until", until, "--filter", "container=told", "--format",
                  "{{.Action}} {{index .Actor.Attributes \"exitCode\"}}"});
        for (const char* line : {"create ", "start ", "die 4", "destroy "})
            VERIFY_CONTAINS(text, line);
    }
    void info() {
        const Running container(*this, "counted", sleeper());
        QCOMPARE(said({"info", "--format", "{{.OSType}} {{.ContainersRunning}} {{.Images}}"}),
                 std::string("linux 1 1"));
        VERIFY_CONTAINS(docker({"info"}).output, "Server Version:");
    }
    void version() {
        QCOMPARE(said({"version", "--format", "{{.Server.APIVersion}} {{.Server.Os}}"}),
                 std::string("1.47 linux"));
        VERIFY_CONTAINS(said({"version"}), "Escale");
    }
};

ESCALE_TEST(CheatSheetSystemTest)
#include "cheat_sheet_system_test.moc"
