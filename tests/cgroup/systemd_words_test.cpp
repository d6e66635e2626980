// What is said to systemd: units' names, properties, and D-Bus messages as bytes. systemd itself is asked in
// tests/runtime/systemd_test.cpp.
#include "engine/cgroup/systemd_scope.h"
#include "tests/support/test_registry.h"

using namespace escale;

namespace {

template <class Value>
Value propertyOf(const UnitProperties& properties, const std::string& name) {
    for (const auto& [key, value] : properties) {
        if (key == name && std::holds_alternative<Value>(value))
            return std::get<Value>(value);
    }
    return {};
}

// JobRemoved as systemd sends it: u, o, s, s.
std::string jobRemoved() {
    std::string bytes("l\4\1\1", 4);
    const auto number = [&](std::uint32_t value) {
        bytes.resize((bytes.size() + 3) / 4 * 4);
        bytes.append(reinterpret_cast<const char*>(&value), 4);
    };
    const auto text = [&](const std::string& value) {
        number(static_cast<std::uint32_t>(value.size()));
        bytes += value + '\0';
    };
    number(41); // the body's size
    number(7);
    number(48); // the header fields' size
    bytes += std::string("\3\1s\0", 4);
    text("JobRemoved");
    bytes.resize(40);
    bytes += std::string("\x08\1g\0\4uoss\0", 10);
    bytes.resize(56);
    bytes += std::string("\5\1u\0", 4);
    number(9);
    bytes.resize(64);
    number(21);
    text("/org/job/21");
    text("a.scope");
    text("done");
    return bytes;
}

} // namespace

class SystemdWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPathNamesAUnitAndItsCgroup_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("unit");
        QTest::addColumn<QString>("cgroup");
        QTest::newRow("none") << ""
                              << "escale-web.scope"
                              << "/system.slice/escale-web.scope";
        QTest::newRow("whole") << "machine.slice:libpod:1f"
                               << "libpod-1f.scope"
                               << "/machine.slice/libpod-1f.scope";
        QTest::newRow("no slice") << ":a:b"
                                  << "a-b.scope"
                                  << "/system.slice/a-b.scope";
        QTest::newRow("no prefix") << "user.slice::b"
                                   << "b.scope"
                                   << "/user.slice/b.scope";
        QTest::newRow("nested") << "a-b-c.slice:x:y"
                                << "x-y.scope"
                                << "/a.slice/a-b.slice/a-b-c.slice/x-y.scope";
        QTest::newRow("root") << "-.slice:x:y"
                              << "x-y.scope"
                              << "/x-y.scope";
        QTest::newRow("escaped") << "a.slice:x:y+z"
                                 << "x-y\\x2bz.scope"
                                 << "/a.slice/x-y\\x2bz.scope";
    }
    void aPathNamesAUnitAndItsCgroup() {
        QFETCH(QString, path);
        QFETCH(QString, unit);
        QFETCH(QString, cgroup);
        const auto parsed = parseSystemdPath(path.toStdString(), "web");
        VERIFY_RESULT(parsed);
        QCOMPARE(parsed->name, unit.toStdString());
        QCOMPARE(parsed->cgroupPath(), cgroup.toStdString());
    }

    void aPathOfAnotherFormIsRefused_data() {
        QTest::addColumn<QString>("path");
        for (const char* path :
             {"/escale/web", "a.slice:b", "a.slice:b:c:d", "a:b:c", "a.slice:b:", "../x.slice:b:c",
              "a/b.slice:c:d", "-a.slice:b:c", "a--b.slice:c:d", ".slice:b:c"})
            QTest::newRow(path) << path;
    }
    void aPathOfAnotherFormIsRefused() {
        QFETCH(QString, path);
        const auto parsed = parseSystemdPath(path.toStdString(), "web");
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
        QVERIFY(parsed.error().text().find("slice:prefix:name") != std::string::npos);
    }

    void limitsBecomeProperties() {
        CgroupLimits limits;
        limits.memory = 64 << 20;
        limits.memorySwap = 96 << 20;
        limits.cpuShares = 1024;
        limits.cpuQuota = 50000;
        limits.cpuPeriod = 200000;
        limits.pids = 12;
        limits.cpus = "0,9-10";
        limits.unified = {{"memory.high", "max"}};
        const auto properties = limitProperties(limits, 2);
        QCOMPARE(propertyOf<std::uint64_t>(properties, "MemoryMax"), std::uint64_t(64 << 20));
        QCOMPARE(propertyOf<std::uint64_t>(properties, "MemorySwapMax"), std::uint64_t(32 << 20));
        QCOMPARE(propertyOf<std::uint64_t>(properties, "CPUWeight"), std::uint64_t(100));
        QCOMPARE(propertyOf<std::uint64_t>(properties, "CPUQuotaPerSecUSec"), std::uint64_t(250000));
        QCOMPARE(propertyOf<std::uint64_t>(properties, "CPUQuotaPeriodUSec"), std::uint64_t(200000));
        QCOMPARE(propertyOf<std::uint64_t>(properties, "TasksMax"), std::uint64_t(12));
        QCOMPARE(propertyOf<std::uint64_t>(properties, "MemoryHigh"), UINT64_MAX);
        QCOMPARE(propertyOf<std::vector<std::uint8_t>>(properties, "AllowedCPUs"),
                 (std::vector<std::uint8_t>{0x01, 0x06}));
    }

    void anIdleContainerHasTheIdleWeight() {
        CgroupLimits limits;
        limits.cpuIdle = 1;
        QCOMPARE(limitProperties(limits, 2), (UnitProperties{{"CPUWeight", std::uint64_t(0)}}));
        limits.cpuIdle = 0;
        QCOMPARE(limitProperties(limits, 2), (UnitProperties{{"CPUWeight", UINT64_MAX}}));
    }

    // There systemd would write "all devices" over our rules.
    void inV1SystemdKnowsTheDevices() {
        CgroupLimits limits;
        limits.cpuShares = 512;
        limits.devices = {{true, 'c', 4, 2, "rw"},    {false, 'a', -1, -1, "rwm"}, {true, 'c', -1, -1, "m"},
                          {true, 'c', 1, 3, "rwm"},   {true, 'b', 8, 0, "r"},      {true, 'a', 136, -1, "rw"},
                          {false, 'c', 136, 1, "rw"}, {true, 'c', -1, 7, "r"}};
        const auto properties = limitProperties(limits, 1);
        QCOMPARE(propertyOf<std::uint64_t>(properties, "CPUShares"), std::uint64_t(512));
        QCOMPARE(propertyOf<std::string>(properties, "DevicePolicy"), std::string("strict"));
        // Not 136, which a later rule denies in part.
        using List = std::vector<std::pair<std::string, std::string>>;
        QCOMPARE(
            properties.back(),
            (std::pair<std::string, UnitValue>(
                "DeviceAllow", List{{"char-*", "m"}, {"/dev/char/1:3", "rwm"}, {"/dev/block/8:0", "r"}})));
    }

    void annotationsBecomeProperties() {
        const auto properties =
            annotatedProperties({{"org.systemd.property.TimeoutStopSec", "5"},
                                 {"org.systemd.property.After", "['a.service', 'b.service']"},
                                 {"org.systemd.property.KillMode", "'mixed'"},
                                 {"org.systemd.property.SendSIGHUP", "true"},
                                 {"org.systemd.property.TasksMax", "uint64 7"},
                                 {"other", "x"}});
        VERIFY_RESULT(properties);
        QCOMPARE(properties->size(), std::size_t(5));
        QCOMPARE(propertyOf<std::uint64_t>(*properties, "TimeoutStopUSec"), std::uint64_t(5000000));
        QCOMPARE(propertyOf<std::vector<std::string>>(*properties, "After"),
                 (std::vector<std::string>{"a.service", "b.service"}));
        QCOMPARE(propertyOf<std::string>(*properties, "KillMode"), std::string("mixed"));
        QCOMPARE(propertyOf<bool>(*properties, "SendSIGHUP"), true);
        QCOMPARE(propertyOf<std::uint64_t>(*properties, "TasksMax"), std::uint64_t(7));
    }

    void anAnnotationThatIsNoPropertyIsRefused() {
        for (const char* value : {"", "mixed", "'a", "['a', b]", "uint64 x", "'a'b'"}) {
            const auto properties = annotatedProperties({{"org.systemd.property.KillMode", value}});
            QVERIFY2(!properties, value);
        }
        QVERIFY(!annotatedProperties({{"org.systemd.property.TimeoutStopSec", "'x'"}}));
        QVERIFY(!annotatedProperties({{"org.systemd.property.a b", "true"}}));
    }

    void aCallIsLaidOutAsTheSpecificationAsks() {
        const auto call = dbusCall(3, "StopUnit", DbusWriter().text("a").text("replace"));
        const auto parsed = parseDbusMessage(call);
        VERIFY_RESULT(parsed);
        QCOMPARE(parsed->member, std::string("StopUnit"));
        QCOMPARE(parsed->texts, (std::vector<std::string>{"a", "replace"}));
        QCOMPARE(call.substr(0, 8), std::string("l\1\0\1\x14\0\0\0", 8)); // 20 bytes of body
        QCOMPARE(call.substr(call.size() - 20), std::string("\1\0\0\0a\0\0\0\7\0\0\0replace\0", 20));
    }

    void propertiesAreAlignedToEightBytes() {
        DbusWriter body;
        body.properties({{"A", true}, {"BB", std::uint64_t(1)}});
        QCOMPARE(body.signature(), std::string("a(sv)"));
        const std::string expected("\x28\0\0\0\0\0\0\0"     // 40 bytes of array, after its padding
                                   "\1\0\0\0A\0\1b\0\0\0\0" // "A", signature b, padding to 4
                                   "\1\0\0\0"               // true
                                   "\2\0\0\0BB\0\1t\0"      // begins at a multiple of 8
                                   "\0\0\0\0\0\0"           // padding to 8
                                   "\1\0\0\0\0\0\0\0",
                                   48);
        QCOMPARE(QByteArray::fromStdString(body.bytes()).toHex(),
                 QByteArray::fromStdString(expected).toHex());
    }

    void aSignalIsRead() {
        const auto parsed = parseDbusMessage(jobRemoved());
        VERIFY_RESULT(parsed);
        QCOMPARE(parsed->kind, DbusMessage::Kind::Signal);
        QCOMPARE(parsed->replyTo, 9U);
        QCOMPARE(parsed->texts, (std::vector<std::string>{"/org/job/21", "a.scope", "done"}));
    }

    void whatLeadsOutsideIsRefused() {
        const std::string whole = jobRemoved();
        for (std::size_t size = 0; size < whole.size(); ++size)
            QVERIFY(!parseDbusMessage(std::string_view(whole).substr(0, size)));
        // Every byte at its largest, one by one: refused or read, never beyond the end (the sanitizers
        // watch).
        for (std::size_t i = 0; i < whole.size(); ++i) {
            std::string broken = whole;
            broken[i] = '\xff';
            [[maybe_unused]] const auto parsed = parseDbusMessage(broken);
        }
        std::string large = whole;
        large[6] = '\x7f'; // a body of 8 MiB
        QVERIFY(!dbusMessageSize(large));
    }
};

ESCALE_TEST(SystemdWordsTest)
#include "systemd_words_test.moc"
