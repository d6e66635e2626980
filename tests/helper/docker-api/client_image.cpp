#include "tests/helper/docker-api/client_image.h"

#include "engine/base/file.h"
#include "tests/helper/worker/image_fixture.h"

namespace escale::test {
namespace {

Result<void> addProgram(TarBuilder& tar, const std::string& name, const std::string& source) {
    TRY_ASSIGN(std::string content, readFile(source, 1u << 28));
    tar.add({.name = name, .content = std::move(content), .mode = 0755, .owner = 0, .group = 0});
    return {};
}

} // namespace

Result<std::string> pushClientImage(DockerRegistry& registry, const std::string& docker) {
    TarBuilder tar;
    for (const char* folder : {"bin", "lib", "lib64", "proc", "dev", "sys", "etc", "var", "var/run"})
        tar.folder(folder);
    tar.folder("tmp", 01777);
    TRY(addProgram(tar, "bin/busybox", "/bin/busybox"));
    for (const char* name : {"sh", "sleep", "cat", "ls", "mkdir", "nc", "rm", "sed", "sort", "tr", "xargs"})
        tar.add({.name = std::string("bin/") + name, .type = '2', .link = "busybox", .owner = 0, .group = 0});
    TRY(addProgram(tar, "bin/docker", docker));
    TRY(addProgram(tar, "lib64/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2"));
    TRY(addProgram(tar, "lib/libc.so.6", "/lib/x86_64-linux-gnu/libc.so.6"));
    for (const char* script : {"reap.sh", "answer.sh"})
        TRY(addProgram(tar, std::string("bin/") + script,
                       std::string(ESCALE_TEST_DATA "/../helper/docker-api/ryuk/") + script));
    TestImage image({zstdLayer(tar.finish())});
    image.config.set("config",
                     Json(Json::Object{{"Cmd", Json::strings({"/bin/reap.sh"})},
                                       {"Env", Json::strings({"PATH=/bin", "LD_LIBRARY_PATH=/lib"})}}));
    image.manifest.set("config", descriptor(kConfigType, image.config.dump()));
    TRY(image.push(registry, "client", "1"));
    return registry.host() + "/client:1";
}

} // namespace escale::test
