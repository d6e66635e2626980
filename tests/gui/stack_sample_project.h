// A small stack for the tests of the Stacks pane: its files, loaded as the pane loads them, containers of it,
// and what the engine tells while it is brought up.
#pragma once

#include "engine/stack/compose/load_project.h"
#include "helper/dbus/types.h"

#include <map>
#include <memory>
#include <string>

namespace escale::test {

inline std::string sampleCompose() {
    return "name: shop\n"
           "services:\n"
           "  web:\n"
           "    image: escale/demo:1\n"
           "    ports: [\"8080:80\"]\n"
           "    networks: [front, back]\n"
           "    environment:\n"
           "      GREETING: ${GREETING:-hello}\n"
           "      DB_PASSWORD: ${SECRET_WORD}\n"
           "    depends_on:\n"
           "      db: {condition: service_healthy}\n"
           "      tables: {condition: service_completed_successfully, required: false}\n"
           "    deploy: {replicas: 2}\n"
           "  tables:\n"
           "    image: escale/demo:1\n"
           "    networks: [back]\n"
           "    depends_on: [db]\n"
           "  db:\n"
           "    image: escale/demo:1\n"
           "    networks: [back]\n"
           "    volumes: [\"data:/data\"]\n"
           "  debug:\n"
           "    image: escale/demo:1\n"
           "    networks: [back]\n"
           "    profiles: [tools]\n"
           "networks: {front: {}, back: {}}\n"
           "volumes: {data: {}}\n";
}

/// `files`: by path, instead of those of the disk.
inline std::shared_ptr<compose::Loaded> load(const std::map<std::string, std::string>& files,
                                             std::map<std::string, std::string> environment = {}) {
    compose::LoadRequest request;
    request.files = {"/shop/compose.yaml"};
    request.environment = std::move(environment);
    request.read = [files](const std::string& path) -> Result<std::string> {
        const auto found = files.find(path);
        if (found == files.end())
            return fail(ErrorCode::NotFound, "there is no file " + path);
        return found->second;
    };
    return std::make_shared<compose::Loaded>(compose::loadProject(request));
}

inline std::shared_ptr<compose::Loaded> sampleProject() {
    return load({{"/shop/compose.yaml", sampleCompose()}, {"/shop/.env", "# words\nSECRET_WORD=tortoise\n"}});
}

inline dbus::StackContainer member(const QString& service, quint32 number, const QString& state,
                                   const QString& health = {}, int exitCode = 0) {
    dbus::StackContainer made;
    made.id = service + QString::number(number) + QStringLiteral("0000000000");
    made.name = QStringLiteral("shop-%1-%2").arg(service).arg(number);
    made.service = service;
    made.number = number;
    made.state = state;
    made.health = health;
    made.exitCode = exitCode;
    made.image = QStringLiteral("escale/demo:1");
    return made;
}

/// Of a bring-up in which web waits two seconds for db. `upTo`: how many of its lines.
inline QList<QByteArray> sampleEvents(qsizetype upTo = 100) {
    const QList<QByteArray> all{
        R"({"time":1000,"event":"image","service":"db","state":"pulling"})",
        R"({"time":1400,"event":"image","service":"db","state":"done"})",
        R"({"time":1500,"event":"plan","steps":[{"step":0,"kind":"create-network","name":"shop_back","after":[]},)"
        R"({"step":1,"kind":"create","service":"db","number":1,"name":"shop-db-1","after":[0]},)"
        R"({"step":2,"kind":"start","service":"db","number":1,"name":"shop-db-1","after":[1]},)"
        R"({"step":3,"kind":"create","service":"web","number":1,"name":"shop-web-1","after":[0]},)"
        R"({"step":4,"kind":"wait","service":"db","condition":"service_healthy","name":"web","after":[2]},)"
        R"({"step":5,"kind":"start","service":"web","number":1,"name":"shop-web-1","after":[3,4]}]})",
        R"({"time":1510,"event":"step","step":0,"state":"running"})",
        R"({"time":1600,"event":"step","step":0,"state":"done"})",
        R"({"time":1600,"event":"step","step":1,"state":"running"})",
        R"({"time":1600,"event":"step","step":3,"state":"running"})",
        R"({"time":1700,"event":"step","step":1,"state":"done"})",
        R"({"time":1700,"event":"step","step":2,"state":"running"})",
        R"({"time":1720,"event":"step","step":3,"state":"done"})",
        R"({"time":1800,"event":"step","step":2,"state":"done"})",
        R"({"time":1800,"event":"step","step":4,"state":"running"})",
        R"({"time":3800,"event":"step","step":4,"state":"done"})",
        R"({"time":3800,"event":"step","step":5,"state":"running"})",
        R"({"time":3900,"event":"step","step":5,"state":"done"})",
        R"({"time":3900,"event":"end","state":"done"})"};
    return all.mid(0, upTo);
}

} // namespace escale::test
