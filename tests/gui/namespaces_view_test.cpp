// What the namespaces page draws: machine and containers as boxes, user ids as bands, mounts as a tree.
#include "gui/learn/mounts_view.h"
#include "gui/learn/namespace_text.h"
#include "gui/learn/namespaces_explanation.h"
#include "gui/learn/namespaces_view.h"
#include "gui/learn/user_ids_view.h"

#include "tests/gui/inspected_sample.h"
#include "tests/support/test_registry.h"

#include <QSet>
#include <QTest>
#include <QTextDocument>

#include <algorithm>

using namespace escale;
using namespace escale::gui;

class NamespacesViewTest : public QObject {
    Q_OBJECT

    using Whose = NamespaceOf::Whose;

    static QString u(const char* text) { return QString::fromUtf8(text); }
    static QString plain(const QString& html) {
        QTextDocument document;
        document.setHtml(html);
        return document.toPlainText();
    }
    static const NamespaceOf& of(const NamespacesModel& model, const char* id, NamespaceType type) {
        return model.container(QString::fromLatin1(id))->namespaces[static_cast<std::size_t>(type)];
    }
    static const CellsRow* row(const QList<CellsRow>& rows, const QString& id) {
        const auto found =
            std::find_if(rows.begin(), rows.end(), [&](const CellsRow& one) { return one.id == id; });
        return found == rows.end() ? nullptr : &*found;
    }
    static UserIdsInput ids() {
        UserIdsInput input;
        input.container = u("web");
        input.facts = test::sampleFacts();
        for (const auto& process : test::sampleSnapshot().processes) {
            if (process.container == u"id1" && process.role == u"container")
                input.processes.append(process);
        }
        input.windowUser = input.windowGroup = 1000;
        return input;
    }
    static MountsInput mounts() {
        MountsInput input;
        input.container = u("web");
        input.mounts = {
            {1,
             0,
             u("/"),
             u("/"),
             u("overlay"),
             u("overlay"),
             u("rw,relatime"),
             u("rw,lowerdir=a:b:c,upperdir=u"),
             {},
             false,
             0},
            {2, 1, u("/"), u("/proc"), u("proc"), u("proc"), u("rw,nosuid"), u("rw"), {}, false, 0},
            {3, 2, u("/"), u("/proc/acpi"), u("tmpfs"), u("tmpfs"), u("ro"), u("ro,size=0k"), {}, false, 0},
            {4, 2, u("/bus"), u("/proc/bus"), u("proc"), u("proc"), u("ro"), u("rw"), {}, false, 0},
            {5,
             1,
             u("/var/lib/escale/volumes/data/_data"),
             u("/data"),
             u("ext4"),
             u("/dev/sda1"),
             u("rw"),
             u("rw"),
             {},
             true,
             6},
            {6, 1, u("/"), u("/data"), u("tmpfs"), u("tmpfs"), u("rw"), u("rw,size=8k"), {}, false, 0},
        };
        input.machine = {{20, 0, u("/"), u("/"), u("ext4"), u("/dev/sda1"), u("rw"), u("rw"), {}, false, 0},
                         {21, 20, u("/"), u("/proc"), u("proc"), u("proc"), u("rw"), u("rw"), {}, false, 0}};
        return input;
    }

private Q_SLOTS:
    void aNamespaceIsTheContainersTheMachinesOrAnothersContainers() {
        // Given web with all kinds but time for itself, db in web's network, and probe in the machine's,
        const NamespacesModel model = namespacesModel(test::sampleSnapshot());
        QCOMPARE(of(model, "id1", NamespaceType::Network).whose, Whose::Own);
        QCOMPARE(of(model, "id1", NamespaceType::Time).whose, Whose::Machine);
        QCOMPARE(of(model, "id3", NamespaceType::Network).whose, Whose::Machine);
        // then who was there first owns what two have in common.
        QCOMPARE(of(model, "id2", NamespaceType::Network).whose, Whose::Container);
        QCOMPARE(of(model, "id2", NamespaceType::Network).owner, u("id1"));
        QCOMPARE(of(model, "id2", NamespaceType::Mount).whose, Whose::Own);
        QVERIFY(of(model, "id1", NamespaceType::Network).containers.contains(u("id2")));
        // The machine's lists who shares it.
        QCOMPARE(model.machine[static_cast<std::size_t>(NamespaceType::Network)].containers,
                 QStringList(u("id3")));
    }

