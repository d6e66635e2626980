// What a container does in its overlay, as it shows from one look at the upper folder to the next.
#include "engine/image/upper_folder.h"

#include "engine/base/file.h"
#include "tests/image/overlay_folders.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>

#include <fcntl.h>
#include <sys/stat.h>

using namespace escale;
using namespace escale::test;

class UpperFolderTest : public QObject {
    Q_OBJECT
    std::unique_ptr<OverlayFolders> m_folders;
    UniqueFd m_upper;
    std::vector<UniqueFd> m_layers;
    std::unique_ptr<UpperFolder> m_watched;
    std::string m_told;
    std::string m_watches; // "+etc -etc"

    std::string path(const std::string& name) { return m_folders->path(name); }
    std::string merged(const std::string& name) { return path("merged/" + name); }
    void write(const std::string& name, const std::string& content = "x") {
        VERIFY_RESULT(m_folders->write(name, content));
    }
    // "created /etc/conf" a line, since the last look.
    std::string look() {
        m_told.clear();
        const auto looked = m_watched->look();
        return looked ? m_told : looked.error().text();
    }
    std::string lookAt(const std::string& folder, const std::set<std::string>& names) {
        m_told.clear();
        const auto looked = m_watched->lookAt(folder, names);
        return looked ? m_told : looked.error().text();
    }
    void open() {
        m_upper = *openFile(path("upper"), O_RDONLY | O_DIRECTORY);
        m_layers.clear();
        for (const char* name : {"l2", "l1"})
            m_layers.push_back(*openFile(path(name), O_RDONLY | O_DIRECTORY));
        static constexpr const char* kWords[] = {"created", "copied-up", "changed",
                                                 "removed", "opaque",    "gone"};
        m_watched = std::make_unique<UpperFolder>(
            m_upper.get(), m_layers,
            UpperFolder::Listener{[this](const UpperNews& news) {
                                      m_told += std::string(kWords[static_cast<int>(news.change)]) + " " +
                                                news.path + "\n";
                                  },
                                  [this](const std::string& folder) { m_watches += "+" + folder + " "; },
                                  [this](const std::string& folder) { m_watches += "-" + folder + " "; }});
        m_watches.clear();
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(OverlayFolders::enterOwnMounts(), "needs root and mount namespaces"); }
    void init() {
        m_folders = std::make_unique<OverlayFolders>();
        SKIP_UNLESS(m_folders->isGood(),
                    "neither tmpfs nor the temporary folder can hold an overlay's upper folder");
        for (const char* name : {"l1/etc/conf", "l1/etc/other", "l1/var/lib/a", "l1/gone", "l2/usr/file"})
            write(name);
        QCOMPARE(::symlink("conf", path("l1/etc/link").c_str()), 0);
        VERIFY_RESULT(m_folders->mount());
        open();
    }
    void cleanup() {
        m_watched.reset();
        m_layers.clear();
        m_upper.reset();
        m_folders.reset();
    }

    void anUntouchedContainerHasChangedNothing() {
        QCOMPARE(look(), std::string());
        QCOMPARE(look(), std::string());
        QCOMPARE(m_watches, std::string("+ "));
    }

    void theFirstLookTellsWhatIsThere() {
        QCOMPARE(::chmod(merged("etc/conf").c_str(), 0600), 0);
        QCOMPARE(::unlink(merged("gone").c_str()), 0);
        write("merged/new/file");
        QCOMPARE(look(), std::string("copied-up /etc\ncopied-up /etc/conf\nremoved /gone\ncreated /new\n"
                                     "created /new/file\n"));
        QCOMPARE(look(), std::string());
        QCOMPARE(m_watches, std::string("+ +etc +new "));
    }

    void aWriteCopiesUpAndTheNextOneChanges() {
        QCOMPARE(look(), std::string());
        const UniqueFd file = *openFile(merged("etc/conf"), O_WRONLY | O_APPEND);
        QCOMPARE(look(), std::string("copied-up /etc\ncopied-up /etc/conf\n"));
        VERIFY_RESULT(writeAll(file.get(), "more", "a file"));
        QCOMPARE(look(), std::string("changed /etc/conf\n"));
        QCOMPARE(::chmod(merged("etc/conf").c_str(), 0711), 0);
        QCOMPARE(look(), std::string("changed /etc/conf\n"));
        QCOMPARE(::chmod(merged("etc").c_str(), 0711), 0);
        QCOMPARE(look(), std::string("changed /etc\n"));
    }

    void whatIsPutInAFilesPlaceIsNoCopy() {
        write("merged/made");
        QCOMPARE(::rename(merged("made").c_str(), merged("etc/conf").c_str()), 0);
        QCOMPARE(look(), std::string("copied-up /etc\ncreated /etc/conf\n"));
    }

