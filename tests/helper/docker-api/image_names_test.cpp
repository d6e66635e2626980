// Which image is meant, which are listed, and which names go: without a machine.
#include "engine/base/clock.h"
#include "helper/docker-api/images/image_details.h"
#include "helper/docker-api/images/image_list.h"
#include "helper/docker-api/images/image_removal.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::docker_api;

class DockerImageNamesTest : public QObject {
    Q_OBJECT
    static std::string id(char digit, std::size_t same = 64) {
        return "sha256:" + std::string(same, digit) + std::string(64 - same, '0');
    }
    static dbus::Image image(const std::string& digest, const char* repository, const char* tag,
                             qint64 created = 0) {
        dbus::Image image;
        image.digest = QString::fromStdString(digest);
        image.repository = QLatin1String(repository);
        image.tag = QLatin1String(tag);
        image.created = created;
        return image;
    }
    static std::vector<KnownImage> images() {
        return groupedByImage({image(id('a'), "docker.io/library/demo", "1", 1'000'000),
                               image(id('b'), "docker.io/library/demo", "2", 2'000'000),
                               image(id('b'), "localhost:5000/team/demo", "2", 2'000'000),
                               image(id('b', 8), "docker.io/library/old", "", 3'000'000),
                               image(id('c'), "localhost/build", "", 4'000'000)});
    }
    static Query filtersOf(const Json& filters) {
        std::string text;
        for (const char c : filters.dump()) {
            std::array<char, 4> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "%%%02X", static_cast<unsigned char>(c));
            text += escaped.data();
        }
        return Query::parse("filters=" + text);
    }
    static QStringList listed(const std::string& key, const std::string& value) {
        const auto filters = Filters::parse(filtersOf(Json().set(key, Json::strings({value}))),
                                            {"reference", "label", "dangling", "before", "since", "until"});
        const auto found = filteredImages(images(), *filters);
        QStringList list;
        if (!found)
            return {QString::fromStdString(found.error().message)};
        for (const KnownImage& one : *found) {
            const auto tags = one.tags();
            list.append(tags.empty() ? QString::fromStdString(shortId(one.id))
                                     : QString::fromStdString(tags.front()));
        }
        return list;
    }
    static FoundImage found(const char* text) { return *findImage(images(), text); }

