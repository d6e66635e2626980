#include "engine/build/build_graph.h"

#include "tests/support/test_registry.h"

using namespace escale;

namespace {

/// "0:debian 1<0 copies redis": a stage a part; "<" names the stages it needs.
std::string described(const std::string& text, const BuildRequest& request = {}) {
    const BuildFile file = readBuildFile(parseDockerfile(text));
    const auto graph = planBuild(file, request);
    if (!graph)
        return "error: " + graph.error().message +
               (graph.error().hint.empty() ? "" : " | " + graph.error().hint);
    std::string shown;
    for (const PlannedStage& stage : graph->stages) {
        shown += (shown.empty() ? "" : " ") + std::to_string(stage.stage);
        shown += stage.baseStage ? std::string() : ":" + stage.base;
        shown += stage.platform.empty() ? std::string() : "@" + stage.platform;
        for (const auto before : stage.stages)
            shown += "<" + std::to_string(before);
        for (const auto& image : stage.images)
            shown += "+" + image;
    }
    return shown;
}

} // namespace

class BuildGraphTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plans_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("graph");
        const auto add = [](const char* name, const char* text, const char* target, const char* graph) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(target)
                                << QString::fromUtf8(graph);
        };
        const char* const three =
            "FROM debian AS a\nFROM alpine AS b\nCOPY --from=a /x /\nFROM b AS c\nFROM busybox AS d\n";
        add("the last stage", three, "", "3:busybox");
        add("what a target needs, and no more", three, "c", "0:debian 1:alpine<0 2<1");
        add("a target by its number", three, "1", "0:debian 1:alpine<0");
        add("a target in another case", three, "B", "0:debian 1:alpine<0");
        add("an unknown target", three, "e", "error: the Dockerfile has no stage \"e\" | It has a, b, c, d.");
        add("a target that is nearly one", "FROM a AS builder\nFROM b", "bulder",
            "error: the Dockerfile has no stage \"bulder\" | Did you mean builder?");
        add("a target far from all", three, "testing",
            "error: the Dockerfile has no stage \"testing\" | It has a, b, c, d.");
        add("a target of a file without names", "FROM a", "x",
            "error: the Dockerfile has no stage \"x\" | Its stages have no names; they are numbered from 0.");
        add("a copy from a number", "FROM a\nFROM b\nCOPY --from=0 /x /", "", "0:a 1:b<0");
        add("a copy from an image", "FROM a\nCOPY --from=redis:7 /x /", "", "0:a+redis:7");
        add("a copy from itself", "FROM a\nFROM b AS x\nCOPY --from=x /x /", "",
            "error: COPY --from names stage \"x\", which does not stand above it | A stage sees only those "
            "before it.");
        add("a copy from a later one", "FROM a\nCOPY --from=1 /x /\nFROM b\nCOPY --from=0 / /", "",
            "error: COPY --from names stage \"1\", which does not stand above it | A stage sees only those "
            "before it.");
        add("a mount from a stage", "FROM a AS x\nFROM b\nRUN --mount=from=x,target=/x y", "", "0:a 1:b<0");
        add("a mount from an image", "FROM b\nRUN --mount=type=bind,from=img,target=/x y", "", "0:b+img");
        add("a mount from a variable", "FROM b\nRUN --mount=from=$X,target=/x y", "",
            "error: \"from=$X\" of a mount cannot hold a variable | Name a stage: FROM image-with-variable "
            "AS name.");
        add("a name that hides an image", "FROM debian AS debian\nFROM debian", "", "0:debian 1<0");
        add("a number is no stage for FROM", "FROM a\nFROM 0", "", "1:0");
        add("variables", "ARG V=12\nARG I=debian:$V\nFROM --platform=$BUILDPLATFORM ${I}-slim", "",
            "0:debian:12-slim@linux/amd64");
        add("a stage chosen by a variable", "ARG W=x\nFROM a AS x\nFROM b AS y\nFROM $W", "", "0:a 2<0");
        add("an empty name", "FROM $NOTHING", "",
            "error: \"FROM $NOTHING\" names no image: its variables are empty | Give the variable a default, "
            "as ARG NAME=value above FROM.");
        add("scratch", "FROM scratch\nCOPY --from=scratch / /", "", "0:scratch");
        add("a problem in the file", "FROM a\nNO", "", "error: line 2: there is no instruction NO");
    }
    void plans() {
        QFETCH(QString, text);
        QFETCH(QString, target);
        BuildRequest request;
        request.target = target.toStdString();
        QTEST(QString::fromStdString(described(text.toStdString(), request)), "graph");
    }
    void whatIsGivenGoesOverADefault() {
        BuildRequest request;
        request.arguments = {{"V", "13"}, {"UNDECLARED", "x"}};
        QCOMPARE(described("ARG V=12\nFROM debian:$V$UNDECLARED", request), std::string("0:debian:13"));
    }
    void aLaterArgumentSeesAnEarlierOne() {
        BuildRequest request;
        request.arguments = {{"A", "2"}};
        QCOMPARE(described("ARG A=1\nARG B=x$A\nFROM $B", request), std::string("0:x2"));
    }
    void platformsArePredefined() {
        BuildRequest request;
        request.targetPlatform = "linux/arm/v7";
        QCOMPARE(described("FROM a-$TARGETOS-$TARGETARCH-$TARGETVARIANT-$BUILDARCH", request),
                 std::string("0:a-linux-arm-v7-amd64"));
    }
};
ESCALE_TEST(BuildGraphTest)

#include "build_graph_test.moc"
