#include "gui/containers/container_filter.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

class ContainerFilterTest : public QObject {
    Q_OBJECT

    // A web server of a stack, healthy, and reachable on port 8080.
    static dbus::Container web() {
        dbus::Container c = test::container(QStringLiteral("abc123"));
        c.name = QStringLiteral("shop-web-1");
        c.image = QStringLiteral("docker.io/library/nginx:1.27");
        c.health = QStringLiteral("healthy");
        c.address = QStringLiteral("10.89.0.5/24");
        c.ports = {QStringLiteral("127.0.0.1:8080->80/tcp")};
        c.labels = {{QStringLiteral("com.docker.compose.project"), QStringLiteral("shop")},
                    {QStringLiteral("tier"), QStringLiteral("front end")}};
        return c;
    }

private Q_SLOTS:
    void findsWhatIsMeant_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("found");
        const std::pair<const char*, bool> cases[] = {
            {"", true},
            {"   ", true},
            {"WEB", true},
            {"database", false},
            {"shop nginx", true},
            {"shop postgres", false},
            {"abc", true},
            {"bc123", false}, // an id from its beginning
            {"10.89.0.5", true},
            {"running", true},
            {"state:running", true},
            {"state:run", true},
            {"state:exited", false},
            {"state:exited state:running", true}, // of one key any
            {"state:running image:postgres", false},
            {"image:nginx", true},
            {"name:web", true},
            {"name:nginx", false},
            {"health:healthy", true},
            {"health:unhealthy", false},
            {"health:none", false},
            {"stack:shop", true},
            {"stack:blog", false},
            {"label:tier", true},
            {"label:tie", false},
            {"label:tier=back", false},
            {"label:tier=\"front end\"", true},
            {"label:tier=", true},
            {"label:tier label:none", false}, // of labels all
            {"port:8080", true},
            {"port:80", true},
            {"port:808", false},
            {"port:127.0.0.1:8080", true},
            {"-web", false},
            {"-database", true},
            {"-state:exited -image:postgres", true},
            {"-state:running", false},
            {"\"shop-web\"", true},
            {"\"shop web\"", false},
            {"state:", true}, // not typed to its end
            {"-", true},
            {"colour:red", false}, // an unknown key is text
            {"library/nginx:1.27", true},
            {"\"state:running\"", false}, // in quotes it is text, too
        };
        for (const auto& [text, found] : cases)
            QTest::newRow(text) << QString::fromLatin1(text) << found;
    }
    void findsWhatIsMeant() {
        QFETCH(const QString, text);
        QFETCH(const bool, found);
        QCOMPARE(ContainerFilter(text).matches(web()), found);
    }

    void aContainerWithoutAHealthCheckHasNone() {
        const dbus::Container container = test::container(QStringLiteral("a"));
        QVERIFY(ContainerFilter(QStringLiteral("health:none")).matches(container));
        QVERIFY(!ContainerFilter(QStringLiteral("health:healthy")).matches(container));
    }

    void podmansStacksAreStacks() {
        dbus::Container container = test::container(QStringLiteral("a"));
        container.labels = {{QStringLiteral("io.podman.compose.project"), QStringLiteral("blog")}};
        QVERIFY(ContainerFilter(QStringLiteral("stack:blog")).matches(container));
    }
};

ESCALE_TEST(ContainerFilterTest)
#include "container_filter_test.moc"