    void whoHasJoinedStandsBehindWhomItHasJoined() {
        const NamespacesModel model = namespacesModel(test::sampleSnapshot());
        QStringList names;
        for (const ContainerNamespaces& one : model.containers)
            names.append(one.container.name);
        QCOMPARE(names, QStringList({u("web"), u("db"), u("probe")}));
    }

    void processesStandWithTheirNumbersInsideAndOutside() {
        const NamespacesModel model = namespacesModel(test::sampleSnapshot());
        const Drawing drawing = drawNamespaces(model, u("id1"));
        const DrawnBox* worker = drawing.box(processBox(101));
        QVERIFY(worker != nullptr);
        QCOMPARE(worker->lines.first().simplified(), u("7 ⇄ 101 nginx"));
        // A pid namespace that was made inside is a box of its own, and its process has three numbers.
        QCOMPARE(drawing.box(processBox(102))->lines.first().simplified(), u("1 ⇄ 9 ⇄ 102 sh"));
        QCOMPARE(model.container(u("id1"))->nested.size(), 1);
        // The monitor, the engine and this window are the machine's.
        const QRectF web = drawing.box(containerBox(u("id1")))->rect;
        QVERIFY(web.contains(worker->rect));
        for (const quint32 pid : {50, 60, 99}) {
            QVERIFY(drawing.box(processBox(pid)) != nullptr);
            QVERIFY(!web.intersects(drawing.box(processBox(pid))->rect));
        }
    }

    void eachBoxLiesInItsContainersAndNoTwoOverlap() {
        const Drawing drawing = drawNamespaces(namespacesModel(test::sampleSnapshot()), {});
        const QRectF machine = drawing.box(containerBox({}))->rect;
        for (const char* id : {"id1", "id2", "id3"}) {
            const QRectF container = drawing.box(containerBox(QString::fromLatin1(id)))->rect;
            QVERIFY(machine.contains(container));
            for (const char* file : kNamespaceFiles)
                QVERIFY(container.contains(
                    drawing.box(u("ns:%1:%2").arg(QLatin1String(id), QLatin1String(file)))->rect));
        }
        QList<QRectF> chips;
        for (const DrawnBox& box : drawing.boxes) {
            if (box.id.startsWith(QLatin1String("ns:")) || box.id.startsWith(QLatin1String("p:")))
                chips.append(box.rect);
        }
        for (int i = 0; i < chips.size(); ++i) {
            for (int j = i + 1; j < chips.size(); ++j)
                QVERIFY(!chips[i].intersects(chips[j]));
        }
    }

    void theKeyboardReachesEveryBoxOfEachView() {
        const NamespacesModel model = namespacesModel(test::sampleSnapshot());
        for (const Drawing& drawing : {drawNamespaces(model, {}), drawUserIds(ids()), drawMounts(mounts())})
            QCOMPARE(test::unreachable(drawing), QStringList());
    }

    void everyBoxIsARowAndInodesFitTheirChips() {
        const NamespacesModel model = namespacesModel(test::sampleSnapshot());
        const Drawing drawing = drawNamespaces(model, {});
        const QList<CellsRow> rows = namespaceRows(model);
        QSet<QString> ids;
        for (const CellsRow& one : rows)
            ids.insert(one.id);
        QCOMPARE(ids.size(), rows.size());
        for (const DrawnBox& box : drawing.boxes) {
            if (!box.id.startsWith(QLatin1String("ns:")))
                continue;
            QVERIFY2(ids.contains(box.id), qPrintable(box.id));
            for (int i = 0; i < box.lines.size(); ++i)
                QVERIFY2(textWidth(box.lines[i], i == 0) <= box.rect.width() - 2 * kBoxPadding,
                         qPrintable(box.lines[i]));
        }
        QCOMPARE(row(rows, namespaceBox(u("id1"), NamespaceType::Network))->cells[2].text,
                 QString::number(of(model, "id1", NamespaceType::Network).inode));
    }

