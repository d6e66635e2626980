#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <sys/mount.h>
#include <unistd.h>

using namespace escale;

class MountedTreeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRemovalDoesNotEnterAMount() {
        SKIP_UNLESS(::geteuid() == 0, "mounting needs root");
        const QTemporaryDir folder;
        const std::string kept = folder.path().toStdString() + "/kept";
        const std::string tree = folder.path().toStdString() + "/tree";
        VERIFY_RESULT(makeDirectories(kept));
        VERIFY_RESULT(writeFileAtomically(kept + "/file", "x"));
        VERIFY_RESULT(makeDirectories(tree + "/a/mounted"));
        if (::mount(kept.c_str(), (tree + "/a/mounted").c_str(), nullptr, MS_BIND, nullptr) != 0)
            QSKIP("this machine lets nobody mount");
        const auto inside = removeTree(tree);
        const auto itself = removeTree(tree + "/a/mounted");
        QCOMPARE(::umount2((tree + "/a/mounted").c_str(), MNT_DETACH), 0);
        QCOMPARE(inside.error().code, ErrorCode::InUse);
        QCOMPARE(itself.error().code, ErrorCode::InUse);
        QVERIFY(exists(kept + "/file"));
        VERIFY_RESULT(removeTree(tree));
    }
};
ESCALE_TEST(MountedTreeTest)

#include "mounted_tree_test.moc"
