#include "gui/build/build_context.h"
#include "gui/build/dockerfile_completion.h"
#include "tests/support/test_registry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace escale;
using namespace escale::gui;

class DockerfileCompletionTest : public QObject {
    Q_OBJECT

    // What is offered at the "|" of the text.
    static DockerfileOffer at(const QString& text) {
        const auto place = static_cast<int>(text.indexOf(u'|'));
        return completionAt(QString(text).remove(place, 1), place,
                            {QStringLiteral("debian:12"), QStringLiteral("python:3.12")});
    }
    static QStringList words(const DockerfileOffer& offer) {
        QStringList texts;
        for (const CompletionWord& word : offer.words)
            texts.append(word.text);
        return texts;
    }
    static void makeFile(const QTemporaryDir& folder, const char* name, const char* content = "x") {
        const QString path = folder.filePath(QString::fromLatin1(name));
        QDir().mkpath(path.section(u'/', 0, -2));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

private Q_SLOTS:
    void isOffered_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words"); // with "," between; what comes first, and "…" for the rest
        const auto add = [](const char* name, const char* text, const char* words) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(words);
        };
        add("instructions of a prefix", "FROM a\nWO|", "WORKDIR");
        add("in the case of the file", "from a\nru|", "run");
        add("in upper case elsewhere", "FROM a\nru|", "RUN");
        add("behind ONBUILD", "FROM a\nONBUILD CO|", "COPY");
        add("images and stages", "FROM debian:12 AS Build\nFROM |", "Build,debian:12,python:3.12,scratch");
        add("no stage below", "FROM py|\nFROM debian AS pyx", "python:3.12");
        add("AS", "FROM debian:12 |", "AS ");
        add("nothing after AS", "FROM debian:12 AS |", "");
        add("flags of FROM", "FROM --pl|", "--platform=");
        add("platforms", "FROM --platform=linux/arm6|", "linux/arm64");
        add("the build's platform", "FROM --platform=$B|", "BUILDPLATFORM,BUILDOS,BUILDARCH,BUILDVARIANT");
        add("flags of COPY", "FROM a\nCOPY --c|", "--chown=,--chmod=");
        add("no flag twice", "FROM a\nCOPY --chown=a --ch|", "--chmod=");
        add("no flag behind a word", "FROM a\nRUN apt-get --mo|", "");
        add("stages of --from", "FROM a AS one\nFROM b\nCOPY --from=o|", "one");
        add("keys of a mount", "FROM a\nRUN --mount=ty|", "type=");
        add("types of a mount", "FROM a\nRUN --mount=type=|", "cache,bind,secret,ssh,tmpfs");
        add("keys of a type", "FROM a\nRUN --mount=type=secret,e|", "env=");
        add("no key of another type", "FROM a\nRUN --mount=type=secret,sh|", "");
        add("no key twice", "FROM a\nRUN --mount=type=cache,target=/x,t|", "");
        add("sharing", "FROM a\nRUN --mount=type=cache,sharing=l|", "locked");
        add("from of a mount", "FROM a AS one\nFROM b\nRUN --mount=from=o|", "one");
        add("networks", "FROM a\nRUN --network=n|", "none");
        add("variables of the stage", "ARG X1\nFROM a\nARG X2\nENV X3=a X4=b\nRUN echo $X|", "X2,X3,X4");
        add("variables of the stage below", "FROM a AS one\nENV X=1\nFROM one\nRUN echo ${|", "X}");
        add("not those of another stage", "FROM a\nENV X=1\nFROM b\nRUN echo $|", "");
        add("variables of FROM", "ARG VERSION=1\nFROM debian:$V|", "VERSION");
        add("not an escaped one", "FROM a\nENV X=1\nRUN echo \\$X|", "");
        add("in a line that goes on", "FROM a\nENV LONG=1\nRUN true && \\\n  echo $L|", "LONG");
        add("a flag in a line that goes on", "FROM a\nRUN --network=none \\\n  --mo|", "--mount=");
        add("HEALTHCHECK", "FROM a\nHEALTHCHECK --interval=5s |", "CMD ,NONE");
        add("signals", "FROM a\nSTOPSIGNAL sigq|", "SIGQUIT");
        add("directives at the top", "# sy|", "syntax=docker/dockerfile:1");
        add("no directive below", "FROM a\n# sy|", "");
        add("silence", "FROM a\n# had|\nRUN x", "hadolint ignore=");
        add("nothing in a here-document", "FROM a\nRUN <<EOF\nWO|", "");
        add("nothing that is written whole", "FROM a\nWORKDIR|", "");
    }
    void isOffered() {
        QFETCH(QString, text);
        QFETCH(QString, words);
        const DockerfileOffer offer = at(text);
        QCOMPARE(this->words(offer).join(u','), words);
        QCOMPARE(offer.begin + offer.written.size(), text.indexOf(u'|'));
    }

    void everyInstructionIsExplained() {
        const DockerfileOffer offer = at(QStringLiteral("|"));
        QCOMPARE(offer.words.size(), qsizetype(17)); // all but MAINTAINER
        for (const CompletionWord& word : offer.words)
            QVERIFY2(!word.meaning.isEmpty(), qPrintable(word.text));
    }

    void copyWantsFilesOfAFolder_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("folder");
        QTest::newRow("the context") << QStringLiteral("FROM a\nCOPY |") << QString();
        QTest::newRow("a folder in it") << QStringLiteral("FROM a\nCOPY x src/m|") << QStringLiteral("src/");
        QTest::newRow("exec form") << QStringLiteral("FROM a\nCOPY [\"src/|") << QStringLiteral("src/");
        QTest::newRow("bind") << QStringLiteral("FROM a\nRUN --mount=type=bind,source=src/|")
                              << QStringLiteral("src/");
    }
    void copyWantsFilesOfAFolder() {
        QFETCH(QString, text);
        QFETCH(QString, folder);
        const DockerfileOffer offer = at(text);
        QVERIFY(offer.folder.has_value());
        QCOMPARE(*offer.folder, folder);
    }
    void filesOfAStageAreNotThoseOfTheFolder() {
        QVERIFY(!at(QStringLiteral("FROM a AS b\nFROM c\nCOPY --from=b |")).folder);
    }

    void filesAreOfferedWithTheirFolder() {
        const DockerfileOffer offer = withFiles(at(QStringLiteral("FROM a\nCOPY src/M|")),
                                                {QStringLiteral("main.cpp"), QStringLiteral("other.cpp")});
        QCOMPARE(words(offer), QStringList{QStringLiteral("src/main.cpp")});
    }

    void ignoredFilesAreNotListed() {
        // Given a folder whose .dockerignore names some of it,
        const QTemporaryDir folder;
        makeFile(folder, "main.cpp");
        makeFile(folder, "secret.env");
        makeFile(folder, "src/a.cpp");
        makeFile(folder, "build/a.o");
        makeFile(folder, ".dockerignore", "*.env\nbuild\n.dockerignore\n");
        // when it is listed, then what COPY could not take is not there.
        const auto ignored = findIgnoreFile(folder.path(), {});
        QVERIFY(ignored.has_value());
        QCOMPARE(listContextFolder(folder.path(), {}, *ignored, 100),
                 QStringList({QStringLiteral("main.cpp"), QStringLiteral("src/")}));
        QCOMPARE(listContextFolder(folder.path(), QStringLiteral("src/"), *ignored, 100),
                 QStringList{QStringLiteral("a.cpp")});
    }
    void theListIsBounded() {
        const QTemporaryDir folder;
        for (const char* name : {"a", "b", "c"})
            makeFile(folder, name);
        QCOMPARE(listContextFolder(folder.path(), {}, {}, 2).size(), qsizetype(2));
    }
    void nothingAboveTheContextIsListed() {
        const QTemporaryDir folder;
        makeFile(folder, "context/a");
        QVERIFY(listContextFolder(folder.filePath(QStringLiteral("context")), QStringLiteral("../"), {}, 9)
                    .isEmpty());
        QVERIFY(
            listContextFolder(folder.filePath(QStringLiteral("context")), QStringLiteral("x/../../"), {}, 9)
                .isEmpty());
    }
};

ESCALE_TEST(DockerfileCompletionTest)
#include "dockerfile_completion_test.moc"
