// What the kernel's overlayfs leaves in an upper folder, read as a list of changes.
#include "engine/image/overlay_changes.h"

#include "engine/base/file.h"
#include "tests/image/overlay_folders.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class OverlayChangesTest : public QObject {
    Q_OBJECT
    std::unique_ptr<OverlayFolders> m_folders;
    std::string m_merged;

    std::string path(const std::string& name) { return m_folders->path(name); }
    void write(const std::string& name, const std::string& content = "x") {
        VERIFY_RESULT(m_folders->write(name, content));
    }
    Result<std::vector<FileChange>> changes() {
        TRY_ASSIGN(const UniqueFd upper, openFile(path("upper"), O_RDONLY | O_DIRECTORY));
        std::vector<UniqueFd> layers;
        for (const char* name : {"l2", "l1"}) {
            TRY_ASSIGN(UniqueFd layer, openFile(path(name), O_RDONLY | O_DIRECTORY));
            layers.push_back(std::move(layer));
        }
        return overlayChanges(upper.get(), layers);
    }
    // As `docker diff` prints them.
    std::string text() {
        const auto found = changes();
        if (!found)
            return found.error().text();
        std::string lines;
        for (const auto& change : *found)
            lines += std::string(1, "CAD"[static_cast<int>(change.kind)]) + " " + change.path + "\n";
        return lines;
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(OverlayFolders::enterOwnMounts(), "needs root and mount namespaces"); }
    void init() {
        m_folders = std::make_unique<OverlayFolders>();
        SKIP_UNLESS(m_folders->isGood(),
                    "neither tmpfs nor the temporary folder can hold an overlay's upper folder");
        m_merged = path("merged");
        write("l1/etc/conf");
        write("l1/etc/other");
        write("l1/var/lib/a");
        write("l1/var/lib/b");
        write("l1/gone");
        write("l2/usr/file");
    }
    void cleanup() { m_folders.reset(); }

    void nothingHasChanged() {
        VERIFY_RESULT(m_folders->mount());
        QCOMPARE(text(), std::string());
    }

    void addedChangedDeleted() {
        if (const auto mounted = m_folders->mount(); !mounted)
            QSKIP(mounted.error().text().c_str());
        QCOMPARE(::chmod((m_merged + "/etc/conf").c_str(), 0600), 0);
        QCOMPARE(::unlink((m_merged + "/gone").c_str()), 0);
        write("merged/new/file");
        write("merged/usr/added");
        QCOMPARE(text(),
                 std::string("C /etc\nC /etc/conf\nD /gone\nA /new\nA /new/file\nC /usr\nA /usr/added\n"));
    }

    void aFolderMadeAnewHidesWhatItHeld() {
        if (const auto mounted = m_folders->mount(); !mounted)
            QSKIP(mounted.error().text().c_str());
        VERIFY_RESULT(removeTree(m_merged + "/var/lib"));
        QCOMPARE(text(), std::string("C /var\nD /var/lib\n"));
        write("merged/var/lib/b");
        write("merged/var/lib/c");
        QCOMPARE(text(), std::string("C /var\nC /var/lib\nD /var/lib/a\nC /var/lib/b\nA /var/lib/c\n"));
    }

    void oneTypeForAnother() {
        if (const auto mounted = m_folders->mount(); !mounted)
            QSKIP(mounted.error().text().c_str());
        QCOMPARE(::unlink((m_merged + "/gone").c_str()), 0);
        write("merged/gone/below");
        VERIFY_RESULT(removeTree(m_merged + "/etc"));
        QCOMPARE(::symlink("/", (m_merged + "/etc").c_str()), 0);
        QCOMPARE(text(), std::string("C /etc\nC /gone\nA /gone/below\n"));
    }

    void whatAWhiteoutOfALayerHidesIsNew() {
        write("l2/var/marker");
        QCOMPARE(::mknod(path("l2/gone").c_str(), S_IFCHR, 0), 0);
        write("upper/gone");
        QCOMPARE(text(), std::string("A /gone\n"));
    }

    void whatStandsForMountsIsLeftOut() {
        write("upper/etc/hosts", "");
        write("upper/dev/console", "");
        VERIFY_RESULT(makeDirectories(path("upper/proc")));
        QCOMPARE(text(), std::string());
        write("upper/etc/hosts", "127.0.0.1 me");
        QCOMPARE(text(), std::string("C /etc\nA /etc/hosts\n"));
    }

    void pathsAreInTheOrderOfTheirBytes() {
        for (const char* name : {"upper/a/z", "upper/a-b", "upper/a.b/c"})
            write(name);
        QCOMPARE(text(), std::string("A /a\nA /a-b\nA /a.b\nA /a.b/c\nA /a/z\n"));
    }

    void aHundredThousandFilesAreQuick() {
        for (int folder = 0; folder < 100; ++folder) {
            const std::string name = path("upper/many/" + std::to_string(folder));
            VERIFY_RESULT(makeDirectories(name));
            const UniqueFd fd(::open(name.c_str(), O_RDONLY | O_DIRECTORY));
            for (int file = 0; file < 1000; ++file)
                ::close(::openat(fd.get(), std::to_string(file).c_str(), O_WRONLY | O_CREAT, 0600));
        }
        QElapsedTimer clock;
        clock.start();
        const auto found = changes();
        VERIFY_RESULT(found);
        QCOMPARE(found->size(), 100'101U);
        QVERIFY2(clock.elapsed() < 5000, std::to_string(clock.elapsed()).c_str());
        qInfo("%lld ms", static_cast<long long>(clock.elapsed()));
    }
};
ESCALE_TEST(OverlayChangesTest)

#include "overlay_changes_test.moc"
