// One line a test class: `ESCALE_TEST(DigestTest)` after the class makes it known to support/main.cpp, which
// runs the class named on the command line, or all. The line must stand at the start of a line: CMake reads
// it for CTest.
#pragma once

#include "engine/base/error.h"

#include <QObject>
#include <QTest>

#include <functional>
#include <memory>
#include <string>

namespace escale::test {

using Factory = std::function<std::unique_ptr<QObject>()>;
bool registerTest(const std::string& name, Factory factory);

/// Why a test cannot run here, printed and counted as skipped: `SKIP_UNLESS(condition, "this kernel lacks
/// …")`.
#define SKIP_UNLESS(condition, reason)                                                                       \
    do {                                                                                                     \
        if (!(condition))                                                                                    \
            QSKIP(reason);                                                                                   \
    } while (false)

/// Fails the test with the error's text when a Result holds one.
#define VERIFY_RESULT(result)                                                                                \
    do {                                                                                                     \
        if (const auto& verified_ = (result); !verified_)                                                    \
            QFAIL(verified_.error().text().c_str());                                                         \
    } while (false)

} // namespace escale::test

// What QCOMPARE prints when values differ.
namespace QTest {
template <>
inline char* toString(const std::string& value) {
    return qstrdup(value.c_str());
}
template <>
inline char* toString(const escale::ErrorCode& code) {
    return qstrdup(std::string(escale::errorName(code)).c_str());
}
} // namespace QTest

#define ESCALE_TEST(Class)                                                                                   \
    static const bool registered##Class =                                                                    \
        ::escale::test::registerTest(#Class, [] { return std::make_unique<Class>(); });
