// docs/docker-api.md holds the table that the server answers by.
#include "engine/base/file.h"
#include "helper/docker-api/api/routing_table.h"
#include "tests/support/test_registry.h"

#include <QSet>
#include <QTest>

using namespace escale;

class DockerDocumentationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableIsCurrent() {
        const auto page = readFile(std::string(ESCALE_DOCS) + "/docker-api.md");
        QVERIFY2(page, page ? "" : page.error().text().c_str());
        const std::size_t begin = page->find("<!-- routes"), end = page->find("<!-- end of routes -->");
        QVERIFY(begin != std::string::npos && end != std::string::npos);
        const std::size_t table = page->find('\n', begin) + 1;
        QVERIFY2(page->substr(table, end - table) == docker_api::describeRoutes(),
                 "docs/docker-api.md is not what the routing table says; ./dev docs writes it");
    }
    void whatIsDifferentSaysHow() {
        for (const auto routes : docker_api::allRoutes()) {
            for (const auto& route : routes) {
                const std::string name = std::string(route.method) + " " + std::string(route.path);
                QVERIFY2(route.support == docker_api::Support::Whole || !route.note.empty(), name.c_str());
                QVERIFY2(route.note.find('|') == std::string_view::npos, name.c_str()); // it would end a cell
            }
        }
    }
    void noRouteIsThereTwice() {
        QSet<QString> seen;
        for (const auto routes : docker_api::allRoutes()) {
            for (const auto& route : routes) {
                const auto name =
                    QString::fromStdString(std::string(route.method) + " " + std::string(route.path));
                QVERIFY2(!seen.contains(name), qPrintable(name));
                seen.insert(name);
            }
        }
    }
};
ESCALE_TEST(DockerDocumentationTest)

#include "documentation_test.moc"
