#include "gui/client/engine_client.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/table.h"
#include "gui/containers/file_drag.h"
#include "gui/containers/file_editor.h"
#include "gui/containers/file_preview.h"
#include "gui/containers/file_transfers.h"
#include "gui/containers/files_model.h"
#include "gui/containers/files_tab.h"
#include "gui/containers/files_table.h"
#include "tests/gui/volume_sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QBuffer>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <sys/stat.h>

#include <cstdio>

using namespace escale;
using namespace escale::gui;

class FilesTabTest : public QObject {
    Q_OBJECT

    static dbus::FileEntry entry(const char* name, quint32 mode = S_IFREG | 0644, quint64 size = 0) {
        return {QString::fromUtf8(name), mode, size, 1'767'225'600'000, 0, 0, QString()};
    }
    static dbus::FileEntries some() {
        return {entry("bin", S_IFDIR | 0755), entry("Zebra", S_IFDIR | 0755),
                entry("apple", S_IFREG | 0644, 20), entry("Banana", S_IFREG | 0644, 100),
                entry("cherry", S_IFREG | 0644, 3)};
    }
    static QStringList names(const QAbstractItemModel& model) {
        QStringList all;
        for (int row = 0; row < model.rowCount(); ++row)
            all.append(model.index(row, 0).data().toString());
        return all;
    }
    static FileContent content(const QByteArray& bytes) {
        FileContent made;
        made.entry = entry("file", S_IFREG | 0644, static_cast<quint64>(bytes.size()));
        made.file.bytes = bytes;
        made.image = decodeImage(bytes);
        return made;
    }
    static QByteArray picture(int width, int height) {
        QImage image(width, height, QImage::Format_RGB32);
        image.fill(Qt::red);
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return buffer.data();
    }

private Q_SLOTS:
    void modesAreAsLsShowsThem_data() {
        QTest::addColumn<uint>("mode");
        QTest::addColumn<QString>("text");
        const std::pair<uint, const char*> rows[] = {
            {S_IFREG | 0644, "-rw-r--r--"},  {S_IFDIR | 0755, "drwxr-xr-x"},  {S_IFLNK | 0777, "lrwxrwxrwx"},
            {S_IFDIR | 01777, "drwxrwxrwt"}, {S_IFDIR | 01776, "drwxrwxrwT"}, {S_IFREG | 04755, "-rwsr-xr-x"},
            {S_IFREG | 04644, "-rwSr--r--"}, {S_IFREG | 02755, "-rwxr-sr-x"}, {S_IFREG | 02745, "-rwxr-Sr-x"},
            {S_IFCHR | 0600, "crw-------"},  {S_IFBLK | 0660, "brw-rw----"},  {S_IFIFO | 0, "p---------"},
            {S_IFSOCK | 0700, "srwx------"}};
        for (const auto& [mode, text] : rows)
            QTest::newRow(text) << mode << QString::fromLatin1(text);
    }
    void modesAreAsLsShowsThem() {
        QFETCH(uint, mode);
        QTEST(modeText(mode), "text");
    }

    void foldersComeFirstInEitherOrder() {
        FilesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        FilesProxy proxy;
        proxy.setSortRole(kSortRole);
        proxy.setSortCaseSensitivity(Qt::CaseInsensitive);
        proxy.setSourceModel(&model);
        model.setFiles(some());
        proxy.sort(FilesModel::Name, Qt::AscendingOrder);
        QCOMPARE(names(proxy).join(QLatin1Char(' ')), QStringLiteral("bin Zebra apple Banana cherry"));
        proxy.sort(FilesModel::Name, Qt::DescendingOrder);
        QCOMPARE(names(proxy).join(QLatin1Char(' ')), QStringLiteral("Zebra bin cherry Banana apple"));
        proxy.sort(FilesModel::Size, Qt::DescendingOrder);
        QCOMPARE(names(proxy).mid(2).join(QLatin1Char(' ')), QStringLiteral("Banana apple cherry"));
    }

