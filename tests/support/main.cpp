// Runs the test classes linked into this program: `unit_tests [Class [function…]]`. Ends with 77, which CTest
// counts as skipped, when nothing failed and not one test ran: what only skips must not look as if it had
// proved something.
#include "tests/support/test_registry.h"

#include <QCoreApplication>
#include <QTemporaryFile>
#include <QTest>
#include <QXmlStreamReader>

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

/// Whether a test passed, by Qt Test's own XML report: initTestCase and cleanupTestCase "pass" as well, but
/// test nothing.
static bool hasPasses(QXmlStreamReader report) {
    QString function;
    while (!report.atEnd()) {
        if (report.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (report.name() == u"TestFunction")
            function = report.attributes().value(QLatin1StringView("name")).toString();
        else if (report.name() == u"Incident" && function != u"initTestCase" &&
                 function != u"cleanupTestCase")
            return true; // a pass of any kind, or a failure, which counts elsewhere
    }
    return false;
}

struct ClassOutcome {
    int failures = 0;
    bool ran = false;
};

static ClassOutcome runClass(const Factory& make, QStringList arguments) {
    // Whoever directs the report elsewhere reads it without us.
    if (arguments.contains(u"-o"))
        return {QTest::qExec(make().get(), arguments), true};
    QTemporaryFile report;
    if (!report.open()) {
        std::fprintf(stderr, "cannot make a file for the report: %s\n", qPrintable(report.errorString()));
        return {1, true};
    }
    arguments << "-o" << report.fileName() + ",xml"
              << "-o"
              << "-,txt";
    const int failures = QTest::qExec(make().get(), arguments);
    return {failures, hasPasses(QXmlStreamReader(&report))};
}

} // namespace escale::test

constexpr int kSkipped = 77; // SKIP_RETURN_CODE in cmake/EscaleBuild.cmake

int main(int count, char** values) {
    const Application application(count, values);
    const QStringList arguments = QCoreApplication::arguments();
    const std::string wanted = count > 1 ? values[1] : "";
    if (!wanted.empty() && !escale::test::tests().contains(wanted)) {
        std::fprintf(stderr, "no test class \"%s\" in this program\n", wanted.c_str());
        return 2;
    }
    int failures = 0;
    bool ran = false;
    for (const auto& [name, make] : escale::test::tests()) {
        if (!wanted.empty() && wanted != name)
            continue;
        const auto outcome = escale::test::runClass(make, QStringList{arguments.first()} + arguments.mid(2));
        failures += outcome.failures;
        ran = ran || outcome.ran;
    }
    if (failures != 0)
        return 1;
    return ran ? 0 : kSkipped;
}
