// Events, the machine and the disk in Docker's words. Without a machine.
#include "helper/docker-api/system/disk_usage.h"
#include "helper/docker-api/system/event_json.h"
#include "helper/docker-api/system/info.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::docker_api;

namespace {

dbus::Event happened(const char* type, const char* action) {
    dbus::Event result;
    result.sequence = 7;
    result.time = 1'700'000'000'123;
    result.type = QString::fromLatin1(type);
    result.action = QString::fromLatin1(action);
    result.id = QStringLiteral("abcd12");
    result.attributes = {{QStringLiteral("name"), QStringLiteral("web")},
                         {QStringLiteral("image"), QStringLiteral("demo:1")},
                         {QStringLiteral("tier"), QStringLiteral("front")}};
    return result;
}

bool wants(const std::string& filters, const dbus::Event& what) {
    const auto read =
        Filters::parse(Query::parse("filters=" + filters), {"type", "event", "container", "image", "label",
                                                            "network", "volume", "scope", "plugin"});
    return read && isWanted(what, *read);
}

} // namespace

class DockerSystemJsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesAnEventAsDockerDoes() {
        QCOMPARE(eventJson(happened("container", "start")).dump(),
                 std::string(
                     R"({"status":"start","id":"abcd12","from":"demo:1","Type":"container","Action":"start",)"
                     R"("Actor":{"ID":"abcd12","Attributes":{"image":"demo:1","name":"web","tier":"front"}},)"
                     R"("scope":"local","time":1700000000,"timeNano":1700000000123000000})"));
        QVERIFY(eventJson(happened("network", "connect")).at("status").isNull());
    }
    void choosesEvents_data() {
        QTest::addColumn<QString>("filters");
        QTest::addColumn<bool>("wanted");
        const auto row = [](const char* name, const char* filters, bool wanted) {
            QTest::newRow(name) << QString::fromLatin1(filters) << wanted;
        };
        row("none", "{}", true);
        row("type", R"({"type":["container"]})", true);
        row("other type", R"({"type":["image"]})", false);
        row("any of two", R"({"event":["die","start"]})", true);
        row("all of two", R"({"event":["start"],"type":["image"]})", false);
        row("name", R"({"container":["web"]})", true);
        row("id's beginning", R"({"container":["abc"]})", true);
        row("another", R"({"container":["db"]})", false);
        row("image", R"({"image":["demo:1"]})", true);
        row("image without tag", R"({"image":["demo"]})", true);
        row("other image", R"({"image":["demo:2"]})", false);
        row("label", R"({"label":["tier=front"]})", true);
        row("label's name", R"({"label":["tier"]})", true);
        row("other label", R"({"label":["tier=back"]})", false);
        row("network", R"({"network":["web"]})", false);
        row("scope", R"({"scope":["local"]})", true);
        row("swarm", R"({"scope":["swarm"]})", false);
        row("plugin", R"({"plugin":["x"]})", false);
    }
    void choosesEvents() {
        QFETCH(QString, filters);
        QFETCH(bool, wanted);
        QCOMPARE(wants(filters.toStdString(), happened("container", "start")), wanted);
    }
    void takesTheBeginningOfActionsWithDetails() {
        QVERIFY(wants(R"({"event":["health_status"]})", happened("container", "health_status: healthy")));
        QVERIFY(wants(R"({"event":["exec_create"]})", happened("container", "exec_create: sh")));
        QVERIFY(!wants(R"({"event":["star"]})", happened("container", "start")));
    }

    void readsWhatAMachineIsCalled() {
        const std::string file =
            "NAME=Debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID='12'\n";
        QCOMPARE(osReleaseValue(file, "PRETTY_NAME"), std::string("Debian GNU/Linux 12 (bookworm)"));
        QCOMPARE(osReleaseValue(file, "VERSION_ID"), std::string("12"));
        QCOMPARE(osReleaseValue(file, "VERSION"), std::string());
    }
    void hasAnIdOfItsOwn() {
        const std::string id = engineId("0123", 1000);
        QCOMPARE(id.size(), std::size_t(36));
        QCOMPARE(engineId("0123", 1000), id);
        QVERIFY(engineId("0123", 1001) != id && engineId("4567", 1000) != id);
        QVERIFY(id.find("0123") == std::string::npos);
    }
    void countsContainersByState() {
        dbus::ContainerList containers(4);
        const char* states[] = {"running", "paused", "exited", "created"};
        for (int i = 0; i < 4; ++i)
            containers[i].state = QString::fromLatin1(states[i]);
        dbus::ImageList images(3);
        images[0].digest = images[1].digest = QStringLiteral("sha256:a"); // two names of one
        images[2].digest = QStringLiteral("sha256:b");
        const Json json = infoJson(
            {.hostname = "desk", .cgroupVersion = 2, .hasSystemd = true}, containers, images,
            {{QStringLiteral("bridge"), {}}, {QStringLiteral("ipvlan"), QStringLiteral("no module")}});
        QCOMPARE(json.at("Containers").toInteger(), std::int64_t(4));
        QCOMPARE(json.at("ContainersRunning").toInteger(), std::int64_t(1));
        QCOMPARE(json.at("ContainersStopped").toInteger(), std::int64_t(2));
        QCOMPARE(json.at("Images").toInteger(), std::int64_t(2));
        QCOMPARE(json.at("CgroupDriver").toString(), std::string("systemd"));
        QCOMPARE(json.at("CgroupVersion").toString(), std::string("2"));
        QCOMPARE(json.at("Plugins").at("Network").dump(), std::string(R"(["bridge","host","null"])"));
        QCOMPARE(json.at("Swarm").at("LocalNodeState").toString(), std::string("inactive"));
    }
    void countsAnImageWithTwoNamesOnce() {
        dbus::ImageList images(2);
        for (auto& image : images) {
            image.digest = QStringLiteral("sha256:") + QStringLiteral("ab").repeated(32);
            image.repository = QStringLiteral("docker.io/library/demo");
        }
        images[0].tag = QStringLiteral("1");
        images[1].tag = QStringLiteral("2");
        dbus::ImageUsage usage;
        usage.digest = images[0].digest;
        usage.size = 100;
        usage.shared = 40;
        usage.containers = 3;
        const Json list = imagesUsageJson(images, {usage});
        QCOMPARE(list.items().size(), std::size_t(1));
        QCOMPARE(list.items()[0].at("RepoTags").dump(), std::string(R"(["demo:1","demo:2"])"));
        QCOMPARE(list.items()[0].at("SharedSize").toInteger(), std::int64_t(40));
        QCOMPARE(list.items()[0].at("VirtualSize").toInteger(), list.items()[0].at("Size").toInteger());
        QCOMPARE(list.items()[0].at("Containers").toInteger(), std::int64_t(3));
    }
    void saysThatAVolumesSizeIsNotKnown() {
        dbus::Volume volume;
        volume.name = QStringLiteral("data");
        QCOMPARE(volumesUsageJson({volume}).items()[0].at("UsageData").dump(),
                 std::string(R"({"RefCount":0,"Size":-1})"));
    }
};

ESCALE_TEST(DockerSystemJsonTest)
#include "system_json_test.moc"
