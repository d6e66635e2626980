// docker cp, export and commit with the real command line, of containers that run and that do not.
#include "tests/helper/docker-api/docker_machine.h"

#include "engine/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>

using namespace escale;
using namespace escale::test;

class DockerCopyTest : public DockerTest {
    Q_OBJECT
    std::string m_id;

    [[nodiscard]] std::string home(const std::string& name) const { return folder() + "/home/" + name; }
    // What a command in the container prints.
    std::string says(const std::string& command) {
        const QString id = QString::fromStdString(m_id);
        return docker({"exec", m_id, "sh", "-c", command}).output;
    }
    // A command of the user's, here.
    Ran shell(const std::string& command) { return run({"/bin/sh", "-c", command}); }

private Q_SLOTS:
    void init() {
        if (m_machine && m_id.empty())
            m_id = m_machine->run(kUser, kSleep).toStdString();
    }
    void copiesAFileInAndOut() {
        QCOMPARE(shell("echo hello > file; chmod 640 file").code, 0);
        const Ran in = docker({"cp", "file", m_id + ":/tmp/new"});
        QCOMPARE(in.errors, std::string());
        QCOMPARE(in.code, 0);
        QCOMPARE(says("cat /tmp/new; /bin/busybox stat -c %a /tmp/new"), std::string("hello\n640\n"));
        QCOMPARE(docker({"cp", m_id + ":/tmp/new", "back"}).code, 0);
        QCOMPARE(shell("cat back; stat -c %a back").output, std::string("hello\n640\n"));
    }
    void copiesAFolderInAndOut() {
        QCOMPARE(
            shell("mkdir -p tree/deep && echo a > tree/a && echo b > tree/deep/b && ln -s a tree/link").code,
            0);
        QCOMPARE(docker({"cp", "tree", m_id + ":/tmp"}).code, 0);
        QCOMPARE(says("cat /tmp/tree/a /tmp/tree/deep/b /tmp/tree/link"), std::string("a\nb\na\n"));
        QCOMPARE(docker({"cp", m_id + ":/tmp/tree/.", "content"}).code, 0);
        QCOMPARE(shell("cat content/deep/b; readlink content/link").output, std::string("b\na\n"));
    }
    void copiesArchivesThroughPipes() {
        QCOMPARE(shell("mkdir -p piped && echo p > piped/p && tar -c piped | " + dockerProgram() + " cp - " +
                       m_id + ":/tmp")
                     .code,
                 0);
        QCOMPARE(says("cat /tmp/piped/p"), std::string("p\n"));
        QCOMPARE(shell(dockerProgram() + " cp " + m_id + ":/tmp/piped - | tar -xO piped/p").output,
                 std::string("p\n"));
    }
    void followsALinkOnlyWhenItIsToldTo() {
        QCOMPARE(says("echo real > /tmp/real; ln -s real /tmp/alias; echo ok"), std::string("ok\n"));
        QCOMPARE(docker({"cp", m_id + ":/tmp/alias", "alias"}).code, 0);
        QCOMPARE(shell("readlink alias").output, std::string("real\n"));
        QCOMPARE(docker({"cp", "-L", m_id + ":/tmp/alias", "followed"}).code, 0);
        QCOMPARE(shell("cat followed").output, std::string("real\n"));
    }
    void saysWhatIsNotThere() {
        const Ran missing = docker({"cp", m_id + ":/no/such", "x"});
        QCOMPARE(missing.code, 1);
        QVERIFY2(missing.errors.find("/no/such") != std::string::npos, missing.errors.c_str());
        const Ran asked = curl("GET", "/containers/" + m_id + "/archive?path=/no/such");
        QVERIFY(asked.output.starts_with("HTTP/1.1 404"));
        QVERIFY(asked.output.find("Could not find the file /no/such in container") != std::string::npos);
        const Ran nobody = docker({"cp", "nosuch:/etc", "x"});
        QCOMPARE(nobody.code, 1);
        QVERIFY(curl("GET", "/containers/" + m_id + "/archive").output.starts_with("HTTP/1.1 400"));
    }
    void copiesToAndFromAVolume() {
        const QVariantMap volume{
            {QStringLiteral("mounts"), QStringList{QStringLiteral("type=volume,source=store,target=/data")}}};
        const std::string id = m_machine->run(kUser, kSleep, volume).toStdString();
        QCOMPARE(shell("echo v > v").code, 0);
        QCOMPARE(docker({"cp", "v", id + ":/data/"}).code, 0);
        QCOMPARE(docker({"exec", id, "cat", "/data/v"}).output, std::string("v\n"));
        QCOMPARE(docker({"cp", id + ":/data", "volume"}).code, 0);
        QCOMPARE(shell("cat volume/v").output, std::string("v\n"));
    }
    void saysWhyAFolderOfThisMachineIsNotCopied() {
        const Ran made = docker({"run", "-d", "-v", home("shared") + ":/shared", image(), "sleep", "1000"});
        QCOMPARE(made.errors, std::string());
        const std::string id = made.text();
        const Ran asked = curl("GET", "/containers/" + id + "/archive?path=/shared/x");
        QVERIFY(asked.output.starts_with("HTTP/1.1 501"));
        QVERIFY2(asked.output.find("is this machine's " + home("shared")) != std::string::npos,
                 asked.output.c_str());
    }
    void saysWhyAFileOfTheEnginesIsNotCopied() {
        const Ran ran = docker({"cp", m_id + ":/etc/hosts", "-"});
        QCOMPARE(ran.output, std::string());
        QVERIFY2(ran.errors.find("written by the engine") != std::string::npos, ran.errors.c_str());
    }
    void exportsEverything() {
        const Ran ran = shell(dockerProgram() + " export " + m_id + " | tar -t | grep -x bin/busybox");
        QCOMPARE(ran.output, std::string("bin/busybox\n"));
        QCOMPARE(docker({"export", "nosuch"}).code, 1);
    }
    void makesAnImageOfAContainer() {
        QCOMPARE(says("echo made > /made; echo ok"), std::string("ok\n"));
        const Ran ran = docker(
            {"commit", "-m", "why", "-a", "me", "--change", "CMD [\"cat\", \"/made\"]", m_id, "made:2"});
        QCOMPARE(ran.errors, std::string());
        QVERIFY2(ran.output.starts_with("sha256:"), ran.output.c_str());
        const Ran told = docker({"run", "--rm", "made:2"});
        QCOMPARE(told.errors, std::string());
        QCOMPARE(told.output, std::string("made\n"));
    }
    void refusesAChangeThatIsNone() {
        const Ran ran = docker({"commit", "--change", "FROM x", m_id, "made:3"});
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.errors.find("FROM x") != std::string::npos, ran.errors.c_str());
    }
};

ESCALE_TEST(DockerCopyTest)
#include "copy_test.moc"
