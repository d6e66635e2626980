#include "gui/registry/report_words.h"

#include "gui/common/error_banner.h"

#include <QCoreApplication>

namespace escale::gui {

using Kind = ReportLine::Kind;
using Account = RegistryReport::Account;
using Transport = RegistryReport::Transport;

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(escale::gui::RegistryDialog)
};
} // namespace

static ReportLine lineOf(const Error& error) {
    const QString hint = QString::fromStdString(error.hint);
    return {Kind::Bad, QString::fromStdString(error.message),
            hint.isEmpty() ? defaultHint(error.code) : hint};
}

static ReportLine transportLine(const QString& registry, Transport transport) {
    switch (transport) {
    case Transport::VerifiedHttps:
        return {
            Kind::Good, Words::tr("%1 answers by HTTPS, and its certificate is trusted.").arg(registry), {}};
    case Transport::UnverifiedHttps:
        return {Kind::Note, Words::tr("%1 answers by HTTPS; its certificate was not checked.").arg(registry),
                Words::tr("So you chose: whoever is on the way could take its place.")};
    case Transport::PlainHttp:
        break;
    }
    if (isLoopbackRegistry(registry.toStdString()))
        return {Kind::Good,
                Words::tr("%1 answers by plain HTTP, which stays on this machine.").arg(registry),
                {}};
    return {Kind::Note, Words::tr("%1 answers by plain HTTP.").arg(registry),
            Words::tr("Whoever is on the way can read and change what is sent, passwords too.")};
}

static ReportLine accountLine(const RegistryReport& report, bool given) {
    switch (report.account) {
    case Account::NotAsked:
        return {Kind::Note, Words::tr("It asks for no account."),
                given ? Words::tr("The password was not sent, so nobody knows whether it is right.")
                      : QString()};
    case Account::Needed:
        return {Kind::Bad, Words::tr("It asks who you are."),
                Words::tr("Give a user name and a password or token.")};
    case Account::Refused:
        return {
            Kind::Bad, Words::tr("It does not accept this user name and password."),
            Words::tr("Registries with two-factor log-in want an access token in place of the password.")};
    case Account::Accepted:
        break;
    }
    const bool hasToken = report.keep && !report.keep->identityToken.empty();
    return {Kind::Good, Words::tr("It accepts the account."),
            hasToken ? Words::tr("It gave a token, which is kept in place of the password.") : QString()};
}

QList<ReportLine> reportLines(const QString& registry, const RegistryReport& report, bool given) {
    QList<ReportLine> lines;
    if (report.contact) {
        lines.append(lineOf(*report.contact));
        if (!report.proxy.empty() && !isLoopbackRegistry(registry.toStdString()))
            lines.append({Kind::Note,
                          Words::tr("The proxy %1 is set for it.").arg(QString::fromStdString(report.proxy)),
                          Words::tr("Hosts that no_proxy names are reached without it.")});
        return lines;
    }
    lines.append(transportLine(registry, report.transport));
    lines.append({Kind::Good, Words::tr("It is a registry."), {}});
    lines.append(accountLine(report, given));
    if (!report.isGood())
        return lines;
    if (report.listsRepositories)
        lines.append({Kind::Good, Words::tr("It shows the list of its repositories."), {}});
    else
        lines.append({Kind::Note, Words::tr("It shows no list of its repositories."),
                      Words::tr("Write an image's name to see its tags and to pull it.")});
    return lines;
}

} // namespace escale::gui
