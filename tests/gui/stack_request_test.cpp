// What a stack names is opened here, with the person's rights, and goes over a socket.
#include "gui/client/stack_request.h"

#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/base/message_channel.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::gui;
using Kind = compose::StackSource::Kind;

namespace {

/// A service with these sources, each of its kind's place.
compose::MadeStack stackOf(std::vector<compose::StackSource> sources) {
    compose::MadeStack made;
    StackService service;
    service.name = "web";
    for (std::uint32_t i = 0; i < sources.size(); ++i) {
        if (sources[i].kind == Kind::File || sources[i].kind == Kind::Content)
            service.files.push_back({.path = "/f" + std::to_string(i), .source = i});
        if (sources[i].kind == Kind::Bind)
            service.binds.push_back(i);
    }
    made.stack.services.push_back(std::move(service));
    made.sources = std::move(sources);
    return made;
}

compose::StackSource source(Kind kind, const std::string& path, const std::string& text = {}) {
    compose::StackSource one;
    one.kind = kind;
    one.path = path;
    one.text = text;
    one.place = {0, 7, 9, 3};
    return one;
}

} // namespace

class StackRequestTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::string path(const char* name) { return m_folder.filePath(QLatin1String(name)).toStdString(); }

private Q_SLOTS:
    void contentsHaveTheirDigests() {
        VERIFY_RESULT(writeFileAtomically(path("secret"), "from a file", 0600));
        const auto opened = openStack(
            stackOf({source(Kind::File, path("secret")), source(Kind::Content, {}, "written inline")}));
        QVERIFY(opened);
        const auto& files = opened->stack.services.first().files;
        QCOMPARE(files[0].digest.toStdString(), Digest::ofData("from a file").toString());
        QCOMPARE(files[1].digest.toStdString(), Digest::ofData("written inline").toString());
    }
    void whatCannotBeOpenedIsToldAtItsPlace_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("name");
        QTest::newRow("no such bind source") << int(Kind::Bind) << QStringLiteral("missing");
        QTest::newRow("no such secret") << int(Kind::File) << QStringLiteral("missing");
        QTest::newRow("a folder for a file") << int(Kind::File) << QStringLiteral(".");
        QTest::newRow("a file for a folder") << int(Kind::Context) << QStringLiteral("file");
        QTest::newRow("a wrong pattern in .dockerignore") << int(Kind::Context) << QStringLiteral("faulty");
        QTest::newRow("no such agent") << int(Kind::Agent) << QStringLiteral("missing");
    }
    void whatCannotBeOpenedIsToldAtItsPlace() {
        QFETCH(int, kind);
        QFETCH(QString, name);
        VERIFY_RESULT(writeFileAtomically(path("file"), "x", 0600));
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("faulty")));
        VERIFY_RESULT(writeFileAtomically(path("faulty/.dockerignore"), "[a", 0600));
        const auto opened = openStack(stackOf({source(Kind(kind), path(name.toLatin1().constData()))}));
        QVERIFY(!opened);
        QCOMPARE(opened.error().place, (compose::Place{0, 7, 9, 3}));
        QVERIFY(opened.error().what.find(m_folder.path().toStdString()) != std::string::npos);
    }
    void aBindSourceIsMadeWhereItMayBe() {
        auto made = stackOf({source(Kind::Bind, path("new/folder"))});
        made.sources[0].create = true;
        QVERIFY(openStack(made));
        QVERIFY(QFileInfo(QString::fromStdString(path("new/folder"))).isDir());
    }
    void descriptorsComeInTheirOrderAndAContextWhenItIsWanted() {
        VERIFY_RESULT(makeDirectories(path("context")));
        const auto opened = openStack(
            stackOf({source(Kind::Bind, path("context")), source(Kind::Dockerfile, {}, "FROM scratch\n"),
                     source(Kind::Context, path("context"))}));
        QVERIFY(opened);
        QDBusUnixFileDescriptor files = opened->delivery->begin();
        QVERIFY(files.isValid());
        QVERIFY(!opened->delivery->begin().isValid()); // they have gone
        const MessageChannel engine(UniqueFd(::dup(files.fileDescriptor())));
        files = {};
        std::vector<UniqueFd> came;
        while (auto message = engine.receive()) {
            QCOMPARE(message->kind(), 1U);
            QCOMPARE(message->number().value_or(99), came.size());
            came.push_back(message->fd().value());
        }
        QCOMPARE(came.size(), std::size_t{3});
        QVERIFY((::fcntl(came[0].get(), F_GETFL) & O_PATH) != 0);
        QCOMPARE(readFd(came[1].get()).value_or(""), std::string("FROM scratch\n"));
        // Nothing of the context comes until the engine has asked for it
        char byte = 1;
        QCOMPARE(::recv(came[2].get(), &byte, 1, MSG_DONTWAIT), ssize_t{-1});
        QCOMPARE(::send(came[2].get(), &byte, 1, MSG_NOSIGNAL), ssize_t{1});
        QCOMPARE(::recv(came[2].get(), &byte, 1, 0), ssize_t{1});
    }
};
ESCALE_TEST(StackRequestTest)

#include "stack_request_test.moc"
