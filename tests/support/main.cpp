// Runs the test classes linked into this program: `unit_tests [Class [function…]]`.
#include "tests/support/test_registry.h"

#include <QCoreApplication>
#include <QTest>

#include <cstdio>
#include <map>

#ifdef ESCALE_TESTS_WITH_WIDGETS
#include <QApplication>
using Application = QApplication;
#else
using Application = QCoreApplication;
#endif

namespace escale::test {

static std::map<std::string, Factory>& tests() {
    static std::map<std::string, Factory> all;
    return all;
}

bool registerTest(const std::string& name, Factory factory) {
    return tests().emplace(name, std::move(factory)).second;
}

} // namespace escale::test

int main(int count, char** values) {
    const Application application(count, values);
    const QStringList arguments = QCoreApplication::arguments();
    const std::string wanted = count > 1 ? values[1] : "";
    if (!wanted.empty() && !escale::test::tests().contains(wanted)) {
        std::fprintf(stderr, "no test class \"%s\" in this program\n", wanted.c_str());
        return 2;
    }
    int failures = 0;
    for (const auto& [name, make] : escale::test::tests()) {
        if (wanted.empty() || wanted == name)
            failures += QTest::qExec(make().get(), QStringList{arguments.first()} + arguments.mid(2));
    }
    return failures == 0 ? 0 : 1;
}
