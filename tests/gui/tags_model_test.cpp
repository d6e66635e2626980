#include "gui/registry/tags_model.h"

#include "gui/common/table.h"
#include "gui/registry/pull_cost.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>

using namespace escale;
using namespace escale::gui;

namespace {

QStringList shown(Table& table) {
    QStringList names;
    for (int row = 0; row < table.proxy().rowCount(); ++row)
        names.append(table.proxy().index(row, 0).data().toString());
    return names;
}

TagFacts facts(quint64 size, qint64 created) {
    TagFacts facts;
    facts.digest = QStringLiteral("sha256:0123456789abcdef");
    facts.platforms = QStringList{QStringLiteral("linux/amd64"), QStringLiteral("linux/arm64"),
                                  QStringLiteral("linux/arm/v7"), QStringLiteral("linux/s390x")};
    facts.size = size;
    facts.created = created;
    return facts;
}

TagLayer layer(const char* diffId, quint64 size) {
    return {QString::fromLatin1(diffId), QStringLiteral("sha256:b"), size, {}};
}

} // namespace

class TagsModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void versionsSortAsPeopleCount() {
        TagsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setNames({QStringLiteral("1.10"), QStringLiteral("1.9"), QStringLiteral("1.9-slim")});
        Table table(new TagsProxy, nullptr);
        table.setSource(&model, TagsModel::Tag);
        QCOMPARE(shown(table),
                 QStringList({QStringLiteral("1.9"), QStringLiteral("1.9-slim"), QStringLiteral("1.10")}));
    }

    void whatIsNotKnownStaysBelow() {
        // Given tags of which two are known, and one cannot be read,
        TagsModel model;
        model.setNames({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")});
        model.setFacts(QStringLiteral("b"), facts(200, 1000));
        model.setFacts(QStringLiteral("d"), facts(100, 2000));
        model.setFailed(QStringLiteral("a"), {ErrorCode::NotFound, "gone", {}, {}});
        QCOMPARE(model.unknownCount(), 1);
        Table table(new TagsProxy, nullptr);
        // when they are sorted by size, whichever way, then the known ones are on top.
        table.setSource(&model, TagsModel::Size, Qt::AscendingOrder);
        QCOMPARE(shown(table).mid(0, 2), QStringList({QStringLiteral("d"), QStringLiteral("b")}));
        table.sortByColumn(TagsModel::Size, Qt::DescendingOrder);
        QCOMPARE(shown(table).mid(0, 2), QStringList({QStringLiteral("b"), QStringLiteral("d")}));
        // What failed says why.
        QCOMPARE(model.index(0, TagsModel::Size).data(Qt::ToolTipRole).toString(), QStringLiteral("gone"));
    }

    void aTagThatIsNotForThisMachineSaysSo() {
        TagsModel model;
        model.setNames({QStringLiteral("a")});
        TagFacts other = facts(1, 1);
        other.size.reset();
        model.setFacts(QStringLiteral("a"), other);
        QCOMPARE(model.index(0, TagsModel::Size).data().toString(), QStringLiteral("not for this machine"));
        QCOMPARE(model.index(0, TagsModel::Platforms).data().toString(),
                 QStringLiteral("amd64, arm64, arm/v7 +1"));
    }

    void aDeletedTagGoes() {
        TagsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setNames({QStringLiteral("a"), QStringLiteral("b")});
        model.remove(QStringLiteral("a"));
        QCOMPARE(model.names(), QStringList(QStringLiteral("b")));
        QCOMPARE(model.unknownCount(), 1);
        model.setFacts(QStringLiteral("b"), facts(1, 1));
        QVERIFY(!model.isUnknown(QStringLiteral("b")));
    }

    void aPullCostsWhatIsNotHere_data() {
        QTest::addColumn<QStringList>("here");
        QTest::addColumn<QString>("headline");
        QTest::addColumn<QString>("detail");
        QTest::newRow("nothing is here") << QStringList() << QStringLiteral("60.0 kB to download")
                                         << QStringLiteral("3 layer(s), none of them here");
        QTest::newRow("a part is here")
            << QStringList{QStringLiteral("base")} << QStringLiteral("10.0 kB to download")
            << QStringLiteral("of 60.0 kB: 1 of 3 layer(s) are here");
        QTest::newRow("all is here") << QStringList{QStringLiteral("base"), QStringLiteral("top")}
                                     << QStringLiteral("Nothing to download")
                                     << QStringLiteral("all 3 layer(s) are here");
    }
    void aPullCostsWhatIsNotHere() {
        QFETCH(const QStringList, here);
        QFETCH(const QString, headline);
        QFETCH(const QString, detail);
        // Given an image with a layer that it has twice, which is downloaded once,
        const QList<TagLayer> layers{layer("base", 50'000), layer("top", 10'000), layer("top", 10'000)};
        const PullCost cost = pullCost(layers, QSet<QString>(here.begin(), here.end()));
        const auto plain = [](QString text) { return text.replace(QChar(QChar::Nbsp), QLatin1Char(' ')); };
        QCOMPARE(plain(costHeadline(cost)), headline);
        QCOMPARE(plain(costDetail(cost)), detail);
    }
};

ESCALE_TEST(TagsModelTest)
#include "tags_model_test.moc"
