#include "gui/stacks/compose_completion.h"

#include "gui/stacks/compose_explanation.h"
#include "gui/stacks/schema_text.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using namespace escale::gui;

class ComposeCompletionTest : public QObject {
    Q_OBJECT

    static QString u(const char* text) { return QString::fromUtf8(text); }
    struct Scene {
        ComposeSurroundings all;
        bool isAsked = true;

        // "|" is the cursor.
        CompletionOffer offer(const char* text) const {
            QString given = u(text);
            const auto cursor = static_cast<int>(given.indexOf(u'|'));
            given.remove(cursor, 1);
            const ComposeOutline outline(given);
            return completionAt(outline, cursor, withNamesOf(outline, all), isAsked);
        }
        QStringList words(const char* text) const {
            QStringList words;
            for (const CompletionWord& word : offer(text).words)
                words.append(word.text);
            return words;
        }
        CompletionWord word(const char* text, const char* wanted) const {
            for (const CompletionWord& each : offer(text).words) {
                if (each.text == u(wanted))
                    return each;
            }
            return {};
        }
    };

private Q_SLOTS:
    void keysOfTheFile() {
        const QStringList words = Scene().words("services:\n  a:\n    image: x\n|");
        QVERIFY(words.contains(u("volumes")));
        QVERIFY(words.contains(u("include")));
        QVERIFY(!words.contains(u("services"))); // it is there
    }
    void keysOfAServiceThatAreNotThere() {
        const QStringList words = Scene().words("services:\n  a:\n    image: x\n    |\n    init: true\n");
        QVERIFY(words.contains(u("ports")));
        QVERIFY(!words.contains(u("image")));
        QVERIFY(!words.contains(u("init")));
    }
    void whatBeginsWithTheWordComesFirst() {
        const QStringList words = Scene().words("services:\n  a:\n    limit|");
        QVERIFY(words.contains(u("mem_limit")));
        QCOMPARE(Scene().words("services:\n  a:\n    ima|").front(), u("image"));
    }
    void whatIsRefusedComesLastAndSaysWhy() {
        const CompletionOffer offer = Scene().offer("services:\n  a:\n    |");
        const auto isFaint = [](const CompletionWord& word) { return word.isFaint; };
        const auto first = std::find_if(offer.words.begin(), offer.words.end(), isFaint);
        QVERIFY(first != offer.words.end());
        QVERIFY(std::all_of(first, offer.words.end(), isFaint));
        const SchemaNode* node = schemaRoot().child(u("services"))->child(u("a"))->child(first->text);
        QVERIFY(first->doc.contains(propertyReason(*node->property).toHtmlEscaped()));
    }
    void aKeyBringsItsForm_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("insert");
        QTest::newRow("one value") << u("image") << u("image: ");
        QTest::newRow("a list") << u("ports") << u("ports:\n      - ");
        QTest::newRow("keys") << u("healthcheck") << u("healthcheck:\n      ");
        QTest::newRow("keys that may be a list") << u("depends_on") << u("depends_on:\n      ");
        QTest::newRow("a list instead of keys") << u("depends_on: - …") << u("depends_on:\n      - ");
    }
    void aKeyBringsItsForm() {
        QFETCH(QString, word);
        QTEST(Scene().word("services:\n  a:\n    |", word.toUtf8().constData()).insert, "insert");
    }
    void aKeyThatIsWrittenOverKeepsItsValue() {
        QCOMPARE(Scene().word("services:\n  a:\n    im|: nginx\n", "image").insert, u("image"));
    }
    void theKeysOfAnItem() {
        const QStringList words = Scene().words("services:\n  a:\n    ports:\n      - |");
        QVERIFY(words.contains(u("target")));
        QCOMPARE(Scene().word("services:\n  a:\n    ports:\n      - |", "target").insert, u("target: "));
    }
    void valuesOfAProperty() {
        QVERIFY(Scene().words("services:\n  a:\n    pull_policy: |").contains(u("always")));
        QVERIFY(Scene().words("services:\n  a:\n    restart: |").contains(u("\"no\"")));
        QVERIFY(Scene().words("services:\n  a:\n    ports:\n      - protocol: |").contains(u("udp")));
        QCOMPARE(Scene().words("services:\n  a:\n    init: |"), (QStringList{u("true"), u("false")}));
        QCOMPARE(Scene().words("services:\n  a:\n    depends_on:\n      b:\n        condition: service_h|"),
                 QStringList{u("service_healthy")});
    }
    void servicesOfTheProject() {
        // Given a service of another file and one of this, when a third waits for one, then both are
        // offered, and it itself is not.
        Scene scene;
        scene.all.services = {u("db")};
        const char* text = "services:\n  cache:\n    image: x\n  web:\n    depends_on:\n      - |";
        QCOMPARE(scene.words(text), (QStringList{u("db"), u("cache")}));
        QCOMPARE(scene.words("services:\n  cache:\n    image: x\n  web:\n    depends_on:\n      |").mid(0, 2),
                 (QStringList{u("db"), u("cache")}));
        QCOMPARE(scene.words("services:\n  cache:\n    image: x\n  web:\n    depends_on: [db, |]"),
                 QStringList{u("cache")});
    }
    void partsOfTheFile() {
        const char* text = "services:\n  a:\n    networks:\n      - |\nnetworks:\n  front:\n  back:\n";
        QCOMPARE(Scene().words(text), (QStringList{u("front"), u("back")}));
        const char* volume = "services:\n  a:\n    volumes:\n      - d|\nvolumes:\n  data:\n";
        QCOMPARE(Scene().word(volume, "data").insert, u("data:/"));
    }
    void namesThatAreUsedAndNotDeclared() {
        const char* text = "services:\n  a:\n    volumes:\n      - data:/x\n      - ./b:/b\nvolumes:\n  |";
        QCOMPARE(Scene().words(text), QStringList{u("data")});
    }
    void imagesOfTheEngine() {
        Scene scene;
        scene.all.images = {u("nginx:1.27"), u("redis:7")};
        QCOMPARE(scene.words("services:\n  a:\n    image: ng|"), QStringList{u("nginx:1.27")});
    }
    void variables() {
        // Given one of .env and one of the environment, then the project's own comes first, and a password
        // is not shown to everybody.
        Scene scene;
        scene.all.variables[u("A_HOME")] = {u("/root"), u("your environment"), false};
        scene.all.variables[u("TAG")] = {u("1.2"), u(".env:1"), true};
        scene.all.variables[u("DB_PASSWORD")] = {u("hidden"), u(".env:2"), true};
        const char* text = "services:\n  a:\n    image: \"x:${|";
        QCOMPARE(scene.words(text), (QStringList{u("DB_PASSWORD"), u("TAG"), u("A_HOME")}));
        QCOMPARE(scene.word(text, "TAG").insert, u("TAG}"));
        QCOMPARE(scene.word(text, "TAG").meaning, u("1.2 · .env:1"));
        QVERIFY(!scene.word(text, "DB_PASSWORD").meaning.contains(u("hidden")));
        QCOMPARE(scene.word("a: ${T|}", "TAG").insert, QString()); // it is closed already
    }
    void whatCanFollowAVariablesName() {
        const char* text = "services:\n  a:\n    image: \"x:${TAG|\"";
        QCOMPARE(Scene().words(text), (QStringList{u("TAG:-"), u("TAG:?"), u("TAG:+")}));
        QCOMPARE(Scene().word(text, "TAG:-").insert, u("TAG:-") + kCursorMark + u'}');
    }
    void everyPlaceOfAHalfWrittenFileIsAnswered() {
        // Given a file of which somebody has written this much, whatever that is, and the cursor at its end
        // or in its middle, then there is an answer that replaces what is before the cursor alone.
        const QString whole =
            u("x-a: &a {b: [c, \"d\\\"\"]}\nservices:\n  'a b':\n    <<: *a\n    image: \"é${T:-1}\" # c\n"
              "    command: >-\n      $X\n\n  b:\n  - - c\n    - d: |\n  \tports: [1, {a: 2},\n 3\n...\n");
        for (int length = 0; length <= whole.size(); ++length) {
            const ComposeOutline outline(whole.left(length));
            for (const int place : {length, length / 2}) {
                const CompletionOffer offer = completionAt(outline, place, {}, true);
                QVERIFY(offer.begin + offer.written.size() == place);
                (void)explanationAt(outline, place, {}, nullptr);
            }
        }
    }
    void nothingInCommentsAndTexts() {
        QCOMPARE(Scene().words("services:\n  a:\n    # im|"), QStringList());
        QCOMPARE(Scene().words("services:\n  a:\n    command: im|"), QStringList());
        QCOMPARE(Scene().words("x-a:\n  im|"), QStringList());
    }
    void everyPropertyIsExplained() {
        for (const compose::Property& property : compose::properties()) {
            QVERIFY2(!property.doc.empty(), std::string(property.path).c_str());
            QVERIFY2(property.support == compose::Support::Honoured || !property.reason.empty(),
                     std::string(property.path).c_str());
        }
    }
};

ESCALE_TEST(ComposeCompletionTest)
#include "compose_completion_test.moc"
