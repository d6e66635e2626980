// What is asked for comes out at the other end of the bus as it went in.
#include "engine/container/container_options_fields.h"
#include "helper/dbus/container_options_map.h"
#include "helper/dbus/stack_options_map.h"
#include "tests/support/other_value.h"
#include "tests/support/test_registry.h"

using namespace escale;

class OptionsMapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void defaultsAreNotSent() {
        QVERIFY(optionsToBus({}).isEmpty());
        QVERIFY(serviceToBus({}).isEmpty());
        QVERIFY(networkToBus({}).isEmpty());
        QVERIFY(volumeToBus({}).isEmpty());
    }

    void eachOptionComesThrough() {
        ContainerOptions named;
        visitOptions(named, [](const char* key, auto&) {
            ContainerOptions sent;
            visitOptions(sent, [key](const char* other, auto& member) {
                if (std::string_view(key) == other)
                    test::makeOther(member);
            });
            const QVariantMap map = optionsToBus(sent);
            QCOMPARE(map.keys(), QStringList(QString::fromLatin1(key)));
            ContainerOptions received;
            optionsFromBus(map, received);
            QVERIFY2(received == sent, key);
        });
    }

    void aServiceHasItsCommandWithIt() {
        ContainerOptions sent;
        sent.command = {"sleep", "1"};
        sent.user = "7";
        ContainerOptions received;
        serviceFromBus(serviceToBus(sent), received);
        QVERIFY(received == sent);
    }

    void networksAndVolumesHaveTheWordsOfCreate() {
        StackNetwork network;
        network.driver = "macvlan";
        network.subnets = {"10.1.0.0/16"};
        network.icc = false;
        network.mtu = 1400;
        network.labels = {{"a", "b"}};
        const QVariantMap map = networkToBus(network);
        QCOMPARE(map.keys(),
                 (QStringList{QStringLiteral("driver"), QStringLiteral("icc"), QStringLiteral("labels"),
                              QStringLiteral("mtu"), QStringLiteral("subnet")}));
        StackNetwork receivedNetwork;
        networkFromBus(map, receivedNetwork);
        QVERIFY(receivedNetwork == network);

        StackVolume volume;
        volume.driverOptions = {{"type", "tmpfs"}};
        volume.labels = {{"a", "b"}};
        StackVolume receivedVolume;
        volumeFromBus(volumeToBus(volume), receivedVolume);
        QVERIFY(receivedVolume == volume);
    }
};
ESCALE_TEST(OptionsMapTest)

#include "options_map_test.moc"
