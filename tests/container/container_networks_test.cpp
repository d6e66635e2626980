// Containers in networks: from their start to their end, connected and disconnected while they run, over
// restarts of the engine; with real packets.
#include "tests/container/container_machine.h"

#include "engine/base/file.h"

#include <QProcess>

#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <mutex>
#include <random>
#include <thread>

using namespace escale;
using namespace escale::test;

class ContainerNetworksTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }
    Networks& networks() { return containers().networks(); }

    NetworkRecord make(const std::string& name, const std::function<void(NetworkOptions&)>& change = {},
                       uid_t owner = kAlice) {
        NetworkOptions options;
        options.name = name;
        if (change)
            change(options);
        const auto made = networks().create(owner, options);
        if (!made)
            qWarning("%s", made.error().text().c_str());
        return made.value_or(NetworkRecord());
    }
    std::string sleeper(const std::string& name, const std::string& network,
                        const ContainerMachine::Change& change = {}, uid_t owner = kAlice) {
        const auto id = m_machine->run(owner, {"sleep", "1000"}, [&](ContainerOptions& options) {
            options.name = name;
            options.network = network;
            options.stopTimeoutSeconds = 0;
            if (change)
                change(options);
        });
        if (!id)
            qWarning("%s", id.error().text().c_str());
        return id.value_or("");
    }
    // Exit status 0 of a shell's words in the container.
    bool does(const std::string& id, const std::string& words, uid_t owner = kAlice) {
        ExecOptions options;
        options.command = {"sh", "-c", words};
        options.detached = true;
        const auto started = containers().exec(owner, id, options);
        if (!started) {
            qWarning("%s", started.error().text().c_str());
            return false;
        }
        int exitCode = -1;
        eventually([&] {
            const auto state = containers().inspectExec(owner, started->id);
            exitCode = state && !state->running ? state->exitCode : -1;
            return !state || !state->running;
        });
        return exitCode == 0;
    }
    bool knows(const std::string& id, const std::string& name) { return does(id, "nslookup " + name); }
    bool finds(const std::string& id, const std::string& name, const std::string& address) {
        return does(id, "nslookup " + name + " | grep -q 'Address.*" + address + "'");
    }
    std::vector<std::string> addressesOf(const std::string& id, const NetworkRecord& network) {
        std::vector<std::string> texts;
        const auto members = networks().membersOf(network.network.id);
        for (const auto& member : *members) {
            if (member.container == id) {
                for (const auto& address : member.addresses)
                    texts.push_back(address.toString());
            }
        }
        return texts;
    }
    std::string addressOf(const std::string& id, const NetworkRecord& network) {
        const auto all = addressesOf(id, network);
        return all.empty() ? "" : all.front();
    }
    // For a test that fails: the interfaces of a container, as the machine sees them.
    QString whatIsIn(const std::string& id) {
        const auto pid = std::to_string(containers().find(kAlice, id)->pid);
        QProcess ip;
        ip.start(QStringLiteral("nsenter"),
                 {QStringLiteral("-t"), QString::fromStdString(pid), QStringLiteral("-n"),
                  QStringLiteral("ip"), QStringLiteral("addr")});
        ip.waitForFinished();
        return QString::fromLocal8Bit(ip.readAll());
    }
    bool reaches(const std::string& id, const std::string& address, uid_t owner = kAlice) {
        return does(id, "ping -c 1 -W 1 " + address, owner);
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
    }
    void init() {
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
        (void)::system("ip link del up0 2>/dev/null");
    }

    void containersOfANetworkReachEachOtherAndNobodyElse() {
        const auto web = make("web");
        const auto db = make("db");
        const auto one = sleeper("one", "web");
        const auto two = sleeper("two", "web");
        const auto other = sleeper("other", "db");
        QVERIFY(reaches(one, addressOf(two, web)));
        QVERIFY(!reaches(one, addressOf(other, db)));
        QVERIFY(!reaches(other, addressOf(one, web)));
    }

    void aContainerIsInSeveralNetworks() {
        const auto web = make("web");
        const auto db = make("db", [](NetworkOptions& options) { options.internal = true; });
        const auto front = sleeper("front", "web");
        const auto back = sleeper("back", "db");
        const auto both =
            sleeper("both", "web", [](ContainerOptions& options) { options.networks = {"name=db"}; });
        QVERIFY(reaches(both, addressOf(front, web)));
        QVERIFY(reaches(both, addressOf(back, db)));
        QVERIFY(does(both, "ip addr show eth1 | grep -q " + addressOf(both, db)));
        // Its way out is by the network that has one.
        QVERIFY(does(both, "ip route | grep -q 'default.*eth0'"));
    }

    void addressesAndMacAreThoseAskedFor() {
        const auto web = make("web", [](NetworkOptions& options) {
            options.subnets = {"10.77.0.0/24", "fd00:77::/64"};
        });
        const auto id = sleeper("one", "web", [](ContainerOptions& options) {
            options.ip = "10.77.0.50";
            options.ip6 = "fd00:77::50";
            options.macAddress = "02:42:00:00:00:aa";
        });
        QCOMPARE(addressesOf(id, web), (std::vector<std::string>{"10.77.0.50", "fd00:77::50"}));
        QVERIFY(does(id, "ip link show eth0 | grep -qi 02:42:00:00:00:aa"));
        QVERIFY(does(id, "ip addr show eth0 | grep -q 10.77.0.50/24"));
        QVERIFY(does(id, "ip addr show eth0 | grep -q fd00:77::50/64"));
    }

    void anAddressThatIsTakenIsRefusedAndSaysByWhom() {
        make("web", [](NetworkOptions& options) { options.subnets = {"10.77.0.0/24"}; });
        const auto fixed = [](ContainerOptions& options) { options.ip = "10.77.0.50"; };
        // Given a container that does not even run,
        const auto first = m_machine->create(kAlice, {"sleep", "9"}, [&](ContainerOptions& options) {
            options.network = "web";
            fixed(options);
        });
        VERIFY_RESULT(first);
        const auto second = m_machine->run(kAlice, {"sleep", "9"}, [&](ContainerOptions& options) {
            options.network = "web";
            fixed(options);
        });
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::InUse);
        QVERIFY2(second.error().message.find(first->substr(0, 12)) != std::string::npos,
                 second.error().message.c_str());
    }

    void anAddressOfAnotherSubnetIsRefusedAtOnce() {
        make("web", [](NetworkOptions& options) { options.subnets = {"10.77.0.0/24"}; });
        const auto id = m_machine->create(kAlice, {"true"}, [](ContainerOptions& options) {
            options.network = "web";
            options.ip = "10.78.0.50";
        });
        QVERIFY(!id);
        QCOMPARE(id.error().code, ErrorCode::InvalidArgument);
    }

    void anAddressIsNotUsedAgainAtOnce() {
        const auto web = make("web");
        const auto first = sleeper("one", "web");
        const auto address = addressOf(first, web);
        VERIFY_RESULT(containers().remove(kAlice, first, true));
        QVERIFY(addressOf(sleeper("two", "web"), web) != address);
    }

    void connectsAndDisconnectsWhileItRuns() {
        const auto web = make("web");
        const auto db = make("db");
        const auto id = sleeper("one", "web");
        const auto other = sleeper("other", "db");
        QVERIFY(!reaches(id, addressOf(other, db)));
        VERIFY_RESULT(containers().connectNetwork(kAlice, id, "db", {}));
        QVERIFY(reaches(id, addressOf(other, db)));
        QCOMPARE(containers().find(kAlice, id)->address, addressOf(id, web));
        // When it leaves the network that it reached the machine by, the other one takes over.
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, id, "web"));
        QVERIFY(!does(id, "ip link show eth0"));
        QVERIFY(does(id, "ip route | grep -q 'default.*eth1'"));
        QCOMPARE(containers().find(kAlice, id)->address, addressOf(id, db));
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, id, "db"));
        QVERIFY(!does(id, "ip link show eth1"));
        QVERIFY(containers().find(kAlice, id)->address.empty());
        // And back: where there is nothing else, by it.
        VERIFY_RESULT(containers().connectNetwork(kAlice, id, "web", {}));
        QVERIFY(does(id, "ip route | grep -q 'default.*eth0'"));
        QCOMPARE(containers().find(kAlice, id)->address, addressOf(id, web));
    }

    // Otherwise what a start makes would differ from what a connection does.
    void theFirstInterfaceHasTheDefaultRouteWhicheverCameFirst() {
        make("web");
        make("db");
        make("app");
        const auto id =
            sleeper("one", "web", [](ContainerOptions& options) { options.networks = {"name=db"}; });
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, id, "web"));
        QVERIFY(does(id, "ip route | grep -q 'default.*eth1'"));
        VERIFY_RESULT(containers().connectNetwork(kAlice, id, "app", {}));
        QVERIFY(does(id, "ip route | grep -q 'default.*eth0'"));
        QVERIFY(does(id, "test $(ip route | grep -c default) = 1"));
        for (const char* network : {"db", "app"})
            VERIFY_RESULT(containers().moveNetwork(kAlice, network));
        QVERIFY(does(id, "ip route | grep -q 'default.*eth0'"));
    }

    void aConnectionOutlivesTheRun() {
        const auto db = make("db");
        const auto id = sleeper("one", "bridge");
        VERIFY_RESULT(containers().connectNetwork(kAlice, id, "db", {}));
        VERIFY_RESULT(containers().stop(kAlice, id, 0, {}));
        QVERIFY(addressOf(id, db).empty());
        VERIFY_RESULT(containers().start(kAlice, id, {}));
        QVERIFY(!addressOf(id, db).empty());
        QVERIFY(does(id, "ip link show eth1"));
    }

    void refusesWhatMakesNoSense() {
        const auto web = make("web");
        const auto code = [](const Result<void>& result) {
            return result ? ErrorCode::Internal : result.error().code;
        };
        const auto alone = sleeper("alone", "none");
        QCOMPARE(code(containers().connectNetwork(kAlice, alone, "web", {})), ErrorCode::WrongState);
        const auto id = sleeper("one", "web");
        QCOMPARE(code(containers().connectNetwork(kAlice, id, "web", {})), ErrorCode::AlreadyExists);
        QCOMPARE(code(containers().connectNetwork(kAlice, id, "nowhere", {})), ErrorCode::NotFound);
        QCOMPARE(code(containers().disconnectNetwork(kAlice, id, "bridge")), ErrorCode::NotFound);
        QCOMPARE(code(networks().remove(*networks().find(kAlice, "bridge"))), ErrorCode::WrongState);
        const auto removed = networks().remove(web);
        QCOMPARE(code(removed), ErrorCode::InUse);
        QVERIFY2(removed.error().message.find("one") != std::string::npos, removed.error().message.c_str());
    }

    void peoplesNetworksAreTheirOwn() {
        make("web");
        const auto mine = sleeper("one", "bridge");
        const auto bobs = networks().find(kBob, "web");
        QVERIFY(!bobs);
        QCOMPARE(bobs.error().code, ErrorCode::NotFound);
        // Their default networks are two, with two interfaces.
        const auto alices = networks().find(kAlice, "bridge");
        const auto bobsDefault = networks().find(kBob, "bridge");
        VERIFY_RESULT(alices);
        VERIFY_RESULT(bobsDefault);
        QVERIFY(alices->network.interface != bobsDefault->network.interface);
        QVERIFY(!alices->network.pools.front().subnet.overlaps(bobsDefault->network.pools.front().subnet));
    }

    void aNetworkGoesWithAllThatWasMadeForIt() {
        const auto before = m_machine->picture();
        const auto web = make("web");
        const auto id = sleeper("one", "web");
        QVERIFY(::if_nametoindex(web.network.interface.c_str()) != 0);
        VERIFY_RESULT(containers().remove(kAlice, id, true));
        const auto gone = networks().prune(kAlice, 0, {});
        VERIFY_RESULT(gone);
        QCOMPARE(gone->size(), std::size_t(1));
        QVERIFY(::if_nametoindex(web.network.interface.c_str()) == 0);
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }

    void pruneSparesWhatIsUsedAndWhatHasNotTheLabel() {
        make("used");
        make("tagged", [](NetworkOptions& options) { options.labels = {{"stage", "test"}}; });
        make("plain");
        sleeper("one", "used");
        const auto tagged = networks().prune(kAlice, 0, {"stage=test"});
        VERIFY_RESULT(tagged);
        QCOMPARE(tagged->size(), std::size_t(1));
        QCOMPARE(tagged->front().network.name, std::string("tagged"));
        const auto rest = networks().prune(kAlice, 0, {});
        VERIFY_RESULT(rest);
        QCOMPARE(rest->size(), std::size_t(1));
        QCOMPARE(rest->front().network.name, std::string("plain"));
    }

    void aNewEngineKnowsWhoHasWhat() {
        const auto web = make("web");
        const auto one = sleeper("one", "web");
        const auto address = addressOf(one, web);
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(addressOf(one, web), address);
        const auto two = sleeper("two", "web");
        QVERIFY(addressOf(two, web) != address);
        QVERIFY(reaches(two, address));
        VERIFY_RESULT(containers().connectNetwork(kAlice, one, "bridge", {}));
        QVERIFY(does(one, "ip link show eth1"));
    }

    void whatAForeignToolTookAwayIsPutBack() {
        const auto web = make("web");
        const auto one = sleeper("one", "web");
        const auto two = sleeper("two", "web");
        QVERIFY(::system("nft flush ruleset") == 0);
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        // The rules of the network, and the guard of each container.
        QVERIFY(eventually([&] {
            const auto rules = networks().rulesOf(web, two);
            return rules && rules->size() == 5;
        }));
        QVERIFY(reaches(one, addressOf(two, web)));
    }

    void movesToAFreeSubnetWhenAVpnComesUp() {
        const auto web = make("web", [](NetworkOptions& options) { options.subnets = {"10.77.0.0/24"}; });
        const auto one = sleeper("one", "web", [](ContainerOptions& o) { o.ip = "10.77.0.9"; });
        const auto two = sleeper("two", "web");
        QVERIFY(Networks::overlapOf(web, *networks().foreignRoutes()).empty());
        // Given a VPN that routes a part of the network's subnet elsewhere,
        QVERIFY(::system("ip link add vpn0 type veth peer name vpn1 && ip link set vpn0 up && "
                         "ip link set vpn1 up && ip route add 10.77.0.128/25 dev vpn0") == 0);
        const auto overlap = Networks::overlapOf(web, *networks().foreignRoutes());
        QCOMPARE(overlap, std::string("a route of this machine by vpn0 (10.77.0.128/25)"));
        const auto moved = containers().moveNetwork(kAlice, "web");
        QVERIFY(::system("ip link del vpn0") == 0);
        VERIFY_RESULT(moved);
        QVERIFY(!moved->network.pools.front().subnet.overlaps(*IpSubnet::parse("10.77.0.0/24")));
        QVERIFY(moved->network.pools.front().subnet.contains(*IpAddress::parse(addressOf(one, web))));
        QVERIFY(reaches(one, addressOf(two, web)));
        QCOMPARE(containers().find(kAlice, one)->address, addressOf(one, web));
        VERIFY_RESULT(containers().stop(kAlice, one, 0, {}));
        VERIFY_RESULT(containers().start(kAlice, one, {}));
    }

    void tellsWhenAVpnComesInTheWay() {
        const auto web = make("web", [](NetworkOptions& options) { options.subnets = {"10.77.0.0/24"}; });
        make("db");
        const auto events = [this] {
            std::vector<std::string> found;
            for (const auto& event : containers().events().list(kAlice, {0, 0, {"event=overlap"}}))
                found.push_back(event.attributes.at("name") + ": " + event.attributes.at("route"));
            return found;
        };
        std::atomic<int> changes = 0;
        containers().onNetworkChanged([&](uid_t owner, const std::string& id) {
            changes += owner == kAlice && id == web.network.id ? 1 : 0;
        });
        // When something else gets a route,
        QVERIFY(::system("ip link add vpn0 type veth peer name vpn1 && ip link set vpn0 up && "
                         "ip link set vpn1 up && ip route add 10.99.0.0/24 dev vpn0") == 0);
        // and then a VPN one in the way of a network, then its owner is told of that network, once.
        QVERIFY(::system("ip route add 10.77.0.128/25 dev vpn0") == 0);
        QVERIFY(eventually([&] { return !events().empty(); }));
        QVERIFY(::system("ip route add 10.77.0.64/26 dev vpn0") == 0);
        // The list changes when it goes, too.
        QVERIFY(eventually([&] { return changes >= 1; }));
        const int before = changes;
        QVERIFY(::system("ip link del vpn0") == 0);
        QVERIFY(eventually([&] { return changes > before; }));
        QCOMPARE(events(), std::vector<std::string>{"web: a route of this machine by vpn0 (10.77.0.128/25)"});
        QVERIFY(containers().events().list(kBob, {0, 0, {"event=overlap"}}).empty());
        containers().onNetworkChanged({});
    }

    void aNetworkThatCannotMoveStaysAsItIs() {
        const auto web = make("web", [](NetworkOptions& options) { options.subnets = {"10.77.0.0/24"}; });
        const auto one = sleeper("one", "web", [](ContainerOptions& o) { o.ip = "10.77.0.9"; });
        const auto two = sleeper("two", "web");
        // Given somebody who is just about to join it,
        EndpointRecord joining;
        joining.container = "somebody";
        joining.network = web.network.id;
        VERIFY_RESULT(networks().reserve(joining));
        const auto moved = containers().moveNetwork(kAlice, "web");
        QVERIFY(!moved);
        QCOMPARE(moved.error().code, ErrorCode::InUse);
        QCOMPARE(addressOf(one, web), std::string("10.77.0.9"));
        QVERIFY(reaches(two, "10.77.0.9"));
        QVERIFY(does(one, "ip route | grep -q 'default.*eth0'"));
        // and whom it cannot be removed from under.
        const auto removed = networks().remove(web);
        QCOMPARE(removed.error().code, ErrorCode::InUse);
        networks().release(joining);
        VERIFY_RESULT(containers().moveNetwork(kAlice, "web"));
        QVERIFY(reaches(two, addressOf(one, web)));
    }

    void aNetworkCanBeRemovedAsSoonAsItsContainersHave() {
        const auto web = make("web");
        const auto one = sleeper("one", "web");
        VERIFY_RESULT(containers().remove(kAlice, one, true));
        VERIFY_RESULT(networks().remove(web));
        make("web");
        QVERIFY(!sleeper("one", "web").empty());
    }

    void whatIsNoAddressForAContainerIsRefusedAtOnce() {
        make("web", [](NetworkOptions& options) { options.subnets = {"10.77.0.0/24"}; });
        for (const char* address : {"10.77.0.1", "10.77.0.0", "10.77.0.255"}) {
            const auto id = m_machine->create(kAlice, {"true"}, [&](ContainerOptions& options) {
                options.network = "web";
                options.ip = address;
            });
            QVERIFY2(!id, address);
            QCOMPARE(id.error().code, ErrorCode::InvalidArgument);
        }
    }

    // The former engine was killed in the middle of a change, or somebody was at the interfaces meanwhile.
    void aNewEngineMakesInterfacesAsTheRecordsSay() {
        const auto web = make("web");
        const auto db = make("db");
        const auto one = sleeper("one", "web");
        const auto two = sleeper("two", "web");
        const auto hostInterface = networks().membersOf(web.network.id)->front().hostInterface();
        // Given one that was attached and not recorded yet,
        EndpointRecord half;
        half.container = one;
        half.network = db.network.id;
        half.position = 1;
        VERIFY_RESULT(networks().reserve(half));
        VERIFY_RESULT(networks().attach(half, false, containers().find(kAlice, one)->pid));
        QVERIFY(does(one, "ip link show eth1"));
        // and one that is recorded, and not there,
        m_machine->close();
        QCOMPARE(::system(("ip link del " + hostInterface).c_str()), 0);
        VERIFY_RESULT(m_machine->open());
        QVERIFY(!does(one, "ip link show eth1"));
        QVERIFY(reaches(one, addressOf(two, web)));
        QVERIFY(reaches(two, addressOf(one, web)));
        QVERIFY(does(one, "ip route | grep -q 'default.*eth0'"));
        VERIFY_RESULT(containers().connectNetwork(kAlice, one, "db", {}));
    }

    void everyInterfaceIsCounted() {
        make("web");
        const auto db = make("db");
        const auto id = sleeper("one", "web");
        const auto names = [&] {
            std::string text;
            const auto stats = containers().stats(kAlice, id);
            for (const auto& interface : stats ? stats->interfaces : std::vector<InterfaceStats>())
                text += (text.empty() ? "" : " ") + interface.name;
            return text;
        };
        QCOMPARE(names(), std::string("eth0"));
        VERIFY_RESULT(containers().connectNetwork(kAlice, id, "db", {}));
        QCOMPARE(names(), std::string("eth0 eth1"));
        QVERIFY(reaches(id, db.network.pools.front().gateway.toString()));
        QVERIFY(eventually([&] {
            const auto stats = containers().stats(kAlice, id);
            return stats && stats->interfaces.back().counters.sentPackets > 0;
        }));
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, id, "web"));
        QCOMPARE(names(), std::string("eth1"));
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(names(), std::string("eth1"));
    }

    void aConnectionThatFailsLateLeavesItAsItWas() {
        QVERIFY(::system("ip link add up0 type veth peer name up1 && ip link set up0 up && "
                         "ip link set up1 up") == 0);
        make("web");
        const auto lan = make("lan", [](NetworkOptions& options) {
            options.driver = "macvlan";
            options.parent = "up0";
            options.subnets = {"10.88.0.0/24"};
            options.gateways = {"10.88.0.1"};
        });
        const auto id = sleeper("one", "web", [](ContainerOptions& o) { o.publish = {"18080:80"}; });
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, id, "web"));
        // Given ports that the only network which is left cannot publish,
        const auto connected = containers().connectNetwork(kAlice, id, "lan", {});
        QVERIFY(!connected);
        QVERIFY(networks().membersOf(lan.network.id)->empty());
        QVERIFY(!does(id, "ip link show eth0"));
        QVERIFY(containers().find(kAlice, id)->address.empty());
        VERIFY_RESULT(containers().connectNetwork(kAlice, id, "web", {}));
        VERIFY_RESULT(networks().remove(lan));
        QVERIFY(::system("ip link del up0") == 0);
    }

    void interfacesOnTheLinkAreCountedInside() {
        QVERIFY(::system("ip link add up0 type veth peer name up1 && ip link set up0 up && "
                         "ip link set up1 up && ip addr add 10.88.0.1/24 dev up1") == 0);
        make("lan", [](NetworkOptions& options) {
            options.driver = "macvlan";
            options.parent = "up0";
            options.subnets = {"10.88.0.0/24"};
            options.gateways = {"10.88.0.1"};
        });
        const auto id = sleeper("one", "lan");
        QVERIFY(reaches(id, "10.88.0.1"));
        QVERIFY(eventually([&] {
            const auto stats = containers().stats(kAlice, id);
            return stats && stats->interfaces.size() == 1 && stats->interfaces.front().name == "eth0" &&
                   stats->interfaces.front().counters.sentPackets > 0;
        }));
        VERIFY_RESULT(containers().remove(kAlice, id, true));
        QVERIFY(::system("ip link del up0") == 0);
    }

    void aParentHasOneDriverAndOneModeOfIpvlan() {
        QVERIFY(::system("ip link add up0 type veth peer name up1 && ip link set up0 up") == 0);
        const auto problems = [&](const char* driver, const char* mode, const char* parent = "up0") {
            NetworkOptions options;
            options.name = "other";
            options.driver = driver;
            options.mode = mode;
            options.parent = parent;
            options.subnets = {"10.99.0.0/24"};
            std::string text;
            const auto plan = networks().check(kBob, options);
            for (const auto& problem : plan->problems)
                text += problem.option + ": " + problem.error.message + "\n";
            return text;
        };
        make("lan", [](NetworkOptions& options) {
            options.driver = "ipvlan";
            options.mode = "l3";
            options.parent = "up0";
            options.subnets = {"10.88.0.0/24"};
        });
        QCOMPARE(problems("ipvlan", "l3"), std::string());
        QCOMPARE(problems("ipvlan", ""),
                 std::string("mode: the interface up0 is shared by ipvlan in the mode "
                             "l3 already, for another user's network\n"));
        QCOMPARE(problems("macvlan", ""),
                 std::string("parent: the interface up0 is shared by ipvlan already, "
                             "for another user's network\n"));
        QCOMPARE(problems("macvlan", "", "up1"), std::string());
        QCOMPARE(problems("macvlan", "", "up1.7"), std::string());
        QCOMPARE(problems("macvlan", "", "up2"), std::string("parent: this machine has no interface up2\n"));
        QVERIFY(problems("macvlan", "", "lo").starts_with("parent: the interface lo cannot be"));
        QVERIFY(!problems("macvlan", "", "up1\"; flush ruleset").empty());
        QVERIFY(::system("ip link del up0") == 0);
    }

    void manyWhoChangeAllAtOnceLeaveNothing() {
        constexpr int kThreads = 6;
        constexpr int kActions = 200;
        const Texts containerNames{"c0", "c1", "c2", "c3"};
        const Texts networkNames{"n0", "n1", "n2"};
        const auto before = m_machine->picture();
        std::mutex mutex;
        Texts surprises;
        const auto work = [&](unsigned seed) {
            std::mt19937 random(seed);
            const auto any = [&](const Texts& names) { return names[random() % names.size()]; };
            const auto act = [&]() -> Result<void> {
                const std::string container = any(containerNames);
                const std::string network = any(networkNames);
                switch (random() % 12) {
                case 0:
                case 1: {
                    const auto id = m_machine->run(kAlice, {"sleep", "1000"}, [&](ContainerOptions& options) {
                        options.name = container;
                        options.network = network;
                        options.networkAliases = {"all"};
                        options.stopTimeoutSeconds = 0;
                        options.removeWhenStopped = random() % 3 == 0;
                        options.publish = {"80"};
                    });
                    return id ? Result<void>() : Result<void>(fail(id.error()));
                }
                case 2:
                    return containers().remove(kAlice, container, true);
                case 3:
                    return containers().stop(kAlice, container, 0, {});
                case 4:
                    return containers().start(kAlice, container, {});
                case 5:
                    return containers().rename(kAlice, container, any(containerNames));
                case 6:
                case 7:
                    return containers().connectNetwork(kAlice, container, network, {});
                case 8:
                    return containers().disconnectNetwork(kAlice, container, network);
                case 9: {
                    const auto moved = containers().moveNetwork(kAlice, network);
                    return moved ? Result<void>() : Result<void>(fail(moved.error()));
                }
                case 10: {
                    TRY_ASSIGN(const auto record, networks().find(kAlice, network));
                    return networks().remove(record);
                }
                default: {
                    NetworkOptions options;
                    options.name = network;
                    options.ipv6 = random() % 2 == 0;
                    options.internal = random() % 4 == 0;
                    const auto made = networks().create(kAlice, options);
                    return made ? Result<void>() : Result<void>(fail(made.error()));
                }
                }
            };
            for (int i = 0; i < kActions; ++i) {
                const auto done = act();
                if (done)
                    continue;
                const auto code = done.error().code;
                if (code == ErrorCode::NotFound || code == ErrorCode::WrongState ||
                    code == ErrorCode::InUse || code == ErrorCode::AlreadyExists ||
                    code == ErrorCode::InvalidArgument)
                    continue;
                const std::lock_guard lock(mutex);
                surprises.push_back(done.error().text());
            }
        };
        std::vector<std::thread> threads;
        for (unsigned i = 0; i < kThreads; ++i)
            threads.emplace_back(work, i + 1);
        for (auto& thread : threads)
            thread.join();
        for (const auto& text : surprises)
            qWarning("%s", text.c_str());
        QCOMPARE(surprises.size(), std::size_t(0));
        // What runs is in the networks that its records say, and in no others.
        const auto all = containers().list(kAlice);
        VERIFY_RESULT(all);
        for (const auto& one : *all) {
            if (one.state != ContainerState::Running)
                continue;
            std::string wanted;
            const auto endpoints = networks().endpointsOf(one.id);
            for (const auto& endpoint : *endpoints) {
                wanted += endpoint.inside() + "\n";
                const std::string address =
                    endpoint.addresses.empty() ? "no address" : endpoint.addresses.front().toString();
                QVERIFY2(
                    does(one.id, "ip addr show " + endpoint.inside() + " | grep -q '" + address + "/'"),
                    qPrintable(whatIsIn(one.id) + QString::fromStdString(endpoint.inside() + " " + address)));
            }
            QVERIFY2(
                does(one.id, "test \"$(ls /sys/class/net | grep eth)\" = \"" +
                                 wanted.substr(0, wanted.size() - std::min<std::size_t>(1, wanted.size())) +
                                 "\""),
                qPrintable(whatIsIn(one.id) + QString::fromStdString(wanted)));
        }
        VERIFY_RESULT(containers().purge());
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }

    void containersFindEachOtherByName() {
        const auto web = make("web");
        make("db");
        const auto one = sleeper("one", "web");
        const auto two = sleeper("two", "web", [](ContainerOptions& options) {
            options.networkAliases = {"front"};
            options.hostname = "second";
        });
        sleeper("other", "db");
        for (const char* name : {"two", "front", "second", "two.web"})
            QVERIFY2(finds(one, name, addressOf(two, web)), name);
        QVERIFY(finds(one, two.substr(0, 12), addressOf(two, web)));
        QVERIFY(does(one, "nslookup " + addressOf(two, web) + " | grep -q two"));
        QVERIFY(!knows(one, "other"));
        // Who comes and goes is known at once,
        VERIFY_RESULT(containers().rename(kAlice, two, "deux"));
        QVERIFY(finds(one, "deux", addressOf(two, web)));
        QVERIFY(!knows(one, "two"));
        VERIFY_RESULT(containers().stop(kAlice, two, 0, {}));
        QVERIFY(!knows(one, "deux"));
        // also on a network that is joined while it runs.
        VERIFY_RESULT(containers().connectNetwork(kAlice, one, "db", {}));
        QVERIFY(knows(one, "other"));
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, one, "web"));
        QVERIFY(knows(one, "other"));
    }

    void aContainerThatJoinsItsFirstNetworkWithNamesUsesThem() {
        const auto web = make("web");
        const auto two = sleeper("two", "web");
        const auto one = sleeper("one", "bridge");
        QVERIFY(!knows(one, "two"));
        VERIFY_RESULT(containers().connectNetwork(kAlice, one, "web", {}));
        QVERIFY(finds(one, "two", addressOf(two, web)));
        QVERIFY(does(one, "grep -q " + addressOf(one, web) + " /etc/hosts"));
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, one, "web"));
        QVERIFY(!knows(one, "two"));
        QVERIFY(!does(one, "grep -q " + addressOf(two, web).substr(0, 7) + " /etc/resolv.conf"));
    }

    void severalWithOneAliasTakeTurns() {
        const auto web = make("web");
        const auto shared = [](ContainerOptions& options) { options.networkAliases = {"pool"}; };
        const auto one = sleeper("one", "web", shared);
        const auto two = sleeper("two", "web", shared);
        const auto client = sleeper("client", "web");
        QVERIFY(finds(client, "pool", addressOf(one, web)));
        QVERIFY(finds(client, "pool", addressOf(two, web)));
    }

    void namesOutliveTheEngine() {
        const auto web = make("web");
        const auto one = sleeper("one", "web");
        const auto two = sleeper("two", "web");
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QVERIFY(finds(one, "two", addressOf(two, web)));
        const auto three = sleeper("three", "web");
        QVERIFY(finds(one, "three", addressOf(three, web)));
        QVERIFY(finds(three, "one", addressOf(one, web)));
    }

    void anotherNameServerIsNoReasonNotToStart() {
        const auto web = make("web");
        const auto one = sleeper("one", "web");
        VERIFY_RESULT(containers().stop(kAlice, one, 0, {}));
        QVERIFY(containers().namesProblem().empty());
        // Given somebody else at port 53 of every address,
        const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_port = htons(53);
        QCOMPARE(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here), 0);
        VERIFY_RESULT(containers().start(kAlice, one, {}));
        QVERIFY2(containers().namesProblem().find("53") != std::string::npos,
                 containers().namesProblem().c_str());
    }

    void inspectSaysHowItIsConnectedNow() {
        make("web", [](NetworkOptions& options) { options.subnets = {"10.77.0.0/24"}; });
        make("db");
        const auto id = sleeper("one", "bridge");
        EndpointRequest request;
        request.ip = *IpAddress::parse("10.77.0.9");
        request.aliases = {"front"};
        VERIFY_RESULT(containers().connectNetwork(kAlice, id, "web", request));
        VERIFY_RESULT(containers().disconnectNetwork(kAlice, id, "bridge"));
        VERIFY_RESULT(containers().connectNetwork(kAlice, id, "db", {}));
        const auto options = containers().currentOptions(*containers().find(kAlice, id));
        VERIFY_RESULT(options);
        // The first interface that was free is the newest network's.
        QCOMPARE(options->network, std::string("db"));
        QCOMPARE(options->networks, (Texts{"name=web,alias=front,ip=10.77.0.9"}));
        for (const char* network : {"db", "web"})
            VERIFY_RESULT(containers().disconnectNetwork(kAlice, id, network));
        QCOMPARE(containers().currentOptions(*containers().find(kAlice, id))->network, std::string("none"));
    }
};

ESCALE_TEST(ContainerNetworksTest)
#include "container_networks_test.moc"
