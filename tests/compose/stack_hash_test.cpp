// A service's hash: the same for the same, another when its containers would be.
#include "engine/container/container_options_fields.h"
#include "engine/stack/stack.h"
#include "tests/support/other_value.h"
#include "tests/support/test_registry.h"

#include <set>

using namespace escale;

class StackHashTest : public QObject {
    Q_OBJECT

    static Stack sample() {
        Stack stack;
        stack.project = "shop";
        StackNetwork network;
        network.key = "default";
        network.name = "shop_default";
        StackVolume volume;
        volume.key = "data";
        volume.name = "shop_data";
        stack.networks = {network};
        stack.volumes = {volume};
        StackService web;
        web.name = "web";
        web.image = "nginx:1";
        web.options.environment = {"A=1"};
        web.options.network = "shop_default";
        web.options.mounts = {"type=volume,source=shop_data,target=/data"};
        StackFile file;
        file.path = "/run/secrets/key";
        file.contentDigest = "sha256:" + std::string(64, 'a');
        web.files = {file};
        StackHook hook;
        hook.command = {"true"};
        web.postStart = web.preStop = {hook};
        stack.services = {web};
        return stack;
    }
    static std::string hash(const Stack& stack) { return serviceHash(stack, stack.services.front()); }

private Q_SLOTS:
    // Whoever changes how hashes are made has everybody's containers made anew: let it be meant.
    void valuesStay() {
        const Stack stack = sample();
        QCOMPARE(hash(stack),
                 std::string("df491428be135e86fb55aa9f217accec9b8c574de6b101bc202e5a7607483921"));
        QCOMPARE(networkHash(stack.networks.front()),
                 std::string("8b819f18ecbaf1188360ea2ead006448229d9050faefd3764b799f787c78389c"));
        QCOMPARE(volumeHash(stack.volumes.front()),
                 std::string("4e9994dd3f18d2005754ebe423d777f4baca4d40768dce9f0f672cc616414856"));
    }

    void eachOptionCounts() {
        const std::string before = hash(sample());
        std::set<std::string> hashes{before};
        std::size_t count = 1;
        ContainerOptions named;
        visitOptions(named, [&](const char* key, auto&) {
            Stack stack = sample();
            visitOptions(stack.services.front().options, [key](const char* other, auto& member) {
                if (std::string_view(key) == other)
                    test::makeOther(member);
            });
            QVERIFY2(hash(stack) != before, key);
            hashes.insert(hash(stack));
            ++count;
        });
        QCOMPARE(hashes.size(), count);
    }

    void whatElseCounts() {
        const std::string before = hash(sample());
        const auto changed = [&before](const std::function<void(Stack&, StackService&)>& change) {
            Stack stack = sample();
            change(stack, stack.services.front());
            return hash(stack) != before;
        };
        QVERIFY(changed([](Stack&, StackService& s) { s.image = "nginx:2"; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.platform = "linux/arm64"; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.options.command = {"x"}; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.files.front().contentDigest.back() = 'b'; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.files.front().mode = 0400; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.files.front().user = 1; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.files.front().group = 1; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.files.front().path += "2"; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.postStart.front().user = "1"; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.postStart.front().privileged = true; }));
        QVERIFY(changed([](Stack&, StackService& s) { s.preStop.clear(); }));
        // Its networks and volumes are made anew with another configuration, and their containers with them.
        QVERIFY(changed([](Stack& s, StackService&) { s.networks.front().internal = true; }));
        QVERIFY(changed([](Stack& s, StackService&) { s.volumes.front().driverOptions["type"] = "tmpfs"; }));
    }

    void whatDoesNot() {
        const std::string before = hash(sample());
        Stack stack = sample();
        stack.workingDirectory = "/elsewhere";
        stack.configFiles = {"/elsewhere/compose.yaml"};
        stack.config = "services: {}";
        StackNetwork other;
        other.key = other.name = "other";
        stack.networks.push_back(other);
        StackService& web = stack.services.front();
        web.replicas = 5;
        web.pullPolicy = PullPolicy::Always;
        web.build = StackBuild{3, 4};
        web.files.front().source = 9;
        web.dependencies.emplace_back().service = "db";
        stack.services.emplace_back().name = "db";
        QCOMPARE(hash(stack), before);
        web.binds = {7};
        QCOMPARE(hash(stack), before);
    }

    void networksAndVolumes() {
        StackNetwork network;
        const std::string plain = networkHash(network);
        const auto changed = [&plain](const std::function<void(StackNetwork&)>& change) {
            StackNetwork other;
            change(other);
            return networkHash(other) != plain;
        };
        QVERIFY(changed([](StackNetwork& n) { n.name = "x"; }));
        QVERIFY(changed([](StackNetwork& n) { n.external = true; }));
        QVERIFY(changed([](StackNetwork& n) { n.driver = "macvlan"; }));
        QVERIFY(changed([](StackNetwork& n) { n.subnets = {"10.1.0.0/16"}; }));
        QVERIFY(changed([](StackNetwork& n) { n.ranges = {"10.1.0.0/24"}; }));
        QVERIFY(changed([](StackNetwork& n) { n.gateways = {"10.1.0.1"}; }));
        QVERIFY(changed([](StackNetwork& n) { n.ipv6 = true; }));
        QVERIFY(changed([](StackNetwork& n) { n.internal = true; }));
        QVERIFY(changed([](StackNetwork& n) { n.icc = false; }));
        QVERIFY(changed([](StackNetwork& n) { n.masquerade = false; }));
        QVERIFY(changed([](StackNetwork& n) { n.mtu = 1400; }));
        QVERIFY(changed([](StackNetwork& n) { n.parent = "eth0"; }));
        QVERIFY(changed([](StackNetwork& n) { n.mode = "l3"; }));
        QVERIFY(changed([](StackNetwork& n) { n.labels["a"] = "b"; }));
        QVERIFY(!changed([](StackNetwork& n) { n.key = "x"; }));
        QVERIFY(!changed([](StackNetwork& n) { n.driver = "bridge"; })); // what none means

        StackVolume volume;
        StackVolume local;
        local.driver = "local";
        QCOMPARE(volumeHash(volume), volumeHash(local));
        StackVolume labelled;
        labelled.labels["a"] = "b";
        QVERIFY(volumeHash(volume) != volumeHash(labelled));
    }
};
ESCALE_TEST(StackHashTest)

#include "stack_hash_test.moc"
