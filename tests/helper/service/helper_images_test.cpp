// Images over the bus, as two users: names, giving space back, what is taken, and mending.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/test_registry.h"

#include <QDir>

using namespace escale;
using namespace escale::test;

class HelperImagesTest : public HelperTest {
    Q_OBJECT
    QDBusMessage images(uid_t user, const char* member, const QVariantList& arguments = {}) {
        return call(m_machine->as(user), QStringLiteral("org.escale.Engine1.Images"), QLatin1String(member),
                    arguments);
    }
    QStringList names(uid_t user) {
        QStringList names;
        const auto list = images(user, "List").arguments().value(0);
        for (const auto& image : qdbus_cast<dbus::ImageList>(list))
            names.append(image.repository + u':' + image.tag);
        return names;
    }
    Json verified(uid_t user, bool mend) {
        const auto reply = images(user, "Verify", {QVariantMap{{QStringLiteral("mend"), mend}}});
        const auto status = m_machine->ended(user, reply.arguments().value(0));
        return Json::parse(status.result.toStdString()).value_or(Json());
    }
    QString mine() const { return QStringLiteral("docker.io/library/mine:latest"); }
    const QVariantMap kAll{{QStringLiteral("all"), true}};

    /// "action name", oldest first.
    QStringList happened(uid_t user) {
        const auto reply =
            call(m_machine->as(user), QStringLiteral("org.escale.Engine1"), QStringLiteral("ListEvents"),
                 {QVariantMap{{QStringLiteral("filters"), QStringList{QStringLiteral("type=image")}}}});
        QStringList list;
        for (const auto& event : qdbus_cast<dbus::EventList>(reply.arguments().value(0)))
            list.append(event.action + u' ' + event.attributes.value(QStringLiteral("name")));
        return list;
    }

private Q_SLOTS:
    void aTagIsReadAsDockerReadsIt() {
        QCOMPARE(images(kUser, "Tag", {m_machine->image(), QStringLiteral("mine")}).type(),
                 QDBusMessage::ReplyMessage);
        QVERIFY(names(kUser).contains(mine()));
        QVERIFY(!names(0).contains(mine()));
        // And is a source as short as it was given
        QCOMPARE(images(kUser, "Tag", {QStringLiteral("mine"), QStringLiteral("mine:2")}).type(),
                 QDBusMessage::ReplyMessage);
        QVERIFY(names(kUser).contains(QStringLiteral("docker.io/library/mine:2")));
    }
    void aTagIsRefused_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("error");
        const QString digest = QStringLiteral("a@sha256:") + QString(64, u'a');
        QTest::newRow("of nothing") << "no-such-image"
                                    << "mine"
                                    << "NotFound";
        QTest::newRow("by digest") << "mine" << digest << "InvalidArgument";
        QTest::newRow("like a digest") << "mine" << digest.section(u'@', 1) << "InvalidArgument";
        QTest::newRow("upper case") << "mine"
                                    << "Mine"
                                    << "InvalidArgument";
        QTest::newRow("no reference") << "mine"
                                      << "a b"
                                      << "InvalidArgument";
        QTest::newRow("source no reference") << "a b"
                                             << "mine"
                                             << "InvalidArgument";
    }
    void aTagIsRefused() {
        QFETCH(QString, source);
        QFETCH(QString, target);
        QFETCH(QString, error);
        QCOMPARE(images(kUser, "Tag", {source, target}).errorName(), kErrors + error);
    }
    void tellsWhatIsTaken() {
        const QString id = m_machine->run(
            kUser, {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                    QStringLiteral("cat /bin/busybox > /tmp/copy && echo copied && sleep 1000")});
        const auto writable = [&] {
            const auto reply = images(kUser, "DiskUsage");
            const auto list = qdbus_cast<dbus::ContainerUsages>(reply.arguments().value(1));
            return list.size() == 1 && list[0].id == id ? list[0].writable : 0;
        };
        QTRY_VERIFY(writable() > 500'000);
        const auto reply = images(kUser, "DiskUsage");
        const auto list = qdbus_cast<dbus::ImageUsages>(reply.arguments().value(0));
        QCOMPARE(list.size(), 1); // of several names
        QCOMPARE(list[0].containers, 1U);
        QVERIFY(list[0].unique > 500'000);
        const auto total = qdbus_cast<dbus::TotalUsage>(reply.arguments().value(2));
        QCOMPARE(total.images, list[0].size);
        QCOMPARE(total.reclaimableImages, quint64(0));
        QVERIFY(total.containers > 500'000);
        QCOMPARE(total.reclaimableContainers, quint64(0)); // it runs
        const auto ofRoot = images(0, "DiskUsage");
        QVERIFY(qdbus_cast<dbus::ContainerUsages>(ofRoot.arguments().value(1)).isEmpty());
        m_machine->remove(kUser, id);
    }
    void removingAnImageInUseNamesTheContainers() {
        const QString id = m_machine->run(0, kSleep, {{QStringLiteral("name"), QStringLiteral("crane")}});
        const QString repository = m_machine->image().section(u':', 0, 1);
        const auto reply = images(0, "Remove", {repository, QStringLiteral("1"), QVariantMap()});
        QCOMPARE(reply.errorName(), kErrors + QStringLiteral("InUse"));
        QVERIFY(reply.errorMessage().contains(QStringLiteral("crane")));
        m_machine->remove(0, id);
    }
    void eventsTellWhatHappenedToImages() {
        const QStringList before = happened(kUser);
        QVERIFY(before.contains(QStringLiteral("pull ") + m_machine->image()));
        const QString repository = QStringLiteral("docker.io/library/mine");
        images(kUser, "Tag", {QStringLiteral("mine"), QStringLiteral("mine:3")});
        images(kUser, "Remove", {repository, QStringLiteral("3"), QVariantMap()});
        // It has other names, so nothing was deleted
        QCOMPARE(happened(kUser).mid(before.size()),
                 QStringList({QStringLiteral("tag ") + repository + QStringLiteral(":3"),
                              QStringLiteral("untag ") + repository + QStringLiteral(":3")}));
        QVERIFY(!happened(0).join(u' ').contains(repository));
    }
    void findsAndMendsADamagedLayer() {
        // Given a layer that the disk has changed
        const QString folder =
            QString::fromStdString(m_machine->bus().folder()) + QStringLiteral("/state/layers");
        const QFileInfoList layers =
            QDir(folder).entryInfoList(QDir::Files | QDir::System | QDir::NoDotAndDotDot);
        if (layers.isEmpty())
            QSKIP("layers are folders here");
        QVERIFY(verified(kUser, true).items().empty());
        {
            QFile file(layers.first().filePath());
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.seek(file.size() / 2));
            QCOMPARE(file.write("damage"), 6);
        }
        // When it is looked for, its images are named, each user's to them
        const Json faults = verified(kUser, true);
        QCOMPARE(faults.items().size(), std::size_t{1});
        QCOMPARE(faults.items()[0].at("kind").toString(), std::string("layer"));
        QVERIFY(faults.items()[0].at("images").dump().find("library/mine:2") != std::string::npos);
        QVERIFY(verified(0, false).dump().find("mine") == std::string::npos);
        // And a pull brings it again
        const auto pulled =
            images(kUser, "Pull", {m_machine->image(), QVariantMap{{QStringLiteral("insecure"), true}}});
        QCOMPARE(m_machine->ended(kUser, pulled.arguments().value(0)).state, QStringLiteral("done"));
        QVERIFY(verified(kUser, true).items().empty());
        QVERIFY(verified(0, false).items().empty());
        const QString id = m_machine->run(kUser, kSleep);
        QVERIFY(!id.isEmpty());
        m_machine->remove(kUser, id);
    }
    void pruneTakesOnesOwnNamesOnly() {
        const QStringList before = names(kUser);
        QCOMPARE(images(kUser, "Prune", {QVariantMap()}).arguments().value(0).toStringList(), QStringList());
        const auto reply = images(kUser, "Prune", {kAll});
        QCOMPARE(reply.arguments().value(0).toStringList(), before);
        QCOMPARE(reply.arguments().value(1).toULongLong(), 0ULL); // root has the image, too
        QVERIFY(names(kUser).isEmpty());
        QVERIFY(!names(0).isEmpty());
        const auto ofRoot = images(0, "Prune", {kAll});
        QVERIFY(ofRoot.arguments().value(1).toULongLong() > 500'000);
        QVERIFY(names(0).isEmpty());
        QVERIFY(!happened(kUser).contains(QStringLiteral("delete ")));
        QCOMPARE(happened(0).mid(happened(0).size() - 2),
                 QStringList({QStringLiteral("delete "), QStringLiteral("prune ")}));
    }
};
ESCALE_TEST(HelperImagesTest)

#include "helper_images_test.moc"
