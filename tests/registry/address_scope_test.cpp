#include "engine/registry/address_scope.h"
#include "tests/support/test_registry.h"

using namespace escale;

class AddressScopeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsHowFarAnAddressReaches() {
        using enum AddressScope;
        const std::vector<std::pair<const char*, AddressScope>> known = {{"1.1.1.1", Public},
                                                                         {"172.32.0.1", Public},
                                                                         {"2606:4700::1111", Public},
                                                                         {"10.1.2.3", Private},
                                                                         {"172.16.0.1", Private},
                                                                         {"172.31.255.255", Private},
                                                                         {"192.168.0.1", Private},
                                                                         {"100.64.0.1", Private},
                                                                         {"fd00::1", Private},
                                                                         {"127.0.0.1", Loopback},
                                                                         {"127.9.9.9", Loopback},
                                                                         {"0.0.0.0", Loopback},
                                                                         {"::1", Loopback},
                                                                         {"::", Loopback},
                                                                         {"169.254.169.254", Special},
                                                                         {"fe80::1%eth0", Special},
                                                                         {"224.0.0.1", Special},
                                                                         {"255.255.255.255", Special},
                                                                         {"ff02::1", Special},
                                                                         {"::ffff:127.0.0.1", Loopback},
                                                                         {"::ffff:169.254.169.254", Special},
                                                                         {"64:ff9b::a00:1", Private},
                                                                         {"no address", Special}};
        for (const auto& [address, scope] : known)
            QVERIFY2(scopeOf(address) == scope, address);
    }
    void leadsOutwardAndAmongItsOwn() {
        using enum AddressScope;
        QVERIFY(mayLeadTo(Public, Public));
        QVERIFY(!mayLeadTo(Public, Private));
        QVERIFY(!mayLeadTo(Public, Loopback));
        QVERIFY(mayLeadTo(Private, Public));
        QVERIFY(mayLeadTo(Private, Private));
        QVERIFY(!mayLeadTo(Private, Loopback));
        QVERIFY(mayLeadTo(Loopback, Private));
        for (const auto scope : {Public, Private, Loopback, Special})
            QVERIFY(!mayLeadTo(scope, Special));
    }
};
ESCALE_TEST(AddressScopeTest)

#include "address_scope_test.moc"
