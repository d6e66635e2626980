#include "helper/validation/build_options.h"

#include "engine/base/json.h"
#include "helper/dbus/types.h"
#include "tests/support/test_registry.h"

#include <QDBusUnixFileDescriptor>
#include <QTest>

#include <cmath>
#include <sys/mman.h>

using namespace escale;

namespace {

QVariantMap one(const char* key, const QVariant& value) {
    return {{QLatin1String(key), value}};
}

bool isRefused(const QVariantMap& options) {
    const auto order = buildOrder(options);
    return !order && order.error().code == ErrorCode::InvalidArgument;
}

UniqueFd memory() {
    return UniqueFd(::memfd_create("secret", MFD_CLOEXEC));
}

} // namespace

class BuildOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { dbus::registerTypes(); }

    void withoutOptionsAllIsAsDockerHasIt() {
        const auto order = buildOrder({});
        VERIFY_RESULT(order);
        QCOMPARE(order->dockerfile, std::string("Dockerfile"));
        QCOMPARE(order->network, std::string("default"));
        QVERIFY(order->usesCache && !order->pulls && order->tags.empty());
        QCOMPARE(order->shmSize, std::uint64_t{64} << 20U);
    }
    void whatIsOutOfBoundsIsRefused() {
        QVERIFY(isRefused(one("name", QString(5000, u'x'))));
        QVERIFY(isRefused(one("name", QStringLiteral("a\nb"))));
        QVERIFY(isRefused(one("tags", QStringList{QString()})));
        QVERIFY(isRefused(one("tags", QStringList(65, QStringLiteral("a:1")))));
        QVERIFY(isRefused(one("cpus", std::nan(""))));
        QVERIFY(isRefused(one("cpus", -1.0)));
        QVERIFY(isRefused(one("memory", QVariant::fromValue(quint64{1}))));
        QVERIFY(isRefused(one("shm-size", QVariant::fromValue(quint64{0}))));
        QVERIFY(isRefused(one("network", QStringLiteral("container:x"))));
        QVERIFY(isRefused(one("allow", QStringList{QStringLiteral("everything")})));
        QVERIFY(isRefused(one("extra-hosts", QStringList{QStringLiteral(":1.2.3.4")})));
        QVERIFY(isRefused(one("insecure-registries", QStringList{QStringLiteral("host/path")})));
        dbus::TextMap large;
        large.insert(QStringLiteral("A"), QString(40'000, u'x'));
        QVERIFY(isRefused(one("arguments", QVariant::fromValue(large))));
        QVERIFY(isRefused(one("labels", QVariant::fromValue(dbus::TextMap{{QStringLiteral("a=b"), {}}}))));
    }
    void anAccountIsCompleteOrNone() {
        const auto account = [](const char* password, const char* token) {
            return one("accounts", QVariant::fromValue(dbus::RegistryAccounts{
                                       {QStringLiteral("registry.test:5000"), QStringLiteral("me"),
                                        QLatin1String(password), QLatin1String(token)}}));
        };
        const auto order = buildOrder(account("secret", ""));
        VERIFY_RESULT(order);
        QCOMPARE(order->registries.accounts.front().credentials.password, std::string("secret"));
        QVERIFY(isRefused(account("", "")));
        QVERIFY(isRefused(account("secret", "token")));
    }
    void secretsHaveIdsOfTheirOwn() {
        const UniqueFd file = memory();
        const auto lent = [&](const QStringList& ids) {
            dbus::NamedDescriptors list;
            for (const QString& id : ids)
                list.append({id, QDBusUnixFileDescriptor(file.get())});
            return one("secrets", QVariant::fromValue(list));
        };
        VERIFY_RESULT(buildOrder(lent({QStringLiteral("a"), QStringLiteral("b.c-d_e")})));
        QVERIFY(isRefused(lent({QStringLiteral("a"), QStringLiteral("a")})));
        QVERIFY(isRefused(lent({QStringLiteral("../a")})));
        QVERIFY(isRefused(lent({QString()})));
        // And an agent is a socket
        QVERIFY(isRefused(one("ssh", lent({QStringLiteral("default")}).value(QStringLiteral("secrets")))));
    }
    void whatIsKeptIsWhatWasAskedForWithoutSecrets() {
        const UniqueFd file = memory();
        QVariantMap options = one("tags", QStringList{QStringLiteral("a:1")});
        options.insert(QStringLiteral("arguments"),
                       QVariant::fromValue(dbus::TextMap{{QStringLiteral("A"), QStringLiteral("b")}}));
        options.insert(QStringLiteral("no-cache"), true);
        options.insert(QStringLiteral("cpus"), 1.5);
        options.insert(QStringLiteral("memory"), QVariant::fromValue(quint64{1} << 30U));
        options.insert(QStringLiteral("secrets"),
                       QVariant::fromValue(dbus::NamedDescriptors{
                           {QStringLiteral("s"), QDBusUnixFileDescriptor(file.get())}}));
        options.insert(QStringLiteral("accounts"),
                       QVariant::fromValue(dbus::RegistryAccounts{
                           {QStringLiteral("r.test"), QStringLiteral("me"), QStringLiteral("pass"), {}}}));
        const auto order = buildOrder(options);
        VERIFY_RESULT(order);
        const std::string kept = orderToJson(*order).dump();
        QVERIFY(kept.find("pass") == std::string::npos);
        const QVariantMap told = orderToBus(Json::parse(kept).value_or(Json()));
        QCOMPARE(told.value(QStringLiteral("tags")).toStringList(), QStringList{QStringLiteral("a:1")});
        QCOMPARE(told.value(QStringLiteral("secrets")).toStringList(), QStringList{QStringLiteral("s")});
        QCOMPARE(told.value(QStringLiteral("cpus")).toDouble(), 1.5);
        QCOMPARE(told.value(QStringLiteral("memory")).toULongLong(), quint64{1} << 30U);
        QVERIFY(told.value(QStringLiteral("no-cache")).toBool());
        QCOMPARE(told.value(QStringLiteral("arguments")).value<dbus::TextMap>().value(QStringLiteral("A")),
                 QStringLiteral("b"));
        QVERIFY(!told.contains(QStringLiteral("accounts")));
    }
    void theCachesKindsAreKnown() {
        QVERIFY(!cachePruneOrder(one("kinds", QStringList{QStringLiteral("layers")})));
        const auto order = cachePruneOrder(one("keep-bytes", QVariant::fromValue(quint64{5})));
        VERIFY_RESULT(order);
        QVERIFY(order->keepBytes == 5U && !order->until && order->kinds.empty());
    }
};

ESCALE_TEST(BuildOptionsTest)
#include "build_options_test.moc"
