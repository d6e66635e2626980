#include "engine/build/source_selection.h"

#include "engine/build/file_mode.h"
#include "engine/build/file_owner.h"
#include "tests/support/test_registry.h"

#include <sys/stat.h>

using namespace escale;

namespace {

/// "d/", "d/f", "l>target": sorted as listContext() sorts them.
ContextIndex indexOf(const std::vector<std::string>& names) {
    ContextIndex index;
    for (const std::string& name : names) {
        const auto arrow = name.find('>');
        if (arrow != std::string::npos)
            index.entries.push_back({name.substr(0, arrow), S_IFLNK | 0777, 0, 1, name.substr(arrow + 1)});
        else if (name.ends_with('/'))
            index.entries.push_back({name.substr(0, name.size() - 1), S_IFDIR | 0755, 0, 1, {}});
        else
            index.entries.push_back({name, S_IFREG | 0644, 1, 1, {}});
    }
    index.hashes.resize(index.entries.size());
    return index;
}

/// "name: path path; …", "(path)" for folders on the way.
std::string selected(const std::vector<std::string>& names, const std::string& pattern,
                     const SelectionOptions& options = {}) {
    const ContextIndex index = indexOf(names);
    ContextTree tree(index, -1);
    const auto sources = selectSources(tree, pattern, options);
    if (!sources)
        return sources.error().message;
    std::string text;
    for (const SelectedSource& source : *sources) {
        text += (text.empty() ? "" : "; ") + source.name + ":";
        for (const SelectedEntry& entry : source.entries) {
            const std::string& path = entry.entry.path;
            text += ' ' + (entry.isOnWay ? '(' + path + ')' : path);
        }
    }
    return text;
}

} // namespace

class SourceSelectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFolderComesWithWhatIsInIt() {
        QCOMPARE(selected({"a/", "a/b/", "a/b/f", "a/g", "a.c"}, "a"), std::string("a: a a/b a/b/f a/g"));
    }
    void starsStayInOneName() {
        QCOMPARE(selected({"a/", "a/f.c", "f.c"}, "**.c"), std::string("f.c: f.c"));
        QCOMPARE(selected({"a/", "a/f.c", "b/", "b/f.c"}, "*/f.c"), std::string("f.c: a/f.c; f.c: b/f.c"));
    }
    void namesWithSigns() {
        QCOMPARE(selected({"arr0.txt", "arr[0].txt"}, "arr[[]0].txt"), std::string("arr[0].txt: arr[0].txt"));
    }
    void linksAreFollowedToTheirPlace() {
        QCOMPARE(selected({"a/", "a/f", "l>a", "m>l/f"}, "m"), std::string("m: a/f"));
        QCOMPARE(selected({"a/", "a/l>../b/f", "b/", "b/f"}, "a/l"), std::string("l: b/f"));
    }
    void foldersOnTheWayAreToldApart() {
        SelectionOptions options;
        options.keepsParents = true;
        QCOMPARE(selected({"a/", "a/b/", "a/b/f", "a/c/", "a/c/g"}, "a/*/f", options),
                 std::string(":  (a) (a/b) a/b/f"));
    }
    void modesInWords_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<uint>("before");
        QTest::addColumn<uint>("after");
        const auto row = [](const char* text, mode_t before, mode_t after) {
            QTest::addRow("%s of %o", text, unsigned(before)) << QString(text) << uint(before) << uint(after);
        };
        row("755", S_IFREG | 0600, 0755);
        row("0", S_IFREG | 0600, 0);
        row("7777", S_IFDIR | 0600, 07777);
        row("go-w", S_IFREG | 0666, 0644);
        row("u=rw,g=r,o=r", S_IFREG | 0666, 0644);
        row("a+X", S_IFREG | 0666, 0666);
        row("a+X", S_IFREG | 0766, 0777);
        row("a+X", S_IFDIR | 0124, 0135);
        row("u+rw,g+r,o-x,o+w", S_IFDIR | 0124, 0766);
        row("g=u", S_IFREG | 0640, 0660);
        row("u+s,+t", S_IFREG | 0755, 05755);
        row("=r", S_IFREG | 0777, 0444);
    }
    void modesInWords() {
        QFETCH(QString, text);
        QFETCH(uint, before);
        QFETCH(uint, after);
        const auto mode = FileMode::parse(text.toStdString());
        VERIFY_RESULT(mode);
        QCOMPARE(uint(mode->appliedTo(before)), after);
    }
    void modesThatAreNone() {
        for (const char* text : {"", "64a", "10000", "8", "u", "u+q", "x", "u=r,"})
            QVERIFY2(!FileMode::parse(text), text);
    }
    void ownersByNameAndNumber() {
        const std::string passwd = "root:x:0:0:::\nme:x:5:6::/:/bin/sh\nhuge:x:70000:1::/:\n",
                          group = "us:x:9:me\n";
        const auto ids = [&](const char* owner) {
            const auto found = resolveFileOwner(owner, passwd, group);
            return found ? std::to_string(found->first) + ':' + std::to_string(found->second)
                         : std::string(errorName(found.error().code));
        };
        QCOMPARE(ids("me"), std::string("5:6"));
        QCOMPARE(ids("me:us"), std::string("5:9"));
        QCOMPARE(ids("7"), std::string("7:7"));
        QCOMPARE(ids("7:us"), std::string("7:9"));
        QCOMPARE(ids("me:0"), std::string("5:0"));
        QCOMPARE(ids("you"), std::string("NotFound"));
        QCOMPARE(ids("me:them"), std::string("NotFound"));
        QCOMPARE(ids("huge"), std::string("InvalidArgument"));
        QCOMPARE(ids("70000"), std::string("InvalidArgument"));
    }
};

ESCALE_TEST(SourceSelectionTest)
#include "source_selection_test.moc"
