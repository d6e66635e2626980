// Builds for the GUI's tests: a Dockerfile of three stages, and what happens when it is built.
#pragma once

#include "engine/build/build_events.h"
#include "gui/build/build_model.h"
#include "tests/gui/sample.h"

#include <functional>

namespace escale::test {

/// builder makes the program, docs is needed by nobody, the last one copies from builder.
inline std::string sampleDockerfile() {
    return "ARG GO=1.22\n"
           "FROM golang:${GO} AS builder\n"
           "WORKDIR /src\n"
           "COPY go.mod ./\n"
           "RUN go mod download\n"
           "COPY . .\n"
           "RUN go build -o /out/shop ./cmd/shop\n"
           "\n"
           "FROM builder AS docs\n"
           "RUN make docs\n"
           "\n"
           "FROM alpine:3.20 AS final\n"
           "ARG TOKEN\n"
           "RUN apk add --no-cache ca-certificates\n"
           "COPY --from=builder /out/shop /usr/local/bin/\n"
           "USER 1000\n"
           "CMD [\"shop\"]\n";
}

inline BuildEvent event(BuildEvent::Kind kind, std::int64_t time) {
    BuildEvent made;
    made.kind = kind;
    made.time = time;
    return made;
}

/// Made up in the order in which the builder tells it.
class EventList {
public:
    explicit EventList(std::int64_t start)
        : m_time(start) {
        BuildEvent begin = event(BuildEvent::Kind::Build, m_time);
        begin.text = sampleDockerfile();
        begin.name = "Dockerfile";
        all.append(begin);
        stage("0", "builder", "docker.io/library/golang:1.22");
        stage("2", "final", "docker.io/library/alpine:3.20");
        step("0.0", "FROM golang:1.22 AS builder", 2, {});
        step("0.1", "WORKDIR /src", 3, {"0.0"});
        step("0.2", "COPY go.mod ./", 4, {"0.1"});
        step("0.3", "RUN go mod download", 5, {"0.2"});
        step("0.4", "COPY . .", 6, {"0.3"});
        step("0.5", "RUN go build -o /out/shop ./cmd/shop", 7, {"0.4"});
        step("2.0", "FROM alpine:3.20 AS final", 12, {});
        step("2.1", "ARG TOKEN", 13, {"2.0"});
        step("2.2", "RUN apk add --no-cache ca-certificates", 14, {"2.1"});
        step("2.3", "COPY --from=builder /out/shop /usr/local/bin/", 15, {"2.2", "0.5"});
        step("2.4", "USER 1000", 16, {"2.3"});
        step("2.5", "CMD [\"shop\"]", 17, {"2.4"});
    }
    EventList& wait(std::int64_t milliseconds) {
        m_time += milliseconds;
        return *this;
    }
    EventList& start(const char* id) {
        BuildEvent begun = event(BuildEvent::Kind::Started, m_time);
        begun.step = id;
        all.append(begun);
        return *this;
    }
    EventList& log(const char* id, const char* text) {
        BuildEvent line = event(BuildEvent::Kind::Log, m_time);
        line.step = id;
        line.text = text;
        all.append(line);
        return *this;
    }
    EventList& finish(const char* id, BuildEvent::State state, std::uint64_t size = 0, int exitCode = 0) {
        BuildEvent over = event(BuildEvent::Kind::Finished, m_time);
        over.step = id;
        over.state = state;
        over.size = size;
        over.exitCode = exitCode;
        if (size != 0)
            over.layer = "sha256:" + std::string(60, 'a') + id;
        all.append(over);
        return *this;
    }
    /// It begins, takes its time and is over.
    EventList& run(const char* id, std::int64_t milliseconds, std::uint64_t size) {
        return start(id).wait(milliseconds).finish(id, BuildEvent::State::Done, size);
    }
    EventList& cached(const char* id, std::uint64_t size = 0) {
        return start(id).finish(id, BuildEvent::State::Cached, size);
    }
    EventList& end(BuildEvent::State state, const char* error = "", const char* hint = "") {
        if (state == BuildEvent::State::Done) {
            BuildEvent image = event(BuildEvent::Kind::Image, m_time);
            image.digest = "sha256:" + std::string(64, 'b');
            image.names = {"docker.io/library/shop:latest"};
            image.size = 31'000'000;
            all.append(image);
        }
        BuildEvent over = event(BuildEvent::Kind::Ended, m_time);
        over.state = state;
        over.error = error;
        over.hint = hint;
        all.append(over);
        return *this;
    }
    [[nodiscard]] QByteArray lines() const {
        std::string text;
        for (const BuildEvent& one : all)
            text += writeBuildEvent(one);
        return QByteArray::fromStdString(text);
    }
    [[nodiscard]] gui::BuildModel model() const {
        gui::BuildModel made;
        for (const BuildEvent& one : all)
            made.apply(one);
        return made;
    }

