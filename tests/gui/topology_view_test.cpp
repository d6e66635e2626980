#include "gui/networks/topology_view.h"

#include "gui/client/engine_client.h"
#include "gui/common/theme.h"
#include "gui/networks/topology_edge.h"
#include "gui/networks/topology_node.h"
#include "gui/networks/topology_page.h"
#include "gui/networks/topology_panel.h"
#include "gui/networks/topology_scene.h"
#include "tests/gui/network_sample.h"
#include "tests/support/test_registry.h"

#include <QAccessible>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>

using namespace escale;
using namespace escale::gui;

class TopologyViewTest : public QObject {
    Q_OBJECT

    // The page without an engine: what it would tell is told by hand.
    struct Scene {
        EngineClient client;
        TopologyPage page{client};

        explicit Scene(const TopologyInput& input, const QSize& size = {1100, 700}) {
            page.resize(size);
            page.show();
            page.setNetworks(input.networks);
            page.setContainers(input.containers);
            page.takeInterfaces(input.interfaces, 0);
            for (auto reach = input.reach.begin(); reach != input.reach.end(); ++reach)
                page.takeReach(reach.key(), reach.value());
            // What has moved stands now.
            QTRY_VERIFY(isSettled());
        }
        bool isSettled() {
            const auto& edges = page.scene().edgeItems();
            return std::all_of(edges.begin(), edges.end(),
                               [](const auto* edge) { return edge->isVisible(); });
        }
        void flow(const TopologyInput& input) {
            page.takeStatistics(test::statisticsOf(input, 1), 1000);
            page.takeStatistics(test::statisticsOf(input, 2), 2000);
        }
        TopologyView& view() { return page.view(); }
        TopologyScene& scene() { return page.scene(); }
        QPoint seen(const QString& node) {
            return view().mapFromScene(scene().nodeItem(node)->box().center());
        }
        QString title() { return page.findChild<QLabel*>(QStringLiteral("topologyPanel.title"))->text(); }
        QStringList words() {
            QStringList all;
            for (const QLabel* label : page.panel().findChildren<QLabel*>()) {
                if (label->isVisible())
                    all.append(label->text());
            }
            return all;
        }
    };

private Q_SLOTS:
    void theKeyboardReachesEveryPart() {
        Scene scene(test::smallTopology());
        // Given the first part, when arrows lead from any part on, then none is left out.
        QSet<QString> reached{scene.scene().nextFrom({}, Qt::Key_Right)};
        QStringList waiting(reached.begin(), reached.end());
        while (!waiting.isEmpty()) {
            const QString at = waiting.takeFirst();
            for (const int key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}) {
                const QString next = scene.scene().nextFrom(at, key);
                if (!next.isEmpty() && !reached.contains(next)) {
                    reached.insert(next);
                    waiting.append(next);
                }
            }
        }
        for (const TopologyNode& node : scene.scene().graph().nodes)
            QVERIFY2(reached.contains(node.id), qPrintable(node.id));
    }

    void spaceGoesAlongTheLinesOfAPart() {
        Scene scene(test::smallTopology());
        scene.view().goTo(QStringLiteral("container:c-api"));
        QTest::keyClick(&scene.view(), Qt::Key_Space);
        const QString first = scene.scene().current();
        QVERIFY(scene.scene().graph().edge(first) != nullptr);
        QTest::keyClick(&scene.view(), Qt::Key_Space);
        QVERIFY(scene.scene().current() != first);
        QTest::keyClick(&scene.view(), Qt::Key_Space);
        QCOMPARE(scene.scene().current(), QStringLiteral("container:c-api")); // and back
        // Delete takes a line off.
        QTest::keyClick(&scene.view(), Qt::Key_Space);
        QSignalSpy asked(&scene.page, &TopologyPage::disconnectRequested);
        QTest::keyClick(&scene.view(), Qt::Key_Delete);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().at(1).toString(), QStringLiteral("c-api"));
    }

    void aScreenReaderIsToldOfEachPart() {
        Scene scene(test::smallTopology());
        QAccessibleInterface* whole = QAccessible::queryAccessibleInterface(&scene.view());
        QVERIFY(whole != nullptr);
        const TopologyGraph& graph = scene.scene().graph();
        QCOMPARE(whole->childCount(), int(graph.nodes.size() + graph.edges.size()));
        QStringList sentences;
        for (int i = 0; i < whole->childCount(); ++i)
            sentences.append(whole->child(i)->text(QAccessible::Name));
        const auto has = [&](const char* words) {
            return std::any_of(sentences.begin(), sentences.end(),
                               [&](const QString& one) { return one.contains(QString::fromUtf8(words)); });
        };
        QVERIFY2(has("Container api; running; eth0  10.89.1.3; eth1  10.89.2.2"),
                 qPrintable(sentences.join(u'\n')));
        QVERIFY2(has("connected to frontend, backend"), qPrintable(sentences.join(u'\n')));
        QVERIFY2(has("reached by: The local network"), qPrintable(sentences.join(u'\n')));
        // An action of its leads there.
        whole->child(0)->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
        QCOMPARE(scene.scene().current(), graph.nodes.first().id);
    }

    void aContainerIsDraggedOntoANetwork() {
        Scene scene(test::smallTopology());
        QSignalSpy asked(&scene.page, &TopologyPage::connectRequested);
        const QPoint from = scene.seen(QStringLiteral("container:c-tools")),
                     to = scene.seen(QStringLiteral("network:id-backend"));
        QTest::mousePress(scene.view().viewport(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, scene.view().viewport()->mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(scene.view().viewport(), &move);
        QTest::mouseRelease(scene.view().viewport(), Qt::LeftButton, {}, to);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first(), QVariantList({QStringLiteral("id-backend"), QStringLiteral("c-tools")}));
    }

    void aContainerIsNotPutIntoANetworkTwice() {
        Scene scene(test::smallTopology());
        QSignalSpy asked(&scene.page, &TopologyPage::connectRequested);
        const QPoint from = scene.seen(QStringLiteral("container:c-db")),
                     to = scene.seen(QStringLiteral("network:id-backend"));
        QTest::mousePress(scene.view().viewport(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, scene.view().viewport()->mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(scene.view().viewport(), &move);
        QTest::mouseRelease(scene.view().viewport(), Qt::LeftButton, {}, to);
        QCOMPARE(asked.count(), 0);
    }

    void aLineIsPulledOffIntoTheEmpty() {
        Scene scene(test::smallTopology());
        QSignalSpy asked(&scene.page, &TopologyPage::disconnectRequested);
        const QPainterPath path = scene.scene().edgeItem(QStringLiteral("veth:id-backend:c-cache"))->path();
        const QPoint from = scene.view().mapFromScene(path.currentPosition() - QPointF(0, 9));
        const QPoint to(scene.view().viewport()->width() - 3, scene.view().viewport()->height() - 3);
        QVERIFY(scene.scene().idAt(scene.view().mapToScene(to)).isEmpty());
        QTest::mousePress(scene.view().viewport(), Qt::LeftButton, {}, from);
        QCOMPARE(scene.scene().current(), QStringLiteral("veth:id-backend:c-cache"));
        QMouseEvent move(QEvent::MouseMove, to, scene.view().viewport()->mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(scene.view().viewport(), &move);
        QTest::mouseRelease(scene.view().viewport(), Qt::LeftButton, {}, to);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first(), QVariantList({QStringLiteral("id-backend"), QStringLiteral("c-cache")}));
    }

    void aLineTellsItsTraffic() {
        const TopologyInput input = test::smallTopology();
        Scene scene(input);
        scene.flow(input);
        scene.view().goTo(QStringLiteral("veth:id-frontend:c-web"));
        const QString packets =
            scene.page.findChild<QLabel*>(QStringLiteral("topologyPanel.packets"))->text();
        // The second endpoint of all: two packets in and one out.
        QCOMPARE(packets, QStringLiteral("3 packets/s"));
        QVERIFY(
            scene.page.findChild<QLabel*>(QStringLiteral("topologyPanel.bytes"))->text().contains(u"kB/s"));
        QCOMPARE(scene.title(), QStringLiteral("frontend — web"));
    }

    void whoReachesAPortIsAnswered() {
        Scene scene(test::smallTopology());
        // Without a selection for all of them,
        QTRY_VERIFY2(scene.words().contains(QStringLiteral("The local network")),
                     qPrintable(scene.words().join(u'\n')));
        QVERIFY(scene.words().contains(QStringLiteral("This machine only")));
        // for one with the reason and the firewall's part in it.
        scene.view().goTo(QStringLiteral("port:c-web:0.0.0.0:8080->80/tcp"));
        QTRY_VERIFY(scene.words().join(u'\n').contains(QStringLiteral("private addresses only")));
        const QString words = scene.words().join(u'\n');
        QVERIFY2(words.contains(QStringLiteral("chain INPUT drops by default")), qPrintable(words));
        QVERIFY(!words.contains(QStringLiteral("This machine only")));
    }

    void nothingMovesThatNobodySees() {
        const TopologyInput input = test::smallTopology();
        Scene scene(input);
        scene.view().setAnimated(true);
        QVERIFY(!scene.view().isMoving()); // no traffic yet
        scene.flow(input);
        QVERIFY(scene.view().isMoving());
        scene.page.hide();
        QVERIFY(!scene.view().isMoving());
        scene.page.show();
        scene.flow(input);
        QVERIFY(scene.view().isMoving());
        scene.view().setAnimated(false); // as on a desktop without animations
        QVERIFY(!scene.view().isMoving());
    }

    void anExportIsAWholeDrawingWithTheNames() {
        Scene scene(test::smallTopology());
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("networks.svg"));
        QVERIFY(scene.page.exportTo(file).has_value());
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray content = svg.readAll();
        // Given its text, in pieces as a font lays it out,
        QXmlStreamReader xml(content);
        QString text;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::Characters)
                text += xml.text();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        // then every name is in it, and it is a drawing for whoever draws SVG.
        for (const char* name : {"web", "api", "db", "frontend", "backend", "lan", "eth0", "10.89.1.2"})
            QVERIFY2(text.contains(QLatin1String(name)), name);
        QVERIFY(!content.contains("<image")); // nothing is a picture in it
        QVERIFY(QSvgRenderer(content).isValid());
    }

    void anExportAsPictureIsTwiceAsSharp() {
        Scene scene(test::smallTopology());
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("networks.png"));
        QVERIFY(scene.page.exportTo(file).has_value());
        const QImage image(file);
        QCOMPARE(image.size(), (scene.scene().sceneRect().size() * 2).toSize());
        QVERIFY(!scene.page.exportTo(QStringLiteral("/nonexistent/x.png")).has_value());
    }

    void whatStaysKeepsItsPlace() {
        TopologyInput input = test::smallTopology();
        Scene scene(input);
        const QPointF before = scene.scene().nodeItem(QStringLiteral("network:id-frontend"))->pos();
        auto* item = scene.scene().nodeItem(QStringLiteral("network:id-frontend"));
        // When a container stops, nothing moves at all,
        input.containers[2].state = QStringLiteral("exited");
        input.networks[2].endpoints[1].isRunning = false;
        scene.page.setNetworks(input.networks);
        scene.page.setContainers(input.containers);
        QCOMPARE(scene.scene().nodeItem(QStringLiteral("network:id-frontend")), item);
        QCOMPARE(item->pos(), before);
        // and the selection stays.
        scene.view().goTo(QStringLiteral("container:c-web"));
        scene.page.setContainers(input.containers);
        QCOMPARE(scene.scene().current(), QStringLiteral("container:c-web"));
    }

    // No limit: a figure for who wants to know.
    void sixtyContainersAreSmooth() {
        const TopologyInput input = test::largeTopology();
        Scene scene(input, {1500, 900});
        scene.flow(input);
        scene.view().setAnimated(true);
        scene.view().fit();
        scene.view().viewport()->repaint();
        constexpr int kFrames = 60;
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < kFrames; ++i) {
            scene.view().advance();
            scene.view().viewport()->repaint();
        }
        std::printf("     %d containers: %.2f ms a frame\n", int(input.containers.size()),
                    static_cast<double>(clock.nsecsElapsed()) / 1e6 / kFrames);
        QVERIFY(scene.view().isMoving());
    }
};

ESCALE_TEST(TopologyViewTest)
#include "topology_view_test.moc"
