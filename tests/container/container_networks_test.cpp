// Containers in networks: from their start to their end, connected and disconnected while they run, over
// restarts of the engine; with real packets.
#include "tests/container/container_machine.h"

#include "engine/base/file.h"

#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

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