    QList<BuildEvent> all;

private:
    void stage(const char* id, const char* name, const char* base) {
        BuildEvent told = event(BuildEvent::Kind::Stage, m_time);
        told.stage = id;
        told.name = name;
        told.base = base;
        all.append(told);
    }
    void step(const char* id, const char* text, int line, std::vector<std::string> inputs) {
        BuildEvent told = event(BuildEvent::Kind::Step, m_time);
        told.step = id;
        told.stage = std::string(id).substr(0, 1);
        told.text = text;
        told.line = line;
        told.inputs = std::move(inputs);
        all.append(told);
    }
    std::int64_t m_time;
};

/// The first steps are cached, one runs, and one of the other stage runs beside it.
inline EventList runningEvents(std::int64_t start) {
    EventList list(start);
    list.cached("0.0").cached("2.0").cached("0.1").cached("0.2", 1'200).cached("2.1");
    list.run("0.3", 3'100, 184'000'000).run("0.4", 240, 2'300'000).start("0.5").start("2.2");
    list.log("2.2", "fetch https://dl-cdn.alpinelinux.org/alpine/v3.20/main/x86_64/APKINDEX.tar.gz");
    list.log("0.5", "go: downloading github.com/lib/pq v1.10.9").log("0.5", "github.com/lib/pq/oid");
    list.log("0.5", "github.com/lib/pq").log("0.5", "shop/internal/orders");
    return list;
}

inline EventList doneEvents(std::int64_t start) {
    EventList list = runningEvents(start);
    list.wait(1'900).finish("2.2", BuildEvent::State::Done, 560'000);
    list.wait(9'300).finish("0.5", BuildEvent::State::Done, 12'400'000);
    list.run("2.3", 120, 12'400'000).run("2.4", 2, 0).run("2.5", 2, 0);
    return list.end(BuildEvent::State::Done);
}

inline EventList failedEvents(std::int64_t start) {
    EventList list = runningEvents(start);
    list.wait(1'900).finish("2.2", BuildEvent::State::Done, 560'000);
    list.log("0.5", "# shop/internal/orders");
    list.log("0.5", "internal/orders/total.go:41:17: undefined: roundCents");
    list.log("0.5", "internal/orders/total.go:58:9: too many return values");
    list.wait(2'400).finish("0.5", BuildEvent::State::Failed, 0, 1);
    return list.end(BuildEvent::State::Failed, "RUN go build -o /out/shop ./cmd/shop: exit code 1",
                    "Look at its last lines, or open a terminal in it.");
}

inline dbus::Build build(const char* id, const char* state, qint64 started) {
    dbus::Build made;
    made.id = QString::fromLatin1(id);
    made.state = QString::fromLatin1(state);
    made.started = started;
    made.name = QStringLiteral("/home/ada/shop");
    made.dockerfile = QStringLiteral("Dockerfile");
    made.tags = {QStringLiteral("shop:latest")};
    made.steps = 12;
    return made;
}

/// One of each kind, newest first.
inline dbus::BuildList someBuilds(qint64 now) {
    dbus::Build failed = build("b4", "failed", now - 120'000);
    failed.ended = now - 112'000;
    failed.cached = 5;
    failed.error = QStringLiteral("RUN go build: exit code 1");
    failed.keepsFailedStep = true;
    dbus::Build done = build("b3", "done", now - 3'600'000);
    done.ended = now - 3'585'000;
    done.cached = 5;
    done.size = 31'000'000;
    done.image = QStringLiteral("sha256:") + QString(64, u'b');
    dbus::Build first = build("b2", "done", now - 90'000'000);
    first.ended = now - 89'952'000;
    first.size = 38'400'000;
    first.image = QStringLiteral("sha256:") + QString(64, u'c');
    dbus::Build other = build("b1", "cancelled", now - 180'000'000);
    other.ended = now - 179'998'000;
    other.name = QStringLiteral("/home/ada/work/site");
    other.dockerfile = QStringLiteral("docker/Dockerfile.dev");
    other.tags = {QStringLiteral("site:dev"), QStringLiteral("registry.example.org/team/site:dev")};
    other.steps = 9;
    other.cached = 1;
    return {failed, done, first, other};
}

inline dbus::BuildCache someCache(qint64 now) {
    const qint64 day = 24LL * 3600 * 1000;
    const auto text = [](const char* words) { return QString::fromUtf8(words); };
    return {
        {1, text("step"), text("RUN go mod download"), 184'000'000, now - 2 * day, now - 3'600'000, false},
        {2, text("step"), text("RUN apk add --no-cache ca-certificates"), 560'000, now - 20 * day,
         now - 3'600'000, true},
        {3, text("context"), text("/home/ada/shop"), 2'300'000, now - 20 * day, now - 120'000, false},
        {4, text("mount"), text("go-build"), 412'000'000, now - 60 * day, now - 45 * day, false},
        {5, text("step"), text("RUN npm ci"), 96'000'000, now - 40 * day, now - 33 * day, false}};
}

} // namespace escale::test
