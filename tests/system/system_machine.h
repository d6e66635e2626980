// A machine of the test's own with systemd and an installed Escale, and short ways to ask it.
#pragma once

#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/support/test_registry.h"

#include <unistd.h>

namespace escale::test {

inline const std::string kUnit = "escale-helper.service";
inline const std::string kPerson = "alice"; // an ordinary user of the machine

/// Why the tests that change the machine cannot run here; "" when they can.
inline std::string whyNoSystemMachine() {
    if (::geteuid() != 0)
        return "needs root";
    if (!exists("/run/escale-system-test")) // made by tests/system/inside.sh
        return "needs a machine of its own with systemd and an installed helper (./dev test --system)";
    return {};
}

inline Result<void> systemctl(std::vector<std::string> words) {
    words.insert(words.begin(), "/bin/systemctl");
    TRY(runProgram(std::move(words)));
    return {};
}

inline std::string unitProperty(const std::string& name) {
    const auto text = runProgram({"/bin/systemctl", "show", kUnit, "--property", name, "--value"});
    return text ? text->substr(0, text->find('\n')) : text.error().text();
}

/// What `busctl call` of a method of Containers says to kPerson, logged in at a terminal of the machine's
/// seat; before it a line with "yes" when that session is the active one, else "no".
inline Result<std::string> callInSession(const std::string& terminal, const std::string& method) {
    const std::string answer = "/tmp/answer-of-" + terminal;
    TRY(writeFileAtomically(answer, "", 0666));
    TRY(runProgram({"/usr/bin/systemd-run", "--quiet", "--wait", "--collect", "--property", "User=" + kPerson,
                    "--property", "PAMName=login", "--property", "TTYPath=/dev/" + terminal, "--property",
                    "StandardInput=tty-force", "/bin/sh", "-c",
                    "{ loginctl show-session \"$XDG_SESSION_ID\" --property Active --value; "
                    "busctl call org.escale.Engine1 /org/escale/Engine1 org.escale.Engine1.Containers " +
                        method + "; } >" + answer + " 2>&1; true"}));
    return readFile(answer);
}

} // namespace escale::test
