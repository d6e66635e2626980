#include "gui/learn/layers_view.h"

#include "gui/learn/layer_trial.h"
#include "gui/learn/layers_text.h"
#include "tests/image/layer_list.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using namespace escale::gui;
using test::LayerList;

class LayersViewTest : public QObject {
    Q_OBJECT

    using State = FileCell::State;
    static QString s(const char* text) { return QString::fromUtf8(text); }

    // Three layers of an image and what a container has changed in its own.
    static ContainerLayersView view(const LayerList& own = LayerList()) {
        ContainerLayersView made;
        made.container = s("web");
        made.instructions = {s("ADD rootfs.tar /"), s("COPY app /app"),
                             s("RUN rm -r /app/build && echo 2 > /etc/issue")};
        made.digests = {s("sha256:aa"), s("sha256:bb"), s("sha256:cc")};
        made.contents = std::make_shared<ImageContents>(
            std::vector<std::vector<LayerEntry>>{
                LayerList().file("bin/sh", 1000).file("etc/hosts", 1200).file("etc/issue", 40).entries(),
                LayerList()
                    .file("app/main", 500)
                    .file("app/build/a.o", 3000)
                    .file("app/build/b.o", 2000)
                    .entries(),
                LayerList().whiteout("app/build").file("etc/issue", 60).entries(), own.entries()},
            1);
        made.own = OwnLayer(made.contents->stack);
        return made;
    }
    static FileColumn column(const ContainerLayersView& view, const char* path) {
        return fileColumn(view.contents->stack, view.imageLayers(), view.own, s(path));
    }
    static QList<State> states(const FileColumn& column) {
        QList<State> found;
        for (const FileCell& cell : column.cells)
            found.append(cell.state);
        return found;
    }
    static LayerEvent event(const char* line) { return LayerEvent::fromLine(line).value_or(LayerEvent()); }

private Q_SLOTS:
    void aFileIsSeenFromTheHighestLayerThatHasIt() {
        const FileColumn found = column(view(), "/etc/issue");
        QCOMPARE(states(found), (QList<State>{State::Hidden, State::Nothing, State::Seen, State::Nothing}));
        QCOMPARE(found.seen, 2);
        QCOMPARE(found.cells[0].hiddenBy, 2);
        QCOMPARE(found.hidden, quint64(40));
    }

    void aRemovedFolderHidesWhatIsInIt() {
        const FileColumn found = column(view(), "/app/build/a.o");
        QCOMPARE(states(found),
                 (QList<State>{State::Nothing, State::Hidden, State::FolderHides, State::Nothing}));
        QCOMPARE(found.cells[2].by, s("/app/build"));
        QCOMPARE(found.seen, -1);
        QCOMPARE(found.hidden, quint64(3000));
    }

    void aWhiteoutStandsWhereTheFolderWas() {
        QCOMPARE(column(view(), "/app/build").cells[2].state, State::Whiteout);
    }

    void aCopiedUpFileHidesTheOneBelow() {
        const FileColumn found = column(view(LayerList().file("etc/hosts", 1300)), "/etc/hosts");
        QCOMPARE(states(found), (QList<State>{State::Hidden, State::Nothing, State::Nothing, State::Seen}));
        QCOMPARE(found.seen, 3);
    }

    void theContainersWhiteoutHidesEveryVersion() {
        const FileColumn found = column(view(LayerList().whiteout("etc/issue")), "/etc/issue");
        QCOMPARE(states(found),
                 (QList<State>{State::Hidden, State::Nothing, State::Hidden, State::Whiteout}));
        QCOMPARE(found.cells[0].hiddenBy, 2);
        QCOMPARE(found.cells[2].hiddenBy, 3);
        QCOMPARE(found.hidden, quint64(100));
    }

    void anOpaqueFolderHidesWhatLayersBelowHaveInIt() {
        const ContainerLayersView made = view(LayerList().opaque("etc").file("etc/new", 1));
        QCOMPARE(column(made, "/etc").cells[3].state, State::Opaque);
        QCOMPARE(column(made, "/etc").cells[0].state, State::Hidden);
        QCOMPARE(column(made, "/etc/hosts").cells[3].state, State::FolderHides);
        QCOMPARE(column(made, "/etc/new").seen, 3);
    }

    void aFoldersPartsAreSeenTogether() {
        const FileColumn found = column(view(), "/etc");
        QCOMPARE(states(found), (QList<State>{State::Merged, State::Nothing, State::Merged, State::Nothing}));
        QCOMPARE(found.hidden, quint64(0));
    }

    void whatIsMountedOverIsSeenInsteadOfTheLayers() {
        ContainerLayersView made = view();
        made.mounts = {s("/etc/hosts"), s("/dev"), s("/dev/pts")};
        QCOMPARE(made.mountOver(s("/dev/pts/0")), s("/dev/pts"));
        QCOMPARE(made.mountOver(s("/etc/hosts.allow")), QString());
        made.path = s("/etc/hosts");
        QVERIFY(layersExplanation(made).contains(s("Something is mounted at")));
    }

    void aPathThatNobodyHasIsUnknown() { QVERIFY(!column(view(), "/nowhere").isKnown); }

