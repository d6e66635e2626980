#include "engine/image/layer_stack.h"

#include "engine/image/image_findings.h"
#include "engine/image/layer_selection.h"
#include "tests/image/layer_list.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>

using namespace escale;
using namespace escale::test;

namespace {

// "A", "C", "R" or "=" of a path in each layer; "-" where there is nothing, "x" where it is gone.
std::string story(const LayerStack& stack, std::string_view path) {
    const LayerStack::NodeId id = stack.find(path);
    std::string text;
    for (std::size_t layer = 0; layer < stack.layerCount(); ++layer) {
        const LayerStack::Version* version = stack.versionAt(id, layer);
        const bool isGone =
            version != nullptr && version->change == LayerChange::Removed && version->layer < layer;
        text += version == nullptr ? '-' : isGone ? 'x' : "ACR="[static_cast<int>(stack.changeAt(id, layer))];
    }
    return text;
}

// The shown paths, a line each, with what happened to them.
std::string shown(const LayerSelection& selection, const LayerStack& stack,
                  LayerStack::NodeId folder = LayerStack::kRoot) {
    std::string text;
    for (const LayerStack::NodeId id : selection.children(folder)) {
        text += std::string(1, "ACR="[static_cast<int>(selection.change(id))]) + stack.path(id) + ' ';
        text += shown(selection, stack, id);
    }
    return text;
}

LayerQuery query(std::size_t layer, bool only = false, std::string text = {}) {
    LayerQuery made;
    made.layer = layer;
    made.thisLayerOnly = only;
    made.text = std::move(text);
    return made;
}

} // namespace

class LayerStackTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFileIsAddedChangedRemovedAndAddedAgain() {
        const LayerStack stack =
            stackOf({LayerList().file("etc/a", 1), LayerList().file("etc/a", 2), LayerList().folder("etc"),
                     LayerList().whiteout("etc/a"), LayerList().folder("etc"), LayerList().file("etc/a", 3)});
        QCOMPARE(story(stack, "/etc/a"), std::string("AC=RxA"));
        QCOMPARE(story(stack, "/etc"), std::string("A====="));
    }

    void aRemovedFolderTakesAlongWhatIsInIt() {
        const LayerStack stack =
            stackOf({LayerList().file("a/b/c", 1), LayerList().file("a/b/d", 1), LayerList().whiteout("a")});
        QCOMPARE(story(stack, "/a/b/c"), std::string("A=R"));
        QCOMPARE(story(stack, "/a/b/d"), std::string("-AR"));
        QCOMPARE(stack.summary(2).removed, 2U); // files, without folders
    }

    void anOpaqueFolderHidesOnlyWhatTheLayerDoesNotBringAnew() {
        const LayerStack stack = stackOf({LayerList().file("a/old", 1).file("a/both", 1).file("a/in/deep", 1),
                                          LayerList().opaque("a").file("a/both", 2).file("a/new", 2)});
        QCOMPARE(story(stack, "/a/old"), std::string("AR"));
        QCOMPARE(story(stack, "/a/both"), std::string("AC"));
        QCOMPARE(story(stack, "/a/in/deep"), std::string("AR"));
        QCOMPARE(story(stack, "/a/new"), std::string("-A"));
    }

    void aFileInTheFoldersPlaceRemovesItsContent() {
        const LayerStack stack = stackOf({LayerList().file("a/b", 1), LayerList().file("a", 2)});
        QCOMPARE(story(stack, "/a"), std::string("AC"));
        QCOMPARE(story(stack, "/a/b"), std::string("AR"));
    }

    void aFolderOnTheWayIsNoChangeButItsNewModeIs() {
        const LayerStack stack =
            stackOf({LayerList().folder("a"), LayerList().file("a/b"), LayerList().folder("a", 0700)});
        QCOMPARE(story(stack, "/a"), std::string("A=C"));
    }

    void aWhiteoutOfNothingIsNothing() {
        const LayerStack stack = stackOf({LayerList().file("a"), LayerList().whiteout("b")});
        QCOMPARE(story(stack, "/b"), std::string("--"));
        QCOMPARE(stack.summary(1).removed, 0U);
    }

    void theNamesOfOneFileCountOnce() {
        const LayerStack stack =
            stackOf({LayerList().name("bin/a", 100, 7).name("bin/b", 100, 7).file("c", 1)});
        QCOMPARE(stack.summary(0).size, std::uint64_t{101});
        QCOMPARE(stack.summary(0).added, 3U);
    }

    void aLayerAloneShowsItsChangesAndTheFoldersAboveThem() {
        const LayerStack stack = stackOf({LayerList().file("a/x", 10).file("b/y", 20).file("c", 5),
                                          LayerList().file("a/z", 7).whiteout("c")});
        QCOMPARE(shown({stack, query(1, true)}, stack), std::string("C/a A/a/z R/c "));
    }

    void allUpToALayerIsTheFileSystemAndWhatItRemoves() {
        const LayerStack stack = stackOf({LayerList().file("a/x", 10).file("c", 5), LayerList().whiteout("c"),
                                          LayerList().file("a/z", 7)});
        QCOMPARE(shown({stack, query(1)}, stack), std::string("=/a =/a/x R/c "));
        QCOMPARE(shown({stack, query(2)}, stack), std::string("C/a =/a/x A/a/z "));
    }

    void sizesOfFoldersAreThoseOfTheShownFiles() {
        const LayerStack stack = stackOf({LayerList().file("a/x", 10), LayerList().file("a/z", 7)});
        QCOMPARE(LayerSelection(stack, query(1)).size(stack.find("/a")), std::uint64_t{17});
        QCOMPARE(LayerSelection(stack, query(1, true)).size(stack.find("/a")), std::uint64_t{7});
    }

    void theTextFindsNamesAndWithASlashPaths() {
        const LayerStack stack =
            stackOf({LayerList().file("usr/lib/libSSL.so", 1).file("usr/bin/tool", 1).file("lib/readme", 1)});
        QCOMPARE(shown({stack, query(0, false, "ssl")}, stack),
                 std::string("A/usr A/usr/lib A/usr/lib/libSSL.so "));
        QCOMPARE(shown({stack, query(0, false, "/BIN/t")}, stack),
                 std::string("A/usr A/usr/bin A/usr/bin/tool "));
        // A folder that is found shows what is in it.
        QCOMPARE(shown({stack, query(0, false, "lib")}, stack),
                 std::string("A/lib A/lib/readme A/usr A/usr/lib A/usr/lib/libSSL.so "));
    }

    void kindsCanBeLeftOut() {
        const LayerStack stack = stackOf({LayerList().file("a/x", 1).file("a/y", 1).file("b/u", 1),
                                          LayerList().file("a/x", 2).whiteout("a/y").file("a/z", 1)});
        LayerQuery changedOnly = query(1);
        changedOnly.wanted = {false, true, false, false};
        QCOMPARE(shown({stack, changedOnly}, stack), std::string("C/a C/a/x "));
        LayerQuery unchangedOnly = query(1);
        unchangedOnly.wanted = {false, false, false, true};
        QCOMPARE(shown({stack, unchangedOnly}, stack), std::string("=/b =/b/u "));
    }

    // No timed assertion: the figure is for whoever reads the log.
    void aHundredThousandFilesAreOneQuickTree() {
        LayerList base, upper;
        for (int folder = 0; folder < 1000; ++folder) {
            for (int file = 0; file < 90; ++file)
                base.file("usr/share/folder-" + std::to_string(folder) + "/file-" + std::to_string(file) +
                              ".txt",
                          100);
            for (int file = 85; file < 95; ++file)
                upper.file("usr/share/folder-" + std::to_string(folder) + "/file-" + std::to_string(file) +
                               ".txt",
                           200);
        }
        std::vector<std::vector<LayerEntry>> layers{base.entries(), upper.entries()};
        QElapsedTimer timer;
        timer.start();
        const LayerStack stack(std::move(layers));
        const qint64 built = timer.restart();
        const LayerSelection all(stack, query(1));
        const qint64 selected = timer.restart();
        const LayerSelection found(stack, query(1, false, "file-9"));
        const qint64 searched = timer.restart();
        const auto findings = fileFindings(stack, {});
        std::printf(
            "     %zu paths: merged in %lld ms, shown in %lld ms, searched in %lld ms, findings in %lld ms\n",
            stack.nodeCount(), static_cast<long long>(built), static_cast<long long>(selected),
            static_cast<long long>(searched), static_cast<long long>(timer.elapsed()));
        QCOMPARE(all.fileCount(), std::size_t{95'000});
        QCOMPARE(found.fileCount(), std::size_t{6'000}); // file-9 and file-90 … file-94
        QCOMPARE(stack.summary(1).added, 5'000U);
        QCOMPARE(stack.summary(1).changed, 5'000U);
        QCOMPARE(findings.size(), std::size_t{1}); // ReplacedLater
    }
};

ESCALE_TEST(LayerStackTest)
#include "layer_stack_test.moc"
