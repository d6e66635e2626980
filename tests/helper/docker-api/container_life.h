// A machine with the real docker command line, and short ways to make containers with it and to see what
// became of them.
#pragma once

#include "engine/base/file.h"
#include "tests/helper/docker-api/docker_machine.h"

#include <sys/stat.h>
#include <unistd.h>

namespace escale::test {

using Words = std::vector<std::string>;

class ContainerLifeTest : public DockerTest {
protected:
    static Words joined(Words first, const Words& second) {
        first.insert(first.end(), second.begin(), second.end());
        return first;
    }
    /// docker run -d; the id, or what it complains of.
    std::string runDetached(const Words& options, const Words& command = {"/bin/sleep", "1000"}) {
        const Ran ran = docker(joined(joined(joined({"run", "-d"}, options), {image()}), command));
        return ran.code == 0 ? ran.text() : ran.errors;
    }
    dbus::Container container(const std::string& id) {
        return m_machine->container(kUser, QString::fromStdString(id));
    }
    std::string stateOf(const std::string& id) { return container(id).state.toStdString(); }
    /// As D-Bus has them.
    QVariantMap optionsOf(const std::string& id) {
        const auto reply = m_machine->ask(kUser, "Inspect", {QString::fromStdString(id)});
        return qdbus_cast<QVariantMap>(reply.arguments().value(1));
    }
    void removed(const std::string& id) { QCOMPARE(docker({"rm", "-f", id}).code, 0); }

    /// What a shell in a new container says to this script; its exit status behind it when that is not 0.
    std::string said(const Words& options, const std::string& script) {
        const std::string file = shared() + "/said";
        ::unlink(file.c_str());
        const std::string id = runDetached(joined(options, {"-v", shared() + ":/shared"}),
                                           {"/bin/sh", "-c", "(" + script + ") >/shared/said 2>&1"});
        const Ran waited = docker({"wait", id});
        if (waited.code != 0)
            return id;
        (void)docker({"rm", "-f", id});
        std::string text = readFile(file).value_or("");
        while (text.ends_with('\n'))
            text.pop_back();
        return waited.text() == "0" ? text : text + " (" + waited.text() + ")";
    }
    /// A folder of the user's that everybody may write to.
    std::string shared() {
        const std::string path = folder() + "/home/shared";
        (void)::mkdir(path.c_str(), 0777);
        (void)::chmod(path.c_str(), 0777);
        (void)::chown(path.c_str(), kUser, kUser);
        return path;
    }
};

} // namespace escale::test
