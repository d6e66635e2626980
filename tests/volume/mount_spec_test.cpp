// What docker's command line makes of these texts (cli/opts/mount_test.go, moby's
// volume/mounts/linux_parser_test.go).
#include "engine/volume/mount_spec.h"

#include "tests/support/test_registry.h"

using namespace escale;

namespace {

MountSpec volume(std::string source, std::string target) {
    MountSpec mount;
    mount.source = std::move(source);
    mount.target = std::move(target);
    return mount;
}

MountSpec bind(std::string source, std::string target) {
    MountSpec mount = volume(std::move(source), std::move(target));
    mount.kind = MountKind::Bind;
    return mount;
}

template <class Change>
MountSpec with(MountSpec mount, Change change) {
    change(mount);
    return mount;
}

struct Case {
    const char* text;
    MountSpec mount;
};

MountSpec made(std::string source, std::string target) {
    return with(bind(std::move(source), std::move(target)), [](auto& m) { m.createSource = true; });
}

const std::vector<Case> kMounts{
    {"type=volume,source=web,target=/data", volume("web", "/data")},
    {"source=web,target=/data", volume("web", "/data")},
    {"src=web,dst=/data", volume("web", "/data")},
    {"TYPE=volume,SRC=web,destination=/data/", volume("web", "/data")},
    {"target=/data", volume("", "/data")},
    {"type=volume,target=/a//b/../c", volume("", "/a/c")},
    {"source=web,target=/data,readonly", with(volume("web", "/data"), [](auto& m) { m.readOnly = true; })},
    {"source=web,target=/data,ro", with(volume("web", "/data"), [](auto& m) { m.readOnly = true; })},
    {"source=web,target=/data,readonly=1", with(volume("web", "/data"), [](auto& m) { m.readOnly = true; })},
    {"source=web,target=/data,readonly=false", volume("web", "/data")},
    {"source=web,target=/data,consistency=cached", volume("web", "/data")},
    {"source=web,target=/data,volume-driver=local", volume("web", "/data")},
    {"source=web,target=/d,volume-nocopy", with(volume("web", "/d"), [](auto& m) { m.noCopy = true; })},
    {"source=web,target=/d,volume-nocopy=true", with(volume("web", "/d"), [](auto& m) { m.noCopy = true; })},
    {"source=web,target=/d,volume-subpath=a/b",
     with(volume("web", "/d"), [](auto& m) { m.subpath = "a/b"; })},
    {"source=web,target=/d,volume-label=a=b=c,volume-label=bare",
     with(volume("web", "/d"),
          [](auto& m) {
              m.volumeLabels = {{"a", "b=c"}, {"bare", ""}};
          })},
    {"source=web,target=/d,volume-opt=type=nfs,\"volume-opt=o=addr=1.2.3.4,ro\",volume-opt=device=:/x",
     with(volume("web", "/d"),
          [](auto& m) {
              m.volumeOptions = {{"type", "nfs"}, {"o", "addr=1.2.3.4,ro"}, {"device", ":/x"}};
          })},
    {"type=bind,source=/srv,target=/data", bind("/srv", "/data")},
    {"type=bind,source=./srv,target=/data", bind("./srv", "/data")},
    {"type=bind,\"source=/a,b\",target=/data", bind("/a,b", "/data")},
    {"type=bind,\"source=/a\"\"b\",target=/data", bind("/a\"b", "/data")},
    {"type=bind,source=/a:b=c,target=/data", bind("/a:b=c", "/data")},
    {"target=/data,source=/srv,type=bind,bind-propagation=rslave",
     with(bind("/srv", "/data"), [](auto& m) { m.propagation = "rslave"; })},
    {"type=bind,source=/srv,target=/data,bind-propagation=rprivate", bind("/srv", "/data")},
    {"type=bind,source=/srv,target=/data,bind-nonrecursive",
     with(bind("/srv", "/data"), [](auto& m) { m.recursive = false; })},
    {"type=bind,source=/srv,target=/data,bind-recursive=disabled",
     with(bind("/srv", "/data"), [](auto& m) { m.recursive = false; })},
    {"type=bind,source=/srv,target=/data,readonly,bind-recursive=readonly", with(bind("/srv", "/data"),
                                                                                 [](auto& m) {
                                                                                     m.readOnly = true;
                                                                                     m.recursiveReadOnly =
                                                                                         "readonly";
                                                                                 })},
    {"type=bind,source=/srv,target=/data,bind-create-src", made("/srv", "/data")},
    {"type=tmpfs,target=/run,tmpfs-size=64m,tmpfs-mode=1770,tmpfs-uid=7,tmpfs-gid=8",
     with(volume("", "/run"),
          [](auto& m) {
              m.kind = MountKind::Tmpfs;
              m.tmpfsSize = 64U << 20;
              m.tmpfsMode = 01770;
              m.tmpfsUser = 7;
              m.tmpfsGroup = 8;
          })},
    {"type=tmpfs,target=/run,tmpfs-size=1GiB", with(volume("", "/run"),
                                                    [](auto& m) {
                                                        m.kind = MountKind::Tmpfs;
                                                        m.tmpfsSize = 1U << 30;
                                                    })},
};

const std::vector<Case> kFlags{
    {"/data", volume("", "/data")},
    {"web:/data", volume("web", "/data")},
    {"web:/data:ro", with(volume("web", "/data"), [](auto& m) { m.readOnly = true; })},
    {"web:/data:rw", volume("web", "/data")},
    {"web:/data:nocopy,ro,z", with(volume("web", "/data"),
                                   [](auto& m) {
                                       m.readOnly = true;
                                       m.noCopy = true;
                                   })},
    {"/srv/web/:/data/", made("/srv/web", "/data")},
    {"./web:/data", made("./web", "/data")},
    {"~/web:/data:Z", made("~/web", "/data")},
    {"/srv:/data:ro,rslave,cached", with(made("/srv", "/data"),
                                         [](auto& m) {
                                             m.readOnly = true;
                                             m.propagation = "rslave";
                                         })},
};

} // namespace

class MountSpecTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheLongForm_data() { addCases(kMounts); }
    void readsTheLongForm() {
        QFETCH(int, index);
        const auto& wanted = kMounts.at(static_cast<std::size_t>(index));
        const auto mount = parseMount(wanted.text);
        VERIFY_RESULT(mount);
        QVERIFY(*mount == wanted.mount);
    }
    void readsTheShortForm_data() { addCases(kFlags); }
    void readsTheShortForm() {
        QFETCH(int, index);
        const auto& wanted = kFlags.at(static_cast<std::size_t>(index));
        const auto mount = parseVolumeFlag(wanted.text);
        VERIFY_RESULT(mount);
        QVERIFY(*mount == wanted.mount);
    }
    void readsItsOwnTextBack() {
        for (const auto* cases : {&kMounts, &kFlags}) {
            for (const auto& each : *cases) {
                const auto text = mountText(each.mount);
                const auto again = parseMount(text);
                VERIFY_RESULT(again);
                QVERIFY2(*again == each.mount, text.c_str());
                QCOMPARE(mountText(*again), text);
            }
        }
    }
    void refusesInTheLongForm_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"",
                                 "type=volume",
                                 "type=image,source=x,target=/x",
                                 "type=nonsense,target=/x",
                                 "target=/x,nonsense",
                                 "target=/x,nonsense=1",
                                 "target=/x,readonly=perhaps",
                                 "type=bind,source=/a,target=/x,volume-nocopy",
                                 "source=a1,target=/x,bind-propagation=rslave",
                                 "type=tmpfs,target=/x,bind-nonrecursive",
                                 "type=bind,source=/a,target=/x,bind-propagation=nonsense",
                                 "type=tmpfs,target=/x,tmpfs-size=much",
                                 "type=tmpfs,target=/x,tmpfs-size=99999999999999999999",
                                 "type=tmpfs,target=/x,tmpfs-size=99999999999g",
                                 "type=tmpfs,target=/x,tmpfs-mode=9",
                                 "target=/x,\"source=web",
                                 "target=/x,so\"urce=web",
                                 "target=/x,\"source=web\"more",
                                 "target=/x,volume-driver=rexray",
                                 "target=/x,volume-opt==a",
                                 "target=/x,,source=web"})
            QTest::newRow(*text == '\0' ? "nothing" : text) << QString::fromLatin1(text);
    }
    void refusesInTheLongForm() {
        QFETCH(QString, text);
        const auto mount = parseMount(text.toStdString());
        QVERIFY(!mount);
        QVERIFY(!mount.error().message.empty());
    }
    void refusesInTheShortForm_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", ":", "/a:", ":/a", "/a:/b:ro:z", "relative", "/a:relative",
                                 "web:/x:nonsense", "web:/x:ro,rw", "web:/x:rslave", "/a:/x:nocopy",
                                 "/a:/x:rslave,rshared", "web:/x:z,Z", "w:/x", "-web:/x", "we b:/x", "/x:ro"})
            QTest::newRow(*text == '\0' ? "nothing" : text) << QString::fromLatin1(text);
    }
    void refusesInTheShortForm() {
        QFETCH(QString, text);
        QVERIFY(!parseVolumeFlag(text.toStdString()));
    }
    void checksWhatFitsTogether_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("good");
        const auto row = [](const char* text, bool good) {
            QTest::newRow(text) << QString::fromLatin1(text) << good;
        };
        row("source=web,target=/data", true);
        row("source=web,target=/", false);
        row("source=web,target=data", false);
        row("source=.web,target=/data", false);
        row("source=a/b,target=/data", false);
        row("source=web,target=/data,volume-subpath=/abs", false);
        row("source=web,target=/data,volume-subpath=a/../../b", false);
        row("type=bind,source=/srv,target=/data", true);
        row("type=bind,source=srv,target=/data", false);
        row("type=bind,target=/data", false);
        row("type=bind,source=/srv,target=/data,bind-recursive=readonly", false);
        row("type=bind,source=/srv,target=/data,ro,bind-recursive=readonly", true);
        row("type=bind,source=/srv,target=/data,ro,bind-recursive=readonly,bind-propagation=rslave", false);
        row("type=tmpfs,target=/run", true);
        row("type=tmpfs,source=x,target=/run", false);
        row("type=tmpfs,target=/run,tmpfs-mode=77777", false);
        row("type=tmpfs,target=/run,tmpfs-uid=70000", false);
    }
    void checksWhatFitsTogether() {
        QFETCH(QString, text);
        QFETCH(bool, good);
        const auto mount = parseMount(text.toStdString());
        VERIFY_RESULT(mount);
        QCOMPARE(static_cast<bool>(checkMount(*mount)), good);
    }
    void refusesTwoAtOnePlace() {
        QVERIFY(checkMounts({volume("web", "/data"), volume("log", "/data/log")}));
        QVERIFY(!checkMounts({volume("web", "/data"), bind("/srv", "/data")}));
    }
    void makesASourceAbsolute() {
        auto mount = *parseVolumeFlag("./web:/data");
        makeAbsolute(mount, "/home/alice/project", "/home/alice");
        QCOMPARE(mount.source, std::string("/home/alice/project/web"));
        mount = *parseVolumeFlag("~/web:/data");
        makeAbsolute(mount, "/tmp", "/home/alice");
        QCOMPARE(mount.source, std::string("/home/alice/web"));
        mount = *parseVolumeFlag("web:/data");
        makeAbsolute(mount, "/tmp", "/home/alice");
        QCOMPARE(mount.source, std::string("web"));
    }

private:
    static void addCases(const std::vector<Case>& cases) {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const auto& each : cases)
            QTest::newRow(each.text) << index++;
    }
};

ESCALE_TEST(MountSpecTest)
#include "mount_spec_test.moc"
