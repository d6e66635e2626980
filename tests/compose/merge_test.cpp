// Files over each other, as far as tags and places go; what each property does is in tests/data/compose/load.
#include "engine/stack/compose/merge.h"
#include "engine/stack/compose/parse_yaml.h"

#include "tests/compose/described.h"
#include "tests/support/test_registry.h"

using namespace escale::compose;

namespace {

Node yaml(const char* text, std::uint32_t file = 0) {
    Problems problems;
    return parseYaml(text, file, problems)->front();
}

std::string merged(const char* base, std::initializer_list<const char*> files,
                   const char* part = "services.web") {
    Node node = yaml(base);
    Problems problems;
    for (const char* file : files)
        mergeInto(node, yaml(file), part, problems);
    applyTags(node);
    return described(node) + described(problems);
}

} // namespace

class MergeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void joinsByProperty_data() {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("over");
        QTest::addColumn<QString>("result");
        QTest::newRow("scalar") << "{image: a}"
                                << "{image: b}"
                                << "{image: b}";
        QTest::newRow("null leaves") << "{image: a}"
                                     << "{image: }"
                                     << "{image: a}";
        QTest::newRow("null of a map leaves") << "{labels: {a: b}}"
                                              << "{labels: }"
                                              << "{labels: {a: b}}";
        QTest::newRow("null of a value replaces") << "{environment: {A: b}}"
                                                  << "{environment: {A: }}"
                                                  << "{environment: {A: null}}";
        QTest::newRow("map over nothing") << "{labels: }"
                                          << "{labels: {a: b}}"
                                          << "{labels: {a: b}}";
        QTest::newRow("command") << "{command: [a, b]}"
                                 << "{command: [c]}"
                                 << "{command: [c]}";
        QTest::newRow("command taken away") << "{command: [a]}"
                                            << "{command: }"
                                            << "{command: null}";
        QTest::newRow("plain lists") << "{x-a: [1]}"
                                     << "{x-a: [1, 2]}"
                                     << "{x-a: [1, 1, 2]}";
        QTest::newRow("lists of texts") << "{dns: [1, 2]}"
                                        << "{dns: [2, 3]}"
                                        << "{dns: [1, 2, 3]}";
        QTest::newRow("twice in one file") << "{}"
                                           << "{dns: [1, 1]}"
                                           << "{dns: [1]}";
        QTest::newRow("targets") << "{volumes: [{source: a, target: /x}, {source: b, target: /y}]}"
                                 << "{volumes: [{source: c, target: /x}]}"
                                 << "{volumes: [{source: c, target: /x}, {source: b, target: /y}]}";
        QTest::newRow("tmpfs") << "{tmpfs: ['/run:size=1', /a]}"
                               << "{tmpfs: [/run]}"
                               << "{tmpfs: [/run, /a]}";
        QTest::newRow("ports") << "{ports: [{target: 80, published: '80'}]}"
                               << "{ports: [{target: 80, published: '80', protocol: tcp}, {target: 80}]}"
                               << "{ports: [{target: 80, published: '80', protocol: tcp}, {target: 80}]}";
        QTest::newRow("hosts") << "{extra_hosts: {a: [1]}}"
                               << "{extra_hosts: {a: [1, 2], b: [3]}}"
                               << "{extra_hosts: {a: [1, 2], b: [3]}}";
        QTest::newRow("ulimits") << "{ulimits: {nofile: {soft: 1, hard: 2}}}"
                                 << "{ulimits: {nofile: 5}}"
                                 << "{ulimits: {nofile: 5}}";
        QTest::newRow("reset") << "{ports: [1], dns: [1]}"
                               << "{ports: !reset []}"
                               << "{dns: [1]}";
        QTest::newRow("reset of what is not there") << "{image: a}"
                                                    << "{ports: !reset []}"
                                                    << "{image: a}";
        QTest::newRow("override") << "{labels: {a: b}}"
                                  << "{labels: !override {c: d}}"
                                  << "{labels: {c: d}}";
        QTest::newRow("override below") << "{build: {args: {a: 1}, target: t}}"
                                        << "{build: {args: !override {b: 2}}}"
                                        << "{build: {args: {b: 2}, target: t}}";
    }
    void joinsByProperty() {
        QFETCH(QString, base);
        QFETCH(QString, over);
        QFETCH(QString, result);
        const auto text = merged(base.toUtf8().constData(), {over.toUtf8().constData()});
        QCOMPARE(QString::fromStdString(text).remove('\''), result.remove('\''));
    }

    void aLaterFileFillsWhatOneHasReset() {
        QCOMPARE(merged("{dns: [1]}", {"{dns: !reset []}", "{dns: [2]}"}), "{dns: [2]}");
    }

    void tagsOutliveAMergeSoThatTheyCountForAnother() {
        Node service = yaml("{dns: [1], labels: {a: b}}");
        Problems problems;
        mergeInto(service, yaml("{dns: !reset [], labels: !override {c: d}}"), "services.web", problems);
        Node earlier = yaml("{dns: [3], labels: {e: f}, image: x}");
        mergeInto(earlier, service, "services.web", problems);
        applyTags(earlier);
        QCOMPARE(described(earlier), "{labels: {c: d}, image: x}");
    }

    void placesAreThoseOfEachValue() {
        Node base = yaml("labels: {a: 1, b: 2}\nimage: x\n", 0);
        Problems problems;
        mergeInto(base, yaml("\n\nlabels: {b: 3}\n", 1), "services.web", problems);
        const auto place = [&](std::string_view key) { return base.at({"labels", key})->place; };
        QCOMPARE(place("a").file, 0U);
        QCOMPARE(place("b").file, 1U);
        QCOMPARE(place("b").line, 3U);
        QCOMPARE(base.find("labels")->entries[1].place.file, 1U); // the key's
        QCOMPARE(base.find("labels")->place.file, 0U);
    }

    void kindsThatDoNotFitAreTold() {
        QCOMPARE(merged("{x-a: [1]}", {"{x-a: {b: 1}}"}),
                 "{x-a: {b: 1}}error 1:7+0 a map cannot be merged with the list of an earlier file");
    }

    void largeMapsAreMergedInTime() {
        std::string text = "environment: {a: 1";
        for (int i = 0; i < 40000; ++i)
            text += ", v" + std::to_string(i) + ": x";
        text += "}";
        Node base = yaml(text.c_str());
        Problems problems;
        mergeInto(base, yaml(text.c_str()), "services.web", problems);
        QCOMPARE(base.find("environment")->entries.size(), 40001U);
    }
};

ESCALE_TEST(MergeTest)

#include "merge_test.moc"
