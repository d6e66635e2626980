// Clients that would rather speak to BuildKit: they build by the classic builder, or say how.
#include "helper/docker-api/builds/buildkit_refusal.h"
#include "tests/helper/docker-api/docker_machine.h"

#include "engine/base/file.h"

#include <QDir>
#include <QFile>

#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class DockerBuildKitTest : public DockerTest {
    Q_OBJECT

    // Debian's docker.io of testing and its docker-buildx and docker-compose, where they could be had.
    static std::string newer(const char* what) {
        return std::string(ESCALE_BIN) + "/../builders/usr/" + what;
    }
    std::string context() {
        const std::string path = folder() + "/context";
        QDir().mkpath(QString::fromStdString(path));
        (void)writeFileAtomically(path + "/Dockerfile", "FROM " + image() + "\nRUN true\n", 0644);
        (void)writeFileAtomically(path + "/compose.yaml",
                                  "services:\n  a:\n    image: composed\n    build: .\n", 0644);
        (void)::chmod(path.c_str(), 0755);
        return path;
    }
    // A configuration folder of docker's with these plugins.
    std::string withPlugins() {
        const std::string path = folder() + "/home/plugins";
        QDir().mkpath(QString::fromStdString(path + "/cli-plugins"));
        for (const char* name : {"docker-buildx", "docker-compose"})
            QFile::link(QString::fromStdString(newer("libexec/docker/cli-plugins/") + name),
                        QString::fromStdString(path + "/cli-plugins/" + name));
        (void)::chown(path.c_str(), kUser, kUser);
        return "DOCKER_CONFIG=" + path;
    }
    Ran runWith(std::vector<std::string> variables, const std::vector<std::string>& words) {
        variables.insert(variables.begin(), {"/usr/bin/env", "-u", "DOCKER_BUILDKIT"});
        variables.insert(variables.end(), words.begin(), words.end());
        return run(variables);
    }
    static bool saysHow(const Ran& ran) {
        return ran.code != 0 && (ran.output + ran.errors).find("DOCKER_BUILDKIT=0") != std::string::npos;
    }

private Q_SLOTS:
    void theOlderCommandSaysHow() {
        const Ran ran = runWith({"DOCKER_BUILDKIT=1"}, {dockerProgram(), "build", context()});
        QVERIFY2(saysHow(ran), (ran.output + ran.errors).c_str());
    }

    void theOlderCommandBuildsUnlessAsked() {
        const Ran ran = runWith({}, {dockerProgram(), "build", "-q", context()});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.code, 0);
    }

    void theNewerCommandFallsBackWithoutItsPlugin() {
        SKIP_UNLESS(exists(newer("bin/docker")), "needs a newer docker command line");
        const Ran ran = runWith({}, {newer("bin/docker"), "build", "-t", "fallen:1", context()});
        QVERIFY2(ran.code == 0 && ran.output.find("Successfully tagged fallen:1") != std::string::npos,
                 ran.errors.c_str());
    }

    void buildxSaysHow() {
        SKIP_UNLESS(exists(newer("libexec/docker/cli-plugins/docker-buildx")), "needs docker-buildx");
        const Ran ran = runWith({withPlugins()}, {newer("bin/docker"), "build", "-t", "kit:1", context()});
        QVERIFY2(saysHow(ran), (ran.output + ran.errors).c_str());
        const Ran classic = runWith({withPlugins(), "DOCKER_BUILDKIT=0"},
                                    {newer("bin/docker"), "build", "-t", "kit:1", context()});
        QVERIFY2(classic.code == 0, classic.errors.c_str());
    }

    void composeSaysHow() {
        SKIP_UNLESS(exists(newer("libexec/docker/cli-plugins/docker-compose")), "needs docker-compose 2");
        const std::string file = context() + "/compose.yaml";
        const Ran ran = runWith({withPlugins()}, {newer("bin/docker"), "compose", "-f", file, "build"});
        QVERIFY2(saysHow(ran), (ran.output + ran.errors).c_str());
        const Ran classic = runWith({withPlugins(), "DOCKER_BUILDKIT=0"},
                                    {newer("bin/docker"), "compose", "-f", file, "build"});
        QVERIFY2(classic.code == 0, (classic.output + classic.errors).c_str());
    }

    // RFC 9113 and 7541: one frame of headers, which ends its stream.
    void aCallIsAnsweredByOneFrame() {
        const std::string frame = docker_api::grpcRefusal(5, "no");
        QCOMPARE(frame.size() - 9, std::size_t(static_cast<unsigned char>(frame[2])));
        QCOMPARE(frame.substr(3, 6), std::string("\x01\x05\0\0\0\x05", 6));
        QCOMPARE(frame[9], '\x88');
        QVERIFY(frame.ends_with(std::string("\0\x0bgrpc-status\x02"
                                            "12\0\x0cgrpc-message\x02no",
                                            33)));
    }
};

ESCALE_TEST(DockerBuildKitTest)
#include "buildkit_test.moc"
