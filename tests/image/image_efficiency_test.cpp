#include "engine/image/image_efficiency.h"

#include "tests/image/layer_list.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;

class ImageEfficiencyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anImageThatStoresEachFileOnceIsPerfect() {
        const auto found = imageEfficiency(stackOf({LayerList().file("a", 10), LayerList().file("b", 20)}));
        QCOMPARE(found.score, 1.0);
        QCOMPARE(found.wastedBytes, std::uint64_t{0});
    }

    void anEmptyImageIsPerfectToo() { QCOMPARE(imageEfficiency(stackOf({LayerList()})).score, 1.0); }

    void aFileInTwoLayersCountsItsSmallestSizeOnly() {
        const auto found = imageEfficiency(stackOf({LayerList().file("a", 10), LayerList().file("a", 30)}));
        QCOMPARE(found.score, 10.0 / 40);
        QCOMPARE(found.wastedBytes, std::uint64_t{40});
        QCOMPARE(found.paths.at(0).times, 2U);
    }

    void aRemovedFileWasNotNeededAtAll() {
        const auto found =
            imageEfficiency(stackOf({LayerList().file("a", 10).file("b", 10), LayerList().whiteout("a")}));
        QCOMPARE(found.score, 10.0 / 20);
        QCOMPARE(found.wastedBytes, std::uint64_t{10});
    }

    // dive's own test image (.data/test-docker-image.tar of wagoodman/dive: a busybox whose layers add, copy,
    // change and remove a file of 6405 bytes), file by file; the figures are those that dive's test expects.
    void itsFiguresAreThoseOfDive() {
        constexpr std::uint64_t kFile = 6405;
        const auto found = imageEfficiency(stackOf(
            {LayerList().file("bin/busybox", 1'154'361).folder("root").folder("tmp"),
             LayerList().file("somefile.txt", kFile), LayerList().folder("root/example/really/nested"),
             LayerList().file("root/example/somefile1.txt", kFile),
             LayerList().file("root/example/somefile1.txt", kFile),
             LayerList().file("root/example/somefile2.txt", kFile),
             LayerList().file("root/example/somefile3.txt", kFile),
             LayerList().whiteout("root/example/somefile3.txt").file("root/saved.txt", kFile),
             LayerList().file("root/.saved.txt", kFile), LayerList().whiteout("root/example"),
             LayerList().file("root/.data/tag.sh", 917).file("root/.data/test.sh", 1270),
             LayerList().file("tmp/saved.again1.txt", kFile),
             LayerList().file("root/.data/saved.again2.txt", kFile),
             LayerList().file("root/saved.txt", kFile)}));
        QCOMPARE(found.score, 0.9844212134184309);
        QCOMPARE(found.wastedBytes, std::uint64_t{32'025});
    }
};

ESCALE_TEST(ImageEfficiencyTest)
#include "image_efficiency_test.moc"
