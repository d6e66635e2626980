#include "gui/client/engine_client.h"
#include "gui/containers/docker_options.h"
#include "gui/containers/option_changes.h"
#include "tests/support/test_registry.h"

using namespace escale::gui;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

RunRequest request(const QVariantMap& options) {
    return {u("debian:12"), {}, options};
}

} // namespace

class OptionChangesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theImagesLabelsAreNotTheContainers() {
        // A newer image brings its own.
        ContainerDetails details;
        details.options = {
            {u("labels"), QVariant::fromValue(TextMap{{u("version"), u("1")}, {u("mine"), u("x")}})}};
        details.image = {{u("labels"), QVariant::fromValue(TextMap{{u("version"), u("1")}})}};
        QCOMPARE(requestOf(details).options.value(u("labels")).value<TextMap>(),
                 (TextMap{{u("mine"), u("x")}}));
        details.options = {{u("labels"), QVariant::fromValue(TextMap{{u("version"), u("1")}})}};
        QVERIFY(!requestOf(details).options.contains(u("labels")));
    }

    void nothingChanges() {
        const RunRequest same = request({{u("memory"), qulonglong(1 << 30)}});
        QVERIFY(optionChanges(same, same).isEmpty());
        QVERIFY(dockerUpdateLines({}, same, u("web")).isEmpty());
    }

    void toSayTheDefaultChangesNothing() {
        QVERIFY(optionChanges(request({}),
                              request({{u("memory"), qulonglong(kDefaultMemory)}, {u("restart"), u("no")}}))
                    .isEmpty());
    }

    void oldAndNewAreShown() {
        const auto changes =
            optionChanges(request({{u("memory"), qulonglong(512 << 20)}, {u("user"), u("root")}}),
                          request({{u("memory"), qulonglong(1 << 30)}}));
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes[0].key, u("memory"));
        QCOMPARE(changes[0].before, u("512m"));
        QCOMPARE(changes[0].after, u("1g"));
        QVERIFY(changes[0].live);
        QCOMPARE(changes[1].key, u("user"));
        QCOMPARE(changes[1].before, u("root"));
        QVERIFY(changes[1].after.isEmpty());
        QVERIFY(!changes[1].live);
    }

    void anotherImageOrCommandNeedsANewContainer() {
        RunRequest after = request({});
        after.image = u("debian:13");
        after.command = {u("sh")};
        const auto changes = optionChanges(request({}), after);
        QCOMPARE(changes.size(), 2);
        QVERIFY(!changes[0].live && !changes[1].live);
    }

    void whatIsTakenAwayGetsItsDefault() {
        const RunRequest after = request({});
        const auto changes = optionChanges(
            request({{u("memory"), qulonglong(1 << 30)}, {u("cpus"), 2.0}, {u("restart"), u("always")}}),
            after);
        const QVariantMap options = updateOptions(changes, after);
        QCOMPARE(options.value(u("memory")).toLongLong(), kDefaultMemory);
        QCOMPARE(options.value(u("cpus")).toDouble(), 0.0);
        QCOMPARE(options.value(u("restart")).toString(), u("no"));
        QCOMPARE(options.size(), 3);
    }

    void theNameIsNoOptionOfUpdate() {
        const RunRequest after = request({{u("name"), u("db")}, {u("pids"), qlonglong(50)}});
        const auto changes = optionChanges(request({{u("name"), u("web")}}), after);
        QCOMPARE(updateOptions(changes, after).keys(), QStringList(u("pids")));
        QCOMPARE(dockerUpdateLines(changes, after, u("web")),
                 QStringList({u("docker update --pids-limit 50 web"), u("docker rename web db")}));
    }

    void aPolicyAndItsNumberAreOneWord() {
        const RunRequest after = request({{u("restart"), u("on-failure")}, {u("restart-max"), 3U}});
        const RunRequest before = request({{u("restart"), u("on-failure")}});
        QCOMPARE(dockerUpdateLines(optionChanges(before, after), after, u("web")),
                 QStringList(u("docker update --restart on-failure:3 web")));
        QCOMPARE(dockerUpdateLines(optionChanges(request({}), after), after, u("web")),
                 QStringList(u("docker update --restart on-failure:3 web")));
    }
};

ESCALE_TEST(OptionChangesTest)
#include "option_changes_test.moc"
