#include "engine/registry/challenge.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

class ChallengeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsDockersChallenge() {
        const auto all =
            parseChallenges("Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                            "scope=\"repository:samalba/my-app:pull,push\"");
        QCOMPARE(all.size(), 1u);
        QCOMPARE(all[0].scheme, std::string("bearer"));
        QCOMPARE(all[0].parameter("realm"), std::string("https://auth.docker.io/token"));
        QCOMPARE(all[0].parameter("scope"), std::string("repository:samalba/my-app:pull,push"));
    }
    void readsSeveralInOneHeader() {
        const auto all = parseChallenges("Basic realm=\"a, b\", BEARER Realm = \"x\\\"y\" , service=z");
        QCOMPARE(all.size(), 2u);
        QCOMPARE(all[0].scheme, std::string("basic"));
        QCOMPARE(all[0].parameter("realm"), std::string("a, b"));
        QCOMPARE(all[1].parameter("realm"), std::string("x\"y"));
        QCOMPARE(all[1].parameter("service"), std::string("z"));
    }
    void readsAnAddressWithoutQuotes() {
        const auto all = parseChallenges("Bearer realm=https://a/b?c,service=d");
        QCOMPARE(all[0].parameter("realm"), std::string("https://a/b?c"));
        QCOMPARE(all[0].parameter("service"), std::string("d"));
    }
    void survivesNonsense() {
        for (const char* text : {"", ",", "=", "\"", "Bearer realm=\"", "Bearer realm=\"\\",
                                 "Bearer =", "\xff\xfe", "a b c=d=e"})
            (void)parseChallenges(text).size();
    }
};
ESCALE_TEST(ChallengeTest)

#include "challenge_test.moc"
