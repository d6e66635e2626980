#include "helper/validation/one_off_options.h"
#include "tests/support/test_registry.h"

using namespace escale;

class OneOffOptionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aOneOffLeavesToItsServiceWhatOneContainerAloneCanHave() {
        ContainerOptions service;
        service.name = "shop";
        service.restart = "always";
        service.publish = {"8080:80"};
        service.ip = "10.0.0.7";
        service.networkAliases = {"web"};
        service.networks = {"name=back,alias=web,ip=10.1.0.7"};
        service.command = {"serve"};
        service.user = "7";
        const auto options = oneOffOptions(service, {}, false);
        VERIFY_RESULT(options);
        QCOMPARE(options->name, std::string());
        QCOMPARE(options->restart, std::string("no"));
        QVERIFY(options->publish.empty() && options->ip.empty() && options->networkAliases.empty());
        QVERIFY(options->networks == Texts{"name=back"});
        QVERIFY(options->command == Texts{"serve"});
        QCOMPARE(options->user, std::string("7"));
        const auto withPorts = oneOffOptions(service, {}, true);
        QVERIFY(withPorts->publish == Texts{"8080:80"});
    }
    void whatTheCallerSaysCounts() {
        ContainerOptions service;
        service.entrypoint = Texts{"/entry"};
        service.command = {"serve"};
        service.environment = {"A=1"};
        const auto asked = askedOfOneOff({QStringLiteral("test")},
                                         {{QStringLiteral("environment"), QStringList{QStringLiteral("B=2")}},
                                          {QStringLiteral("stdin"), true},
                                          {QStringLiteral("entrypoint"), QStringList()}});
        VERIFY_RESULT(asked);
        const auto options = oneOffOptions(service, *asked, false);
        QVERIFY(options->entrypoint && options->entrypoint->empty());
        QVERIFY(options->command == Texts{"test"});
        QVERIFY((options->environment == Texts{"A=1", "B=2"}));
        QVERIFY(options->openInput && options->inputOnce);
    }
    void aFolderOfThisMachineCannotBeAdded() {
        const auto asked = askedOfOneOff(
            {}, {{QStringLiteral("mounts"), QStringList{QStringLiteral("type=bind,source=/etc,target=/x")}}});
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::InvalidArgument);
    }
};
ESCALE_TEST(OneOffOptionsTest)

#include "one_off_options_test.moc"
