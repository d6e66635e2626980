#include "engine/registry/pagination.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

class PaginationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksByName() {
        QCOMPARE(pageQuery("", 100), std::string("?n=100"));
        QCOMPARE(pageQuery("a/b", 5), std::string("?n=5&last=a%2Fb"));
        QCOMPARE(pageQuery("", -3), std::string("?n=1"));
    }
    void followsTheLinkButNotToAnotherHost() {
        QCOMPARE(nextPage("<http://evil.example/v2/_catalog?last=b&n=2>; rel=\"next\""),
                 std::string("?last=b&n=2"));
        QCOMPARE(pageQuery("?last=b&n=2", 100), std::string("?last=b&n=2"));
        QCOMPARE(nextPage("</v2/x/tags/list?next_page=gAA>; rel=\"next\""), std::string("?next_page=gAA"));
    }
    void knowsTheLastPage() {
        for (const char* text : {"", "</x?a>; rel=\"prev\"", "</x>; rel=\"next\"", "<", "</x?>; rel=next",
                                 "</x?a b>; rel=\"next\""})
            QCOMPARE(nextPage(text), std::string());
    }
};
ESCALE_TEST(PaginationTest)

#include "pagination_test.moc"