    // A hundred thousand files: the window's thread gets them in order, at once, and paints.
    void aHugeFolderComesInOneGo() {
        FilesModel model;
        FilesTable table(&model);
        table.resize(600, 400);
        table.show();
        dbus::FileEntries files;
        for (int i = 0; i < 100'000; ++i)
            files.append(
                entry(qPrintable(QStringLiteral("file-%1").arg((i * 7919) % 100'000)), S_IFREG | 0644, 1));
        int resets = 0, others = 0;
        connect(&model, &QAbstractItemModel::modelReset, &table, [&resets] { ++resets; });
        for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
            connect(&model, signal, &table, [&others] { ++others; });
        connect(&model, &QAbstractItemModel::dataChanged, &table, [&others] { ++others; });
        // How long the event loop was away, for whoever reads the log.
        QElapsedTimer since;
        qint64 longest = 0;
        QTimer beat;
        connect(&beat, &QTimer::timeout, &table, [&] { longest = std::max(longest, since.restart()); });
        beat.start(0);
        since.start();
        bool shown = false;
        model.setFiles(files, [&shown] { shown = true; });
        QVERIFY(!shown); // they are put in order elsewhere
        QTRY_VERIFY_WITH_TIMEOUT(shown, 60'000);
        QCoreApplication::processEvents();
        longest = std::max(longest, since.elapsed());
        std::printf("     longest gap of the event loop: %lld ms\n", static_cast<long long>(longest));
        QCOMPARE(resets, 1);
        QCOMPARE(others, 0);
        QCOMPARE(table.model()->rowCount(), 100'000);
        QCOMPARE(model.at(1).name, QStringLiteral("file-1"));
        // The selected file stays the selected one in another order.
        table.selectId(QStringLiteral("file-4711"));
        table.sortByColumn(FilesModel::Name, Qt::DescendingOrder);
        QTRY_COMPARE_WITH_TIMEOUT(resets, 2, 60'000);
        QCOMPARE(table.currentId(), QStringLiteral("file-4711"));
    }

    void aFileIsFetchedWhenSomebodyAsksForTheDraggedOne() {
        int fetched = 0;
        FileDrag drag([&fetched] {
            ++fetched;
            return QList<QUrl>{QUrl::fromLocalFile(QStringLiteral("/tmp/x"))};
        });
        QVERIFY(drag.hasUrls());
        QCOMPARE(fetched, 0); // to be dragged over a window costs nothing
        QCOMPARE(drag.urls().value(0).toLocalFile(), QStringLiteral("/tmp/x"));
        QCOMPARE(drag.urls().size(), 1);
        QCOMPARE(fetched, 1);
    }

    void pathsAreJoinedAndParted() {
        QCOMPARE(joinPath(QStringLiteral("/"), QStringLiteral("etc")), QStringLiteral("/etc"));
        QCOMPARE(joinPath(QStringLiteral("/etc"), QStringLiteral("x")), QStringLiteral("/etc/x"));
        QCOMPARE(parentPath(QStringLiteral("/etc/x")), QStringLiteral("/etc"));
        QCOMPARE(parentPath(QStringLiteral("/etc")), QStringLiteral("/"));
        QCOMPARE(parentPath(QStringLiteral("/")), QStringLiteral("/"));
    }

    void whatIsMountedOverIsMarked() {
        // Given a container with a tmpfs of its own,
        EngineClient client;
        FilesTab tab(client);
        const dbus::Container container = test::container(QStringLiteral("a"));
        tab.setContainer(&container);
        tab.takeOptions({{QStringLiteral("tmpfs"),
                          QVariant::fromValue(dbus::TextMap{{QStringLiteral("/cache/"), QString()}})}});
        const auto marked = [&tab] {
            QStringList found;
            for (int row = 0; row < tab.model().rowCount(); ++row) {
                if (tab.model().index(row, FilesModel::Target).data().toString() == QLatin1String("mounted"))
                    found.append(tab.model().at(row).name);
            }
            return found.join(QLatin1Char(' '));
        };
        // then what lies below a mount is marked, in every folder, and nothing else is;
        tab.take(QStringLiteral("/"),
                 {entry("cache", S_IFDIR | 0755), entry("etc", S_IFDIR | 0755), entry("hosts"),
                  entry("proc", S_IFDIR | 0755)},
                 false);
        QCOMPARE(marked(), QStringLiteral("cache proc"));
        tab.take(QStringLiteral("/etc"), {entry("hosts"), entry("passwd")}, false);
        QCOMPARE(marked(), QStringLiteral("hosts"));
        // it is not read, since the container sees another file, and says so.
        tab.findChild<Table*>(QStringLiteral("files.table"))->selectId(QStringLiteral("hosts"));
        QCOMPARE(tab.findChild<FilePreview*>()->note(), QStringLiteral("Mounted at run time"));
        tab.take(QStringLiteral("/dev"), {}, false);
        QCOMPARE(tab.findChild<EmptyState*>(QStringLiteral("files.empty"))->title(),
                 QStringLiteral("Mounted at run time"));
    }

    void aVolumeIsMarkedAmongTheFilesOfItsContainer() {
        // Given a volume that the image asked for: the options say nothing of it,
        EngineClient client;
        FilesTab tab(client);
        const dbus::Container container = test::container(QStringLiteral("c-db"));
        tab.setContainer(&container);
        tab.take(QStringLiteral("/"), {entry("srv", S_IFDIR | 0755), entry("home", S_IFDIR | 0755)}, false);
        // then it is marked all the same.
        tab.takeVolumes(test::someVolumes());
        QVERIFY(tab.model().isMounted(*tab.model().find(QStringLiteral("srv"))));
        QVERIFY(!tab.model().isMounted(*tab.model().find(QStringLiteral("home"))));
    }

    void theFilterLooksAtNamesOnly() {
        EngineClient client;
        FilesTab tab(client);
        const dbus::Container container = test::container(QStringLiteral("a"), QStringLiteral("exited"));
        tab.setContainer(&container);
        tab.take(QStringLiteral("/"), some(), false);
        auto* table = tab.findChild<Table*>(QStringLiteral("files.table"));
        tab.findChild<QLineEdit*>(QStringLiteral("files.filter"))->setText(QStringLiteral("RR"));
        QCOMPARE(names(*table->model()), QStringList(QStringLiteral("cherry")));
        tab.findChild<QLineEdit*>(QStringLiteral("files.filter"))->setText(QStringLiteral("rw-"));
        QCOMPARE(table->model()->rowCount(), 0);
    }

    void anotherFolderForgetsTheFilter() {
        EngineClient client;
        FilesTab tab(client);
        const dbus::Container container = test::container(QStringLiteral("a"));
        tab.setContainer(&container);
        tab.take(QStringLiteral("/"), some(), false);
        auto* filter = tab.findChild<QLineEdit*>(QStringLiteral("files.filter"));
        filter->setText(QStringLiteral("bin"));
        tab.take(QStringLiteral("/bin"), {entry("sh")}, false);
        QVERIFY(filter->text().isEmpty());
        QCOMPARE(tab.findChild<QLineEdit*>(QStringLiteral("files.path"))->text(), QStringLiteral("/bin"));
    }

    void replacingIsAskedBefore() {
        EngineClient client;
        FilesTab tab(client);
        tab.show();
        const dbus::Container container = test::container(QStringLiteral("a"));
        tab.setContainer(&container);
        tab.take(QStringLiteral("/"), some(), false);
        auto* question = tab.findChild<QWidget*>(QStringLiteral("confirmation"));
        tab.upload({QStringLiteral("/somewhere/apple")});
        QVERIFY(question->isVisible());
    }

    void textIsShown() {
        EngineClient client;
        FilePreview preview(client);
        preview.show(content("root:x:0:0\n\xc3\xa9t\xc3\xa9\n"));
        QCOMPARE(preview.findChild<QPlainTextEdit*>(QStringLiteral("files.text"))->toPlainText(),
                 QString::fromUtf8("root:x:0:0\n\xc3\xa9t\xc3\xa9\n"));
        QVERIFY(preview.note().isEmpty());
    }

    void binaryIsTold() {
        EngineClient client;
        FilePreview preview(client);
        preview.show(content(QByteArray("\x7f"
                                        "ELF\0\0\0\0",
                                        8)));
        QCOMPARE(preview.note(), QStringLiteral("Binary, 8 bytes"));
        preview.show(content("\xff\xfe latin"));
        QVERIFY(preview.note().startsWith(QLatin1String("Binary")));
    }

    void aCutCharacterIsNoReasonToCallItBinary() {
        QVERIFY(decodeText("ab\xc3", false).has_value());
        QVERIFY(!decodeText("ab\xc3", true).has_value());
    }

    void picturesAreShown() {
        EngineClient client;
        FilePreview preview(client);
        preview.resize(400, 300);
        preview.show(content(picture(20, 10)));
        QVERIFY(preview.note().isEmpty());
        QCOMPARE(preview.findChild<QLabel*>(QStringLiteral("files.image"))->pixmap().size(), QSize(20, 10));
    }

    void picturesHaveLimits() {
        QCOMPARE(decodeImage(picture(4000, 10)).width(), 2048);
        QVERIFY(decodeImage(picture(20000, 1)).isNull());
        QVERIFY(decodeImage("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>").isNull());
    }

    void theEditorChangesNothingElse_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("plain") << QByteArray("a\nb\n");
        QTest::newRow("no last line end") << QByteArray("a\nb");
        QTest::newRow("carriage returns") << QByteArray("a\r\nb\r\n");
        QTest::newRow("no-break space") << QByteArray("a\xc2\xa0z\n");
        QTest::newRow("empty") << QByteArray();
    }
    void theEditorChangesNothingElse() {
        QFETCH(QByteArray, bytes);
        EngineClient client;
        FileEditor editor(client, FilesPlace::container(QStringLiteral("a")), QStringLiteral("/etc/file"),
                          nullptr);
        editor.show(content(bytes));
        QCOMPARE(editor.bytes(), bytes);
        QVERIFY(editor.text().isVisibleTo(&editor));
        auto* save = editor.findChild<QPushButton*>(QStringLiteral("fileEditor.save"));
        QVERIFY(!save->isEnabled());
        editor.text().insertPlainText(QStringLiteral("#"));
        QVERIFY(save->isEnabled());
        QCOMPARE(editor.bytes(), "#" + bytes);
    }

    void theEditorRefusesWhatItWouldChange() {
        EngineClient client;
        FileEditor editor(client, FilesPlace::container(QStringLiteral("a")), QStringLiteral("/etc/file"),
                          nullptr);
        editor.show(content("a\r\nb\n"));
        QVERIFY(!editor.text().isVisibleTo(&editor));
        editor.show(content(QByteArray("a\0b", 3)));
        QVERIFY(!editor.text().isVisibleTo(&editor));
    }

    void closingAsksForWhatIsNotSaved() {
        EngineClient client;
        FileEditor editor(client, FilesPlace::container(QStringLiteral("a")), QStringLiteral("/etc/file"),
                          nullptr);
        editor.show(content("a\n"));
        editor.QWidget::show();
        editor.text().insertPlainText(QStringLiteral("#"));
        editor.reject();
        QVERIFY(editor.isVisible());
        QVERIFY(editor.findChild<QWidget*>(QStringLiteral("confirmation"))->isVisible());
    }

    void downloadsReplaceNothing() {
        const QTemporaryDir folder;
        QCOMPARE(FileTransfers::freeName(folder.path(), QStringLiteral("a.txt")), QStringLiteral("a.txt"));
        QFile(folder.filePath(QStringLiteral("a.txt"))).open(QIODevice::WriteOnly);
        QCOMPARE(FileTransfers::freeName(folder.path(), QStringLiteral("a.txt")),
                 QStringLiteral("a (2).txt"));
        QFile(folder.filePath(QStringLiteral(".rc"))).open(QIODevice::WriteOnly);
        QCOMPARE(FileTransfers::freeName(folder.path(), QStringLiteral(".rc")), QStringLiteral(".rc (2)"));
    }
};

ESCALE_TEST(FilesTabTest)
#include "files_tab_test.moc"