    void hiddenBytesOfTheImageAreThoseThatLaterLayersHide() {
        // given: 5000 in /app/build, 40 of the first /etc/issue; and the container has removed something, too
        const ContainerLayersView made = view(LayerList().whiteout("etc/hosts"));
        // then: what the container does is no fault of the image
        QCOMPARE(made.contents->hidden.bytes, std::uint64_t(5040));
        const QList<CellsRow> rows = hiddenRows(made, 10);
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0].cells[0].text, s("/app/build/a.o"));
        QCOMPARE(rows[0].cells[3].text, s("removed by layer 3"));
        QCOMPARE(rows[2].cells[3].text, s("replaced by layer 3"));
        QVERIFY(layersExplanation(made).contains(s("COPY --from")));
    }

    void slabsAreRowsWithTheContainersOnTop() {
        ContainerLayersView made = view();
        made.path = s("/etc/issue");
        const Drawing drawing = layersDrawing(made);
        const QList<CellsRow> rows = layersRows(made);
        QCOMPARE(rows.size(), 4);
        QCOMPARE(rows.first().id, layerId(3));
        qreal bottom = 0;
        for (const CellsRow& row : rows) {
            const DrawnBox* slab = drawing.box(row.id);
            QVERIFY(slab != nullptr);
            QVERIFY(slab->rect.top() >= bottom);
            bottom = slab->rect.bottom();
        }
        QVERIFY(drawing.box(layerId(2))->spoken.contains(s("/etc/issue: seen")));
        QCOMPARE(rows.at(3).cells.at(1).text, s("hidden by layer 3"));
    }

    void wordsTellWhereAFileComesFrom() {
        ContainerLayersView made = view();
        made.path = s("/etc/issue");
        const QString text = layersExplanation(made);
        QVERIFY2(text.contains(s("Seen from layer 3")), qPrintable(text));
        QVERIFY(text.contains(s("is hidden by layer 3")));
        made.path = s("/app/build/a.o");
        QVERIFY(layersExplanation(made).contains(s("Not there")));
        QVERIFY(layerExplanation(made, 2).contains(s("/app/build")));
    }

    void anInstructionStaysText() {
        ContainerLayersView made = view();
        made.instructions[0] = s("RUN echo <b>");
        QVERIFY(!layerExplanation(made, 0).contains(s("echo <b>")));
    }

    void linesOfTheWatchAreEvents() {
        const LayerEvent told = event(
            R"({"time":1700000000000,"path":"/etc/hosts","change":"copied-up","kind":"file","size":1300,"blocks":4096})");
        QCOMPARE(told.change, LayerEvent::Change::CopiedUp);
        QCOMPARE(told.path, s("/etc/hosts"));
        QCOMPARE(told.size, quint64(1300));
        QCOMPARE(event(R"({"listed":true})").change, LayerEvent::Change::Listed);
        for (const char* bad : {"", "{}", "[1]", R"({"path":"etc","change":"created"})",
                                R"({"path":"/etc","change":"painted"})"})
            QVERIFY2(!LayerEvent::fromLine(bad), bad);
    }

    void theOwnLayerIsKeptUpWithWhatHappens() {
        ContainerLayersView made = view();
        made.own.take(event(R"({"path":"/etc/hosts","change":"copied-up","kind":"file","size":1200})"));
        made.own.take(event(R"({"path":"/etc/hosts","change":"changed","kind":"file","size":1300})"));
        QCOMPARE(made.own.file(s("/etc/hosts"))->mark, OwnFile::Mark::CopiedUp);
        QCOMPARE(made.own.size(), quint64(1300));
        made.own.take(event(R"({"path":"/etc/hosts","change":"removed","kind":"other"})"));
        QCOMPARE(column(made, "/etc/hosts").seen, -1);
        made.own.take(event(R"({"path":"/etc/hosts","change":"gone","kind":"other"})"));
        QCOMPARE(column(made, "/etc/hosts").seen, 0);
        QVERIFY(made.own.files().isEmpty());
    }

    void eventsAreToldWithTheLayerTheyAreAbout() {
        const ContainerLayersView made = view();
        const auto text = [&](const char* line) { return eventText(made, event(line)); };
        QVERIFY(text(R"({"path":"/etc/hosts","change":"copied-up","kind":"file","size":1300})")
                    .startsWith(s("copied up from layer 1")));
        QVERIFY(text(R"({"path":"/etc/issue","change":"removed","kind":"other"})").contains(s("layer 3")));
        QVERIFY(text(R"({"path":"/new","change":"created","kind":"file"})").contains(s("no layer below")));
    }

    void completionFindsNamesAndContinuesPaths() {
        const ContainerLayersView made = view(LayerList().file("etc/own", 1));
        const auto found = [&](const char* text) {
            return completedPaths(made.contents->stack, made.own, s(text), 10);
        };
        QCOMPARE(found("HOST"), QStringList{s("/etc/hosts")});
        QCOMPARE(found("/app/"), (QStringList{s("/app/main"), s("/app/build/")}));
        QCOMPARE(found("own"), QStringList{s("/etc/own")});
        QVERIFY(found("").isEmpty());
    }

    void commandsQuoteTheirPaths() {
        QCOMPARE(trialCommand(LayerTrial::Remove, s("/a b;c")).last(), s("rm -- '/a b;c'"));
    }

    void whatTheContainerHasCopiedUpIsFollowedFirst() {
        QCOMPARE(tellingPath(view(LayerList().file("etc/hosts", 1))), s("/etc/hosts"));
        QCOMPARE(tellingPath(view()), s("/app/build/a.o"));
    }
};

ESCALE_TEST(LayersViewTest)
#include "layers_view_test.moc"