    void aFileOfSeveralNamesBelowIsACopyAllTheSame() {
        QCOMPARE(::link(path("l1/etc/other").c_str(), path("l1/etc/second").c_str()), 0);
        QCOMPARE(::chmod(merged("etc/second").c_str(), 0600), 0);
        QCOMPARE(look(), std::string("copied-up /etc\ncopied-up /etc/second\n"));
    }

    void deletedAndMadeAgain() {
        QCOMPARE(::unlink(merged("etc/conf").c_str()), 0);
        QCOMPARE(look(), std::string("copied-up /etc\nremoved /etc/conf\n"));
        // Another whiteout is the same file, whose times are told by nobody.
        QCOMPARE(::unlink(merged("etc/other").c_str()), 0);
        QCOMPARE(look(), std::string("removed /etc/other\n"));
        write("merged/etc/conf", "new");
        QCOMPARE(look(), std::string("created /etc/conf\n"));
        QCOMPARE(::unlink(merged("etc/conf").c_str()), 0);
        QCOMPARE(look(), std::string("removed /etc/conf\n"));
        write("merged/own");
        QCOMPARE(look(), std::string("created /own\n"));
        QCOMPARE(::unlink(merged("own").c_str()), 0);
        QCOMPARE(look(), std::string("gone /own\n"));
    }

    void aFolderMadeOverAWhiteoutIsOpaque() {
        VERIFY_RESULT(removeTree(merged("var/lib")));
        QCOMPARE(look(), std::string("copied-up /var\nremoved /var/lib\n"));
        QCOMPARE(::mkdir(merged("var/lib").c_str(), 0755), 0);
        QCOMPARE(look(), std::string("opaque /var/lib\n"));
        write("merged/var/lib/a");
        // What an opaque folder hides is not below.
        QCOMPARE(look(), std::string("created /var/lib/a\n"));
    }

    void aFolderTakesItsContentAlong() {
        write("merged/one/deep/file");
        QCOMPARE(look(), std::string("created /one\ncreated /one/deep\ncreated /one/deep/file\n"));
        QCOMPARE(::rename(merged("one").c_str(), merged("two").c_str()), 0);
        QCOMPARE(look(), std::string("gone /one/deep/file\ngone /one/deep\ngone /one\ncreated /two\n"
                                     "created /two/deep\ncreated /two/deep/file\n"));
        QCOMPARE(m_watches, std::string("+ +one +one/deep -one/deep -one +two +two/deep "));
        VERIFY_RESULT(removeTree(merged("two")));
        write("merged/two", "now a file");
        QCOMPARE(look(), std::string("gone /two/deep/file\ngone /two/deep\ncreated /two\n"));
    }

    void oneNameIsLookedAtAlone() {
        QCOMPARE(look(), std::string());
        write("merged/first");
        write("merged/folder/second");
        QCOMPARE(lookAt("", {"first"}), std::string("created /first\n"));
        QCOMPARE(lookAt("", {"first", "folder"}), std::string("created /folder\ncreated /folder/second\n"));
        write("merged/folder/third");
        write("merged/folder/fourth");
        QCOMPARE(lookAt("folder", {"third"}), std::string("created /folder/third\n"));
        QCOMPARE(lookAt("not/there", {"third"}), std::string());
        QCOMPARE(look(), std::string("created /folder/fourth\n"));
    }

    // Folders in folders: few files, whose paths alone would fill the memory of everybody's engine.
    void longPathsHaveAnEnd() {
        const std::string longest(250, 'a');
        for (const char* top : {"1", "2", "3"}) {
            UniqueFd folder(::open(path("upper").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            std::string name = top;
            for (int depth = 0; depth < 450; ++depth) {
                QCOMPARE(::mkdirat(folder.get(), name.c_str(), 0700), 0);
                folder.reset(::openat(folder.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
                QVERIFY(folder);
                name = longest;
            }
        }
        const auto looked = m_watched->look();
        QVERIFY(!looked);
        QCOMPARE(looked.error().code, ErrorCode::Unsupported);
        QVERIFY(m_watched->fileCount() < 3U * 450U);
    }

    void fiftyThousandFilesAreLookedAtQuickly() {
        for (int folder = 0; folder < 50; ++folder) {
            const std::string name = path("upper/many/" + std::to_string(folder));
            VERIFY_RESULT(makeDirectories(name));
            const UniqueFd fd(::open(name.c_str(), O_RDONLY | O_DIRECTORY));
            for (int file = 0; file < 1000; ++file)
                ::close(::openat(fd.get(), std::to_string(file).c_str(), O_WRONLY | O_CREAT, 0600));
        }
        QElapsedTimer clock;
        clock.start();
        VERIFY_RESULT(m_watched->look());
        const auto first = clock.restart();
        QCOMPARE(m_watched->fileCount(), std::size_t{50'051});
        QCOMPARE(look(), std::string());
        qInfo("the first look %lld ms, the next one %lld ms", static_cast<long long>(first),
              static_cast<long long>(clock.elapsed()));
    }
};

ESCALE_TEST(UpperFolderTest)
#include "upper_folder_test.moc"
