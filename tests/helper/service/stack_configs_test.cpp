// The texts that Up has brought: where they lie, whatever a label calls itself.
#include "engine/base/file.h"
#include "helper/service/stack_configs.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

using namespace escale;

class StackConfigsTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    const StackConfigs m_configs{m_folder.path().toStdString()};

private Q_SLOTS:
    void isKeptByOwnerAndProject() {
        QVERIFY(m_configs.save(1000, "shop", "services: {}\n"));
        QVERIFY(m_configs.has(1000, "shop"));
        QVERIFY(!m_configs.has(1001, "shop"));
        QVERIFY(m_configs.remove(1000, "shop"));
        QCOMPARE(m_configs.open(1000, "shop").error().code, ErrorCode::NotFound);
    }

    void theOldestGoesWhenThereAreTooMany() {
        const StackConfigs few(m_folder.filePath(QStringLiteral("few")).toStdString(), 2);
        for (const char* project : {"a", "b", "b", "c"})
            QVERIFY(few.save(1000, project, "x"));
        QVERIFY(!few.has(1000, "a"));
        QVERIFY(few.has(1000, "b"));
        QVERIFY(few.has(1000, "c"));
    }

    // Whoever labels a container so must not learn what files there are.
    void aNameThatIsAPathHasNone_data() {
        QTest::addColumn<QString>("project");
        QTest::newRow("of another person") << QStringLiteral("../1000/secret");
        QTest::newRow("further up") << QStringLiteral("../../etc/secret");
        QTest::newRow("none") << QString();
        QTest::newRow("too long") << QString(5000, QLatin1Char('a'));
    }
    void aNameThatIsAPathHasNone() {
        QFETCH(QString, project);
        const std::string name = project.toStdString();
        QVERIFY(m_configs.save(1000, "secret", "x"));
        QVERIFY(m_configs.save(1001, "mine", "x"));
        QVERIFY(!m_configs.has(1001, name));
        QCOMPARE(m_configs.open(1001, name).error().code, ErrorCode::InvalidArgument);
        QVERIFY(!m_configs.save(1001, name, "x"));
        QVERIFY(!m_configs.remove(1001, name));
        QVERIFY(m_configs.has(1000, "secret"));
    }
};

ESCALE_TEST(StackConfigsTest)
#include "stack_configs_test.moc"
