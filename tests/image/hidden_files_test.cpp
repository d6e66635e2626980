#include "engine/image/hidden_files.h"

#include "tests/image/layer_list.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;

class HiddenFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatALaterLayerRemovesIsStillStored() {
        const LayerStack stack =
            stackOf({LayerList().file("app/a", 100).file("b", 7), LayerList().whiteout("app")});
        const HiddenFiles hidden = hiddenFiles(stack, 2);
        QCOMPARE(hidden.bytes, std::uint64_t{100});
        QCOMPARE(hidden.files.size(), std::size_t{1});
        QCOMPARE(stack.path(hidden.files[0].node), std::string("/app/a"));
        QCOMPARE(hidden.files[0].hiddenBy, 1U);
        QVERIFY(hidden.files[0].isRemoved);
        QCOMPARE(hidden.byLayer, (std::vector<std::uint64_t>{100, 0}));
    }

    void eachCopyUnderneathAReplacedFileCounts() {
        const LayerStack stack =
            stackOf({LayerList().file("a", 10), LayerList().file("a", 20), LayerList().file("a", 40)});
        const HiddenFiles hidden = hiddenFiles(stack, 3);
        QCOMPARE(hidden.bytes, std::uint64_t{30});
        QCOMPARE(hidden.files[0].bytes, std::uint64_t{20}); // the largest first
        QVERIFY(!hidden.files[0].isRemoved);
        QCOMPARE(hidden.files[1].hiddenBy, 1U);
    }

    void anOpaqueFolderHidesWhatIsBelowIt() {
        const LayerStack stack =
            stackOf({LayerList().file("d/old", 5), LayerList().opaque("d").file("d/new", 6)});
        QCOMPARE(hiddenFiles(stack, 2).bytes, std::uint64_t{5});
    }

    void aFileIsHiddenWhenAllItsNamesAre() {
        const LayerList names = LayerList().name("a", 50, 1).name("b", 50, 1);
        QCOMPARE(hiddenFiles(stackOf({names, LayerList().whiteout("a")}), 2).bytes, std::uint64_t{0});
        QCOMPARE(hiddenFiles(stackOf({names, LayerList().whiteout("a").whiteout("b")}), 2).bytes,
                 std::uint64_t{50});
    }

    void layersAboveTheAskedOnesDoNotCount() {
        const LayerStack stack = stackOf({LayerList().file("a", 10), LayerList().whiteout("a")});
        QCOMPARE(hiddenFiles(stack, 1).bytes, std::uint64_t{0});
    }
};

ESCALE_TEST(HiddenFilesTest)
#include "hidden_files_test.moc"
