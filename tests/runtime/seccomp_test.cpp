#include "engine/base/file.h"
#include "engine/runtime/plan/seccomp_cache.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <cstring>

using namespace escale;

class SeccompTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void compilesAndSkipsUnknownCalls() {
        spec::Seccomp seccomp;
        seccomp.defaultAction = "SCMP_ACT_ERRNO";
        seccomp.architectures = {"SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"};
        seccomp.syscalls = {{{"read", "write", "no_such_call_ever"}, "SCMP_ACT_ALLOW", {}, {}}};
        const auto filter = compileSeccomp(seccomp);
        VERIFY_RESULT(filter);
        QVERIFY(filter->program.size() > 4);
    }

    void keepsACompiledFilter() {
        const QTemporaryDir folder;
        const std::string cache = folder.path().toStdString() + "/cache";
        const auto first = cachedSeccomp(denying("mkdir"), cache);
        VERIFY_RESULT(first);
        QCOMPARE(listDirectory(cache)->size(), std::size_t(1));
        const auto again = cachedSeccomp(denying("mkdir"), cache);
        VERIFY_RESULT(again);
        QVERIFY(same(*first, *again));
        const auto other = cachedSeccomp(denying("rmdir"), cache);
        VERIFY_RESULT(other);
        QVERIFY(!same(*first, *other));
    }

    void compilesAnewWhenTheCachedFileIsAnothersOrDamaged() {
        const QTemporaryDir folder;
        const std::string cache = folder.path().toStdString() + "/cache";
        const auto right = cachedSeccomp(denying("mkdir"), cache);
        VERIFY_RESULT(cachedSeccomp(denying("rmdir"), cache));
        const auto names = listDirectory(cache).value();
        // As if two profiles had one hash: each file now holds the other's filter.
        const auto one = readFile(cache + "/" + names[0]).value();
        const auto two = readFile(cache + "/" + names[1]).value();
        VERIFY_RESULT(writeFileAtomically(cache + "/" + names[0], two));
        VERIFY_RESULT(writeFileAtomically(cache + "/" + names[1], one));
        QVERIFY(same(*right, cachedSeccomp(denying("mkdir"), cache).value()));
        for (const auto& name : names)
            VERIFY_RESULT(writeFileAtomically(cache + "/" + name, std::string("short")));
        QVERIFY(same(*right, cachedSeccomp(denying("mkdir"), cache).value()));
    }

    void refusesWhatItDoesNotKnow() {
        spec::Seccomp action;
        action.defaultAction = "SCMP_ACT_NOTIFY";
        QVERIFY(!compileSeccomp(action));
        spec::Seccomp architecture;
        architecture.defaultAction = "SCMP_ACT_ALLOW";
        architecture.architectures = {"SCMP_ARCH_PDP11"};
        QVERIFY(!compileSeccomp(architecture));
        spec::Seccomp comparison;
        comparison.defaultAction = "SCMP_ACT_ALLOW";
        comparison.syscalls = {{{"read"}, "SCMP_ACT_ERRNO", {}, {{0, 1, 0, "SCMP_CMP_NEAR"}}}};
        QVERIFY(!compileSeccomp(comparison));
    }

private:
    static spec::Seccomp denying(const char* name) {
        spec::Seccomp seccomp;
        seccomp.defaultAction = "SCMP_ACT_ALLOW";
        seccomp.syscalls = {{{name}, "SCMP_ACT_ERRNO", 13, {}}};
        return seccomp;
    }
    static bool same(const SeccompFilter& a, const SeccompFilter& b) {
        return a.flags == b.flags && a.program.size() == b.program.size() &&
               std::memcmp(a.program.data(), b.program.data(), a.program.size() * sizeof(sock_filter)) == 0;
    }
};

ESCALE_TEST(SeccompTest)
#include "seccomp_test.moc"
