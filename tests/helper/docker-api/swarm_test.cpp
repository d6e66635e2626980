// docker swarm, node, service, secret, config, plugin, checkpoint: as at an engine that is in no swarm.
#include "tests/helper/docker-api/docker_machine.h"

using namespace escale;
using namespace escale::test;

class DockerSwarmTest : public DockerTest {
    Q_OBJECT
private Q_SLOTS:
    void saysThatItIsInNoSwarm_data() {
        QTest::addColumn<QByteArrayList>("words");
        QTest::addColumn<QByteArray>("says");
        const QByteArray noManager("This node is not a swarm manager. Use \"docker swarm init\"");
        QTest::newRow("nodes") << QByteArrayList{"node", "ls"} << noManager;
        QTest::newRow("services") << QByteArrayList{"service", "ls"} << noManager;
        QTest::newRow("stacks") << QByteArrayList{"stack", "ls"} << noManager;
        QTest::newRow("secrets") << QByteArrayList{"secret", "ls"} << noManager;
        QTest::newRow("configs") << QByteArrayList{"config", "ls"} << noManager;
        QTest::newRow("a secret") << QByteArrayList{"secret", "create", "key", "-"} << noManager;
        QTest::newRow("a service") << QByteArrayList{"service", "inspect", "web"} << noManager;
        QTest::newRow("token") << QByteArrayList{"swarm", "join-token", "worker"} << noManager;
        QTest::newRow("leave") << QByteArrayList{"swarm", "leave"}
                               << QByteArray("This node is not part of a swarm");
        QTest::newRow("init") << QByteArrayList{"swarm", "init"}
                              << QByteArray("makes no swarm and joins none");
        QTest::newRow("join") << QByteArrayList{"swarm", "join", "--token", "t", "10.0.0.1:2377"}
                              << QByteArray("makes no swarm and joins none");
        QTest::newRow("plugin") << QByteArrayList{"plugin", "inspect", "vieux/sshfs"}
                                << QByteArray("No such plugin: vieux/sshfs");
        QTest::newRow("no plugin") << QByteArrayList{"plugin", "enable", "sshfs"}
                                   << QByteArray("plugin \"sshfs\" not found");
        QTest::newRow("new plugin") << QByteArrayList{"plugin", "install", "--grant-all-permissions",
                                                      "vieux/sshfs"}
                                    << QByteArray("Escale has no plugins");
    }
    void saysThatItIsInNoSwarm() {
        QFETCH(QByteArrayList, words);
        QFETCH(QByteArray, says);
        std::vector<std::string> command;
        for (const QByteArray& word : words)
            command.push_back(word.toStdString());
        const Ran ran = docker(command, "s3cret");
        QCOMPARE(ran.code, 1);
        QVERIFY2(QByteArray::fromStdString(ran.errors).contains(says), ran.errors.c_str());
    }

    void hasNoPlugins() {
        const Ran ran = docker({"plugin", "ls", "--quiet"});
        QCOMPARE(ran.errors, std::string());
        QCOMPARE(ran.text(), std::string());
    }

    void hasNoCheckpoints() {
        const Ran ran = curl("POST", "/containers/c/checkpoints", "{\"CheckpointID\": \"a\"}");
        QVERIFY2(ran.output.starts_with("HTTP/1.1 501"), ran.output.c_str());
        QVERIFY(ran.output.find("Escale has no checkpoints") != std::string::npos);
    }
};

ESCALE_TEST(DockerSwarmTest)
#include "swarm_test.moc"
