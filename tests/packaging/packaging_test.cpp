// What is installed names the same bus, interfaces and actions as the code.
#include "helper/authorization/gate.h"
#include "helper/dbus/types.h"
#include "tests/support/test_registry.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace escale;

namespace {

QString textOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}
QString packaged(const QString& name) {
    return textOf(QStringLiteral(ESCALE_PACKAGING "/") + name);
}
QString built(const QString& name) {
    return textOf(QStringLiteral(ESCALE_BUILT_PACKAGING "/") + name);
}

/// What the expression's first group captures, everywhere in a text.
QSet<QString> all(const QString& text, const char* expression) {
    QSet<QString> found;
    auto matches = QRegularExpression(QString::fromLatin1(expression)).globalMatch(text);
    while (matches.hasNext())
        found.insert(matches.next().captured(1));
    return found;
}
QString sole(const QString& text, const char* expression) {
    const auto found = all(text, expression);
    return found.size() == 1 ? *found.begin() : QStringLiteral("(%1 found)").arg(found.size());
}

const QString kBusPolicy = QStringLiteral("dbus/org.escale.Engine1.conf");
const QString kPolkitPolicy = QStringLiteral("polkit/org.escale.engine.policy");

} // namespace

class PackagingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesTheBusEverywhere() {
        const auto name = QString::fromLatin1(dbus::kService);
        QCOMPARE(sole(packaged(kBusPolicy), "own=\"([^\"]+)\""), name);
        QCOMPARE(sole(packaged(kBusPolicy), "send_destination=\"([^\"]+)\""), name);
        QCOMPARE(sole(built(QStringLiteral("org.escale.Engine1.service")), "(?m)^Name=(.+)$"), name);
        QCOMPARE(sole(built(QStringLiteral("escale-helper.service")), "(?m)^BusName=(.+)$"), name);
        QCOMPARE(sole(packaged(QStringLiteral("org.escale.Escale.metainfo.xml")),
                      "<dbus type=\"system\">([^<]+)<"),
                 name);
    }
    void letsEveryInterfaceOfTheGateThroughTheBus() {
        const auto open = all(packaged(kBusPolicy), "send_interface=\"([^\"]+)\"");
        for (const auto& rule : methodRules())
            QVERIFY2(open.contains(QString::fromLatin1(rule.interface)), rule.interface);
    }
    void declaresTheActionsThatAreAskedFor() {
        const QSet<QString> asked{actionId(Action::Observe), actionId(Action::Manage),
                                  actionId(Action::Privileged), actionId(Action::PrivilegedOnce)};
        QCOMPARE(all(packaged(kPolkitPolicy), "<action id=\"([^\"]+)\""), asked);
    }
    void explainsEveryActionInFrenchToo() {
        const auto policy = packaged(kPolkitPolicy);
        QCOMPARE(policy.count(QStringLiteral("<message xml:lang=\"fr\">")), 4);
        QCOMPARE(policy.count(QStringLiteral("<description xml:lang=\"fr\">")), 4);
    }
    void asksForAPasswordBeforePrivileges() {
        const auto policy = packaged(kPolkitPolicy);
        const auto privileged =
            policy.mid(policy.indexOf(QStringLiteral("id=\"") + actionId(Action::Privileged)));
        QCOMPARE(privileged.count(QStringLiteral(">auth_admin")), 6); // with privileged-once behind it
        const auto once =
            policy.mid(policy.indexOf(QStringLiteral("id=\"") + actionId(Action::PrivilegedOnce)));
        QCOMPARE(once.count(QStringLiteral(">auth_admin<")), 3); // never kept
        QVERIFY(!privileged.contains(QStringLiteral(">yes<")));
    }
    void startsTheSameProgramFromBusAndSystemd() {
        const auto program = sole(built(QStringLiteral("escale-helper.service")), "(?m)^ExecStart=(.+)$");
        QVERIFY2(program.endsWith(QStringLiteral("/escale/escale-helper")), qPrintable(program));
        QCOMPARE(sole(built(QStringLiteral("org.escale.Engine1.service")), "(?m)^Exec=(.+)$"), program);
        QCOMPARE(sole(built(QStringLiteral("org.escale.Engine1.service")), "(?m)^SystemdService=(.+)$"),
                 QStringLiteral("escale-helper.service"));
    }
    void keepsContainersAliveWhenTheHelperStops() {
        const auto unit = built(QStringLiteral("escale-helper.service"));
        QCOMPARE(sole(unit, "(?m)^KillMode=(.+)$"), QStringLiteral("process"));
        QCOMPARE(sole(unit, "(?m)^RuntimeDirectoryPreserve=(.+)$"), QStringLiteral("yes"));
    }
    void startsWithTheMachineForRestartPolicies() {
        const auto unit = built(QStringLiteral("escale-helper.service"));
        QCOMPARE(sole(unit, "(?m)^WantedBy=(.+)$"), QStringLiteral("multi-user.target"));
        QFile rules(QStringLiteral(ESCALE_PACKAGING "/debian/rules"));
        QVERIFY(rules.open(QIODevice::ReadOnly));
        QVERIFY(
            !sole(rules.readAll(), "(?m)^\\tdh_installsystemd (.+)$").contains(QLatin1String("--no-enable")));
    }
    void givesTheHelperNoMountNamespaceAndNoSeccompFilter() {
        // Each of these would (systemd.exec(5)), and containers would not see mounts or would inherit the
        // filter.
        const auto set =
            all(built(QStringLiteral("escale-helper.service")),
                "(?m)^(Protect\\w+|Private\\w+|ReadOnlyPaths|ReadWritePaths|InaccessiblePaths|BindPaths|"
                "MountFlags|RootDirectory|TemporaryFileSystem|SystemCall\\w+|Restrict\\w+|NoNewPrivileges|"
                "MemoryDenyWriteExecute|LockPersonality)=");
        QCOMPARE(set, QSet<QString>());
    }
    void theDockerSocketIsTheUsersAlone() {
        const auto socket = packaged(QStringLiteral("systemd/user/escale-docker-api.socket"));
        // The place that the program itself and Settings know.
        QCOMPARE(sole(socket, "(?m)^ListenStream=(.+)$"), QStringLiteral("%t/escale/docker.sock"));
        QCOMPARE(sole(socket, "(?m)^DirectoryMode=(.+)$"), QStringLiteral("0700"));
        QCOMPARE(sole(socket, "(?m)^SocketMode=(.+)$"),
                 QStringLiteral("0666")); // root of a container is another user
    }
    void theDockerServiceHasNoRightsAndSeesWhatItsUserSees() {
        const auto unit = built(QStringLiteral("escale-docker-api.service"));
        const auto program = sole(unit, "(?m)^ExecStart=(\\S+)");
        QVERIFY2(program.endsWith(QStringLiteral("/escale/escale-docker-api")), qPrintable(program));
        QCOMPARE(sole(unit, "(?m)^NoNewPrivileges=(.+)$"), QStringLiteral("yes"));
        // Sources of bind mounts are opened there: a mount namespace of its own would hide or change them.
        QCOMPARE(all(unit,
                     "(?m)^(Protect\\w+|Private\\w+|ReadOnlyPaths|ReadWritePaths|InaccessiblePaths|BindPaths|"
                     "MountFlags|RootDirectory|TemporaryFileSystem)="),
                 QSet<QString>());
    }
    void nobodysSessionHasTheDockerSocketUnasked() {
        QVERIFY(packaged(QStringLiteral("debian/rules"))
                    .contains(QStringLiteral("dh_installsystemduser --no-enable")));
    }
};
ESCALE_TEST(PackagingTest)

#include "packaging_test.moc"