    void ofManyProcessesSomeAreDrawnAndAllAreRows() {
        NamespacesSnapshot snapshot = test::sampleSnapshot();
        for (quint32 i = 0; i < 20; ++i)
            snapshot.processes.append(test::containerProcess(1, 1000 + i, 20 + i, u("worker")));
        const NamespacesModel model = namespacesModel(snapshot);
        const Drawing drawing = drawNamespaces(model, u("id1"));
        const auto drawn = std::count_if(drawing.boxes.begin(), drawing.boxes.end(), [](const DrawnBox& box) {
            return box.id.startsWith(QLatin1String("p:1")) && box.id.size() == 6;
        });
        QVERIFY(drawn < 20);
        QVERIFY(std::any_of(drawing.texts.begin(), drawing.texts.end(),
                            [](const DrawnText& text) { return text.text.contains(u"more"); }));
        QVERIFY(row(namespaceRows(model), processBox(1019)) != nullptr);
    }

    void withoutContainersTheMachineStandsAlone() {
        NamespacesSnapshot snapshot;
        snapshot.processes = {test::machineProcess(50, u("engine"), u("escale-helper"))};
        const Drawing drawing = drawNamespaces(namespacesModel(snapshot), {});
        QVERIFY(drawing.box(containerBox({})) != nullptr);
        QVERIFY(drawing.box(namespaceBox({}, NamespaceType::Network)) != nullptr);
        QVERIFY(!drawNamespaces(namespacesModel({}), {}).boxes.isEmpty()); // nor does nothing at all break it
    }

    void thirtyContainersStandInColumns() {
        NamespacesSnapshot snapshot;
        for (int i = 1; i <= 30; ++i) {
            snapshot.containers.append(
                test::namedContainer(i, 1000U + static_cast<quint32>(i),
                                     u("a-container-with-a-rather-long-name-%1").arg(i), u("alpine:3")));
            snapshot.processes.append(
                test::containerProcess(i, 1000U + static_cast<quint32>(i), 1, u("sleep")));
        }
        const Drawing drawing = drawNamespaces(namespacesModel(snapshot), {});
        QVERIFY(drawing.bounds.width() < 1600);
        for (int i = 1; i < 30; ++i)
            QVERIFY(!drawing.box(containerBox(u("id%1").arg(i)))
                         ->rect.intersects(drawing.box(containerBox(u("id%1").arg(i + 1)))->rect));
    }

    void theExplanationTellsWhatIsInANamespaceNow() {
        const NamespacesModel model = namespacesModel(test::sampleSnapshot());
        const dbus::NamespaceFacts facts = test::sampleFacts();
        const auto of = [&](NamespaceType type) {
            return plain(
                namespacesExplanation(namespaceBox(u("id1"), type), model, {u("id1"), &facts, nullptr}));
        };
        QVERIFY2(of(NamespaceType::Uts).contains(u"web-host"), qPrintable(of(NamespaceType::Uts)));
        QVERIFY(of(NamespaceType::Network).contains(u"10.89.1.2/24"));
        QVERIFY(of(NamespaceType::Network).contains(u"Also in it: db"));
        QVERIFY(of(NamespaceType::Ipc).contains(u"0x5e0a1b2c"));
        QVERIFY(of(NamespaceType::User).contains(QString::number(test::kIdBase)));
        QVERIFY(of(NamespaceType::Pid).contains(u"101"));
        QVERIFY(of(NamespaceType::Cgroup).contains(u"/escale/id1"));
        // What was read of another container is not told of this one.
        QVERIFY(!plain(namespacesExplanation(namespaceBox(u("id2"), NamespaceType::Uts), model,
                                             {u("id1"), &facts, nullptr}))
                     .contains(u"web-host"));
    }

    void wordsOfAContainerAreNothingButText() {
        NamespacesSnapshot snapshot = test::sampleSnapshot();
        snapshot.processes[2].command = u("<img src='x'>&");
        snapshot.processes[2].name = u("<b>");
        const QString html = namespacesExplanation(processBox(100), namespacesModel(snapshot), {});
        QVERIFY2(!html.contains(u"<img"), qPrintable(html));
        QVERIFY(plain(html).contains(u"<img src='x'>&"));
    }

    void detailsAreWantedOfWhatIsChosenAlone() {
        QCOMPARE(wantedContent({}).container, QString());
        QCOMPARE(wantedContent(namespaceBox({}, NamespaceType::Uts)).container, QString()); // the machine's
        QVERIFY(wantedContent(namespaceBox(u("id1"), NamespaceType::Uts)).facts);
        QVERIFY(!wantedContent(namespaceBox(u("id1"), NamespaceType::Pid)).facts);
        QVERIFY(wantedContent(namespaceBox(u("id1"), NamespaceType::Mount)).mounts);
    }

