#include "engine/base/relative_path.h"
#include "tests/support/test_registry.h"

#include <map>

using namespace escale;

class RelativePathTest : public QObject {
    Q_OBJECT
private:
    /// Where `path` ends in a root with these links and nothing else.
    static Result<std::string> ended(const std::map<std::string, std::string>& links, std::string_view path) {
        return followLinks(path,
                           [&](const std::string& place, int before) -> Result<std::optional<std::string>> {
                               const auto link = links.find(place);
                               if (link == links.end())
                                   return std::optional<std::string>();
                               if (before >= 3)
                                   return fail(ErrorCode::InvalidArgument, "too many at " + place);
                               return std::optional(link->second);
                           });
    }

private Q_SLOTS:
    void pathsAreNames() {
        QCOMPARE(splitPath("/a//b/").size(), std::size_t{2});
        QCOMPARE(joinPath("", "a") + ' ' + joinPath("a", "b") + ' ' + joinPath("a", ""),
                 std::string("a a/b a"));
        QVERIFY((splitName("a/b/c") == std::pair<std::string, std::string>("a/b", "c")));
        QVERIFY((splitName("a") == std::pair<std::string, std::string>("", "a")));
        QCOMPARE(parentPath("a/b") + parentPath("a"), std::string("a"));
    }
    void linksLeadWhereTheySay() {
        QCOMPARE(ended({{"a/l", "../b"}}, "a/l/c").value_or("?"), std::string("b/c"));
        QCOMPARE(ended({{"a/l", "/b/./c"}}, "a/l").value_or("?"), std::string("b/c"));
        QCOMPARE(ended({{"l", "m"}, {"m", "n/o"}}, "./l").value_or("?"), std::string("n/o"));
    }
    void nothingLeadsOutOfTheRoot() {
        QCOMPARE(ended({{"l", "../../x"}}, "../l/../y").value_or("?"), std::string("y"));
    }
    void whoeverLooksRefusesACircle() {
        const auto outcome = ended({{"a", "b"}, {"b", "a"}}, "a");
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().message, std::string("too many at b"));
    }
};
ESCALE_TEST(RelativePathTest)
#include "relative_path_test.moc"