private Q_SLOTS:
    void findsAnImage_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("digest");
        const auto row = [](const char* name, const std::string& text, const std::string& digest) {
            QTest::newRow(name) << QString::fromStdString(text) << QString::fromStdString(digest);
        };
        row("by its name", "demo:1", id('a'));
        row("by its full name", "docker.io/library/demo:1", id('a'));
        row("by another registry's name", "localhost:5000/team/demo:2", id('b'));
        row("by name and digest", "demo@" + id('b'), id('b'));
        row("by its digest", id('a'), id('a'));
        row("by the digits alone", std::string(64, 'a'), id('a'));
        row("by a few digits", "aaa", id('a'));
        row("by the beginning of a digest", "sha256:cc", id('c'));
    }
    void findsAnImage() {
        QFETCH(const QString, text);
        QFETCH(const QString, digest);
        const auto image = findImage(images(), text.toStdString());
        VERIFY_RESULT(image);
        QCOMPARE(QString::fromStdString(image->image.id), digest);
    }
    void findsNone_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("another tag") << "demo:3";
        QTest::newRow("latest, when no tag is said") << "demo";
        QTest::newRow("a digest that is another repository's") << QString::fromStdString("other@" + id('a'));
        QTest::newRow("digits") << "dead";
    }
    void findsNone() {
        QFETCH(const QString, text);
        const auto image = findImage(images(), text.toStdString());
        QVERIFY(!image);
        QCOMPARE(image.error().code, ErrorCode::NotFound);
        QCOMPARE(image.error().message, "No such image: " + text.toStdString());
    }
    void refusesDigitsOfSeveral() {
        const auto image = findImage(images(), "bbbb");
        QVERIFY(!image);
        QCOMPARE(image.error().code, ErrorCode::InvalidArgument);
    }
    void refusesWhatIsNoName() {
        const auto image = findImage(images(), "No Such:Name");
        QVERIFY(!image);
        QCOMPARE(image.error().code, ErrorCode::InvalidArgument);
    }
    void showsNamesAsPeopleWriteThem() {
        const auto all = images();
        QCOMPARE(all.at(1).tags(), (std::vector<std::string>{"demo:2", "localhost:5000/team/demo:2"}));
        QCOMPARE(all.at(1).digests(),
                 (std::vector<std::string>{"demo@" + id('b'), "localhost:5000/team/demo@" + id('b')}));
        QVERIFY(all.at(3).digests().empty()); // a name that Escale has made up
    }
    void filters_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QStringList>("wanted");
        const QString old = QString::fromStdString(shortId(id('b', 8))), built = "cccccccccccc";
        QTest::newRow("repository") << "reference"
                                    << "demo" << QStringList{"demo:2", "demo:1"};
        QTest::newRow("whole name") << "reference"
                                    << "demo:1" << QStringList{"demo:1"};
        QTest::newRow("tag pattern") << "reference"
                                     << "*:2" << QStringList{"demo:2"};
        QTest::newRow("path pattern") << "reference"
                                      << "*/*/demo" << QStringList{"localhost:5000/team/demo:2"};
        QTest::newRow("no pattern fits") << "reference"
                                         << "de?" << QStringList{};
        QTest::newRow("dangling") << "dangling"
                                  << "true" << QStringList{built, old};
        QTest::newRow("not dangling") << "dangling"
                                      << "false" << QStringList{"demo:2", "demo:1"};
        QTest::newRow("before") << "before"
                                << "demo:2" << QStringList{"demo:1"};
        QTest::newRow("since") << "since"
                               << "demo:2" << QStringList{built, old};
        QTest::newRow("until") << "until"
                               << "1500" << QStringList{"demo:1"};
        QTest::newRow("since an unknown one") << "since"
                                              << "none" << QStringList{"No such image: none"};
    }
    void filters() {
        QFETCH(const QString, key);
        QFETCH(const QString, value);
        QFETCH(const QStringList, wanted);
        QCOMPARE(listed(key.toStdString(), value.toStdString()), wanted);
    }
    void filtersByLabel() {
        auto all = images();
        all.at(0).labels = {{QStringLiteral("a"), QStringLiteral("b")}};
        const auto filters =
            Filters::parse(filtersOf(Json().set("label", Json::strings({"a=b"}))), {"label"});
        const auto found = filteredImages(all, *filters);
        VERIFY_RESULT(found);
        QCOMPARE(found->size(), std::size_t(1));
    }
    void matchesPatternsAsGoDoes_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("fits");
        QTest::newRow("the same") << "abc"
                                  << "abc" << true;
        QTest::newRow("a star") << "a*c"
                                << "abbc" << true;
        QTest::newRow("a star at the end") << "a*"
                                           << "abbc" << true;
        QTest::newRow("a star stops at a slash") << "a*"
                                                 << "ab/c" << false;
        QTest::newRow("a class") << "[a-c]x"
                                 << "bx" << true;
        QTest::newRow("a class that excludes") << "[^a-c]x"
                                               << "bx" << false;
        QTest::newRow("an escaped star") << "a\\*"
                                         << "a*" << true;
        QTest::newRow("longer") << "abc"
                                << "abcd" << false;
        QTest::newRow("several stars") << "*a*b"
                                       << "xaxbxb" << true;
    }
    void matchesPatternsAsGoDoes() {
        QFETCH(const QString, pattern);
        QFETCH(const QString, path);
        QFETCH(const bool, fits);
        const auto matched = matchesPath(pattern.toStdString(), path.toStdString());
        VERIFY_RESULT(matched);
        QCOMPARE(*matched, fits);
    }
    void refusesAPatternWithoutItsEnd() {
        QVERIFY(!matchesPath("[a-", "a"));
        QVERIFY(!matchesPath("[]a]", "a"));
    }
    void takesOneNameAway() {
        const auto names =
            namesToRemove(found("demo:2"), "demo:2", false, ImageUser{"0123456789abcdef", true});
        VERIFY_RESULT(names); // another one stays, so the container has its image
        QCOMPARE(names->size(), std::size_t(1));
        QCOMPARE(names->front().repository, std::string("docker.io/library/demo"));
    }
    void refusesTheLastNameOfWhatAContainerUses() {
        const auto names =
            namesToRemove(found("demo:1"), "demo:1", false, ImageUser{"0123456789abcdef", false});
        QVERIFY(!names);
        QCOMPARE(names.error().code, ErrorCode::InUse);
        QCOMPARE(
            names.error().message,
            std::string("conflict: unable to remove repository reference \"demo:1\" (must force) - container "
                        "0123456789ab is using its referenced image aaaaaaaaaaaa"));
        QVERIFY(!namesToRemove(found("demo:1"), "demo:1", true, ImageUser{"0123456789abcdef", false}));
    }
    void refusesAnIdWithSeveralNamesUnlessForced() {
        const auto image = found(id('b').c_str());
        const auto names = namesToRemove(image, "bbb", false, std::nullopt);
        QVERIFY(!names);
        QCOMPARE(names.error().message,
                 std::string("conflict: unable to delete bbbbbbbbbbbb (must be forced) - image is "
                             "referenced in multiple repositories"));
        QCOMPARE(namesToRemove(image, "bbb", true, std::nullopt)->size(), std::size_t(2));
    }
    void takesAnIdsOnlyName() {
        QCOMPARE(namesToRemove(found("aaaaaa"), "aaaaaa", false, std::nullopt)->size(), std::size_t(1));
    }
    void refusesDocumentsThatDoNotBelongTogether() {
        QVERIFY(!imageInspection(images().front(), "{}", "{}"));
        QVERIFY(!imageHistoryLines(images().front(), "no JSON", "{}"));
    }
};

ESCALE_TEST(DockerImageNamesTest)
#include "image_names_test.moc"