    void aBandLeadsFromIdsInsideToIdsOutside() {
        const Drawing drawing = drawUserIds(ids());
        QCOMPARE(drawing.bands.size(), 1);
        const DrawnBox* inside = drawing.box(u("range:u:0"));
        const DrawnBox* outside = drawing.box(u("range:u:0:out"));
        QVERIFY(inside != nullptr && outside != nullptr);
        QCOMPARE(inside->lines.first(), u("0 … 65535"));
        QCOMPARE(outside->lines.first(), u("%1 … %2").arg(test::kIdBase).arg(test::kIdBase + 65535));
        // Ids of processes are marked at both ends, and so is what is nobody inside.
        QVERIFY(drawing.box(u("id:u:%1").arg(test::kIdBase))->lines.first().startsWith(u"0  root"));
        QVERIFY(drawing.box(u("id:u:%1").arg(test::kIdBase + 101)) != nullptr);
        QVERIFY(drawing.box(u("id:u:1000")) == nullptr);
        QVERIFY(drawing.box(u("id:u:1000:out")) != nullptr);
    }

    void gapsBetweenRangesAreSeen() {
        UserIdsInput input = ids();
        input.facts.uidMap = {{0, test::kIdBase, 1000}, {1000, 1000, 1}, {1001, test::kIdBase + 1001, 64535}};
        const Drawing drawing = drawUserIds(input);
        QCOMPARE(drawing.bands.size(), 4); // three of users, one of groups
        QVERIFY(drawing.box(u("range:u:1000")) != nullptr);
        QVERIFY(drawing.box(u("gap:u:out:0")) != nullptr);    // 0 to 999
        QVERIFY(drawing.box(u("gap:u:out:1001")) != nullptr); // up to the range
        QVERIFY(drawing.box(u("gap:u:in:0")) == nullptr);
        // "You" are somebody inside.
        QCOMPARE(row(userIdRows(input), u("id:u:1000"))->cells[0].text, u("1000"));
    }

    void mountsAreATreeAndTellWhatHidesThem() {
        const MountsInput input = mounts();
        const Drawing drawing = drawMounts(input);
        QVERIFY(drawing.box(u("m:3"))->rect.left() > drawing.box(u("m:2"))->rect.left());
        QVERIFY(drawing.box(u("m:2"))->rect.left() > drawing.box(u("m:1"))->rect.left());
        const DrawnBox* hidden = drawing.box(u("m:5"));
        QCOMPARE(hidden->look, DrawnBox::Look::Dashed);
        QVERIFY2(hidden->lines.last().contains(u"hidden by tmpfs at /data"),
                 qPrintable(hidden->lines.last()));
        QCOMPARE(mountRows(input).size(), input.mounts.size());
    }

    void aMountTellsWhatItComesFrom() {
        const MountsInput input = mounts();
        QVERIFY(mountOrigin(input.mounts[0]).contains(u"3 layers"));
        QVERIFY(mountOrigin(input.mounts[2]).contains(u"mask"));
        QVERIFY(mountOrigin(input.mounts[3]).contains(u"read-only"));
        QCOMPARE(mountOrigin(input.mounts[4]), u("the volume data"));
        // A volume lies on the machine's disk; its /proc and its mask were made for it.
        QCOMPARE(mountBehind(input.mounts[4], input)->id, 20U);
        QVERIFY(mountBehind(input.mounts[1], input) == nullptr);
        QVERIFY(mountBehind(input.mounts[3], input) == nullptr);
        QVERIFY(drawMounts(input).box(u("h:20")) != nullptr);
    }

    void eachKindHasItsOwnHueAndWords() {
        QSet<int> hues;
        QSet<QString> meanings;
        for (std::size_t i = 0; i < kNamespaceTypes; ++i) {
            const auto type = static_cast<NamespaceType>(i);
            hues.insert(namespaceHue(type));
            meanings.insert(namespaceMeaning(type));
            QVERIFY(namespaceManPage(type).endsWith(u"_namespaces(7)"));
        }
        QCOMPARE(hues.size(), int(kNamespaceTypes));
        QCOMPARE(meanings.size(), int(kNamespaceTypes));
    }
};

ESCALE_TEST(NamespacesViewTest)
#include "namespaces_view_test.moc"
