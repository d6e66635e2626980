// Runs a script's text in a shell where every program is one that does nothing, and looks whether something
// of a stranger's text was executed: each text that it offers would leave a mark if a shell ever took it for
// a command.
#pragma once

#include "engine/base/file.h"
#include "engine/base/subprocess.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace escale::test {

class HostileShell {
public:
    Result<void> open() {
        TRY(makeDirectories(folder() + "/bin", 0755));
        for (const char* name :
             {"mount",  "umount", "ip",     "nft",     "bridge", "nsenter", "unshare",  "setpriv", "capsh",
              "cat",    "chown",  "chmod",  "mknod",   "mkdir",  "ln",      "hostname", "prlimit", "env",
              "setsid", "keyctl", "perl",   "install", "rmdir",  "sleep",   "tr",       "tail",    "grep",
              "find",   "cp",     "mktemp", "touch",   "rm",     "uname"}) {
            TRY(program(name, "exit 0"));
        }
        TRY(program("readlink", "echo \"$1\""));
        if (::chmod(folder().c_str(), 0755) != 0 || ::chmod((folder() + "/work").c_str(), 0777) != 0)
            return failErrno("cannot open the folder of the test");
        return {};
    }

    /// Every way out of quotes that we know of, each with a command behind it.
    [[nodiscard]] static std::vector<std::string> texts() {
        return {"$(: > mark)",
                "`: > mark`",
                "'; : > mark; '",
                "\"; : > mark; \"",
                "\n: > mark\n",
                "x\nEOF\n: > mark",
                "x\nEND\n: > mark",
                "-x",
                "--help",
                "\\",
                "'",
                "a\\'; : > mark; #",
                "|: > mark",
                "&& : > mark",
                "${x:=$(: > mark)}",
                "x;: > mark",
                "#\n: > mark",
                "~",
                "*",
                "' -- ' : > mark",
                "0:$(: > mark):1",
                "cap_$(: > mark)",
                "a/../../x",
                "\x1b[2J",
                "A=$(: > mark)"};
    }

    /// What went wrong, in words; "" when the shell has read the text to its end and nothing was executed.
    std::string happensIn(const std::string& text) {
        const auto path = folder() + "/script";
        if (auto written = writeText(path, "kill() { :; }\n" + text + "\n", 0644); !written)
            return written.error().text();
        if (const auto parsed = runProgram({"/bin/sh", "-n", path}); !parsed)
            return "sh -n: " + parsed.error().text() + "\n" + text;
        // As nobody, and with no way to end another process: what is looked for here must not find anything
        // to harm.
        std::vector<std::string> command{"/bin/sh", path};
        if (::geteuid() == 0)
            command.insert(command.begin(), {"/usr/bin/setpriv", "--reuid=65534", "--regid=65534",
                                             "--clear-groups", "--no-new-privs", "--inh-caps=-all"});
        auto process =
            Subprocess::start({command, {"PATH=" + folder() + "/bin"}, {}, folder() + "/work", false});
        if (!process)
            return process.error().text();
        const auto ended = process->waitFor(std::chrono::seconds(30));
        if (!ended)
            return ended.error().text() + "\n" + text;
        return exists(folder() + "/work/mark") ? "executed: " + text : std::string();
    }
    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString(); }

private:
    static Result<void> writeText(const std::string& path, const std::string& text, mode_t mode) {
        TRY_ASSIGN(const UniqueFd file, openFile(path, O_WRONLY | O_CREAT | O_TRUNC, mode));
        return writeAll(file.get(), text, path);
    }
    Result<void> program(const std::string& name, const std::string& text) {
        TRY(makeDirectories(folder() + "/work", 0755));
        return writeText(folder() + "/bin/" + name, "#!/bin/sh\n" + text + "\n", 0755);
    }
    QTemporaryDir m_folder;
};

} // namespace escale::test
