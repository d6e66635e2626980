#include "gui/networks/topology_layout.h"
#include "tests/gui/network_sample.h"
#include "tests/support/test_registry.h"

#include <QPainterPathStroker>

#include <algorithm>

using namespace escale;
using namespace escale::gui;

class TopologyLayoutTest : public QObject {
    Q_OBJECT

    static TopologyInput reversed(TopologyInput input) {
        std::reverse(input.networks.begin(), input.networks.end());
        std::reverse(input.containers.begin(), input.containers.end());
        return input;
    }

private Q_SLOTS:
    void theSameGraphGivesTheSameDrawing() {
        const TopologyLayout one = layOut(makeTopology(test::largeTopology()));
        // Also when the engine lists everything in another order.
        const TopologyLayout other = layOut(makeTopology(reversed(test::largeTopology())));
        QCOMPARE(one.nodes, other.nodes);
        QCOMPARE(one.bounds, other.bounds);
    }

    void nothingLiesOnSomethingElse_data() {
        QTest::addColumn<bool>("large");
        QTest::newRow("3 networks, 8 containers") << false;
        QTest::newRow("10 networks, 60 containers") << true;
    }
    void nothingLiesOnSomethingElse() {
        QFETCH(const bool, large);
        const TopologyGraph graph = makeTopology(large ? test::largeTopology() : test::smallTopology());
        const TopologyLayout layout = layOut(graph);
        QCOMPARE(layout.nodes.size(), graph.nodes.size());
        for (auto one = layout.nodes.begin(); one != layout.nodes.end(); ++one) {
            for (auto other = std::next(one); other != layout.nodes.end(); ++other)
                QVERIFY2(!one->intersects(*other),
                         qPrintable(one.key() + QStringLiteral(" / ") + other.key()));
        }
    }

    void noLineRunsThroughAContainer() {
        const TopologyGraph graph = makeTopology(test::largeTopology());
        const TopologyLayout layout = layOut(graph);
        for (const TopologyEdge& edge : graph.edges) {
            const QPainterPath path = QPainterPathStroker().createStroke(layout.edges.value(edge.id));
            for (const TopologyNode& node : graph.nodes) {
                if (node.kind != TopologyNode::Container || edge.kind != TopologyEdge::Veth)
                    continue;
                const QRectF inside = layout.nodes.value(node.id).adjusted(1, 1, -1, -1);
                QVERIFY2(!path.intersects(inside), qPrintable(edge.id + QStringLiteral(" / ") + node.id));
            }
        }
    }

    void aContainerInSeveralNetworksIsDrawnOnce() {
        const TopologyGraph graph = makeTopology(test::smallTopology());
        const auto boxes = std::count_if(graph.nodes.begin(), graph.nodes.end(),
                                         [](const auto& node) { return node.title == QLatin1String("api"); });
        const auto lines = std::count_if(graph.edges.begin(), graph.edges.end(), [](const auto& edge) {
            return edge.kind == TopologyEdge::Veth && edge.container == QLatin1String("c-api");
        });
        QCOMPARE(boxes, 1);
        QCOMPARE(lines, 2);
        // It stands with the network that its default route leads to.
        QCOMPARE(graph.node(QStringLiteral("container:c-api"))->network, QStringLiteral("id-frontend"));
    }

    void whatIsInternalHasNoWayOut() {
        const TopologyGraph graph = makeTopology(test::smallTopology());
        QVERIFY(graph.edge(QStringLiteral("out:id-frontend")) != nullptr);
        QVERIFY(graph.edge(QStringLiteral("out:id-backend")) == nullptr);
        // One on the local network is tied to its parent, past the routing.
        QCOMPARE(graph.edge(QStringLiteral("parent:id-lan"))->from, QStringLiteral("interface:eth0"));
    }

    void interfacesOfOurOwnAreNoneOfTheMachines() {
        const TopologyGraph graph = makeTopology(test::smallTopology());
        for (const char* shown : {"eth0", "wlan0", "docker0"})
            QVERIFY2(graph.node(QStringLiteral("interface:") + QLatin1String(shown)) != nullptr, shown);
        for (const char* hidden : {"lo", "escale0", "br-frontend", "ve1"})
            QVERIFY2(graph.node(QStringLiteral("interface:") + QLatin1String(hidden)) == nullptr, hidden);
    }

    void aPortsWayLeadsToItsContainer() {
        const TopologyGraph graph = makeTopology(test::smallTopology());
        const QSet<QString> way = graph.wayOf(QStringLiteral("port:c-web:0.0.0.0:8080->80/tcp"));
        for (const char* id : {"firewall", "out:id-frontend", "network:id-frontend", "veth:id-frontend:c-web",
                               "container:c-web"})
            QVERIFY2(way.contains(QLatin1String(id)), id);
        QVERIFY(!way.contains(QStringLiteral("container:c-db")));
    }

    void containersWithoutANetworkAreShown() {
        TopologyInput input = test::smallTopology();
        input.containers.append(test::named(QStringLiteral("alone")));
        const TopologyGraph graph = makeTopology(input);
        QVERIFY(graph.node(QStringLiteral("container:c-alone")) != nullptr);
        QVERIFY(graph.node(QStringLiteral("network:")) != nullptr);
        QVERIFY(layOut(graph).nodes.contains(QStringLiteral("container:c-alone")));
    }
};

ESCALE_TEST(TopologyLayoutTest)
#include "topology_layout_test.moc"
