#include "helper/authorization/polkit.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QTimer>

namespace escale {
namespace {

struct Subject {
    QString kind;
    QVariantMap details;
};

QDBusArgument& operator<<(QDBusArgument& out, const Subject& subject) {
    out.beginStructure();
    out << subject.kind << subject.details;
    out.endStructure();
    return out;
}

const QDBusArgument& operator>>(const QDBusArgument& in, Subject& subject) {
    in.beginStructure();
    in >> subject.kind >> subject.details;
    in.endStructure();
    return in;
}

using Details = QMap<QString, QString>;

const auto kService = QStringLiteral("org.freedesktop.PolicyKit1");
const auto kAuthority = QStringLiteral("/org/freedesktop/PolicyKit1/Authority");
const auto kInterface = QStringLiteral("org.freedesktop.PolicyKit1.Authority");
constexpr uint kAllowUserInteraction = 1;
constexpr int kWithoutPersonMilliseconds = 25'000;
constexpr int kWithPersonMilliseconds = 10 * 60 * 1000; // a password is typed

Result<void> verdictOf(const QDBusMessage& reply, Action action) {
    if (reply.type() != QDBusMessage::ReplyMessage || reply.signature() != QLatin1String("(bba{ss})"))
        return fail(ErrorCode::PermissionDenied,
                    "denied, because polkit cannot be asked: " + (reply.errorMessage().isEmpty()
                                                                      ? std::string("unexpected answer")
                                                                      : reply.errorMessage().toStdString()),
                    "Start polkit (systemctl start polkit) and try again.");
    bool authorized = false;
    bool challenge = false;
    Details details;
    const auto argument = reply.arguments().constFirst().value<QDBusArgument>();
    argument.beginStructure();
    argument >> authorized >> challenge >> details;
    argument.endStructure();
    return polkitVerdict(authorized, challenge, details, action);
}

} // namespace
} // namespace escale

Q_DECLARE_METATYPE(escale::Subject)

namespace escale {

Result<void> polkitVerdict(bool authorized, bool challenge, const Details& details, Action action) {
    if (authorized)
        return {};
    const std::string id = actionId(action).toStdString();
    if (!details.value(QStringLiteral("polkit.dismissed")).isEmpty())
        return fail(ErrorCode::Cancelled, "the authentication for " + id + " was dismissed");
    if (challenge)
        return fail(ErrorCode::AuthorizationNeeded, id + " needs an administrator's authentication",
                    "Log in at this machine's own screen, or let an administrator allow " + id +
                        " by a polkit rule.");
    return fail(ErrorCode::PermissionDenied, id + " is not allowed for you",
                "An administrator can allow it by a polkit rule.");
}

Polkit::Polkit(QDBusConnection bus, QObject* parent)
    : QObject(parent)
    , m_bus(std::move(bus)) {
    qDBusRegisterMetaType<Subject>();
    qDBusRegisterMetaType<Details>();
    m_bus.connect(kService, kAuthority, kInterface, QStringLiteral("Changed"), this, SLOT(forgetKept()));
    auto* watcher = new QDBusServiceWatcher(kService, m_bus, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &Polkit::forgetKept);
}

void Polkit::check(const QString& sender, uid_t owner, Action action, bool interactive,
                   std::function<void(Result<void>)> done) {
    if (action == Action::Open) {
        QTimer::singleShot(0, this, [done = std::move(done)] { done({}); });
        return;
    }
    if (isKept({sender, action})) {
        QTimer::singleShot(0, this, [done = std::move(done)] { done({}); });
        return;
    }
    auto turn = [this, sender, owner, action, interactive, done = std::move(done)] {
        decide({sender, action}, interactive, [this, owner, done](Result<void> verdict) {
            endTurn(owner);
            done(std::move(verdict));
        });
    };
    Turns& turns = m_turns[owner];
    if (turns.underWay >= kChecksOfAUser) {
        turns.waiting.emplace_back(std::move(turn));
        return;
    }
    ++turns.underWay;
    turn();
}

void Polkit::endTurn(uid_t owner) {
    Turns& turns = m_turns[owner];
    if (turns.waiting.empty()) {
        if (--turns.underWay == 0)
            m_turns.remove(owner);
        return;
    }
    const auto next = std::move(turns.waiting.front());
    turns.waiting.pop_front();
    next(); // takes over the turn
}

bool Polkit::isKept(const Question& question) const {
    const auto found = m_kept.find(question);
    return found != m_kept.end() && !found->second.hasExpired();
}

void Polkit::keep(const Question& question) {
    constexpr std::size_t kMany = 256;
    if (m_kept.size() >= kMany)
        std::erase_if(m_kept, [](const auto& entry) { return entry.second.hasExpired(); });
    m_kept[question] = QDeadlineTimer(kKeptMilliseconds);
}

void Polkit::forgetKept() {
    m_kept.clear();
}

void Polkit::decide(const Question& question, bool interactive, std::function<void(Result<void>)> done) {
    if (question.second >= Action::Privileged) {
        ask(question, interactive, std::move(done));
        return;
    }
    ask(question, false, [this, question, interactive, done = std::move(done)](const Result<void>& verdict) {
        if (verdict)
            keep(question);
        if (!verdict && interactive && verdict.error().code == ErrorCode::AuthorizationNeeded)
            ask(question, true, done);
        else
            done(verdict);
    });
}

void Polkit::ask(const Question& question, bool interactive, std::function<void(Result<void>)> done) {
    auto call = QDBusMessage::createMethodCall(kService, kAuthority, kInterface,
                                               QStringLiteral("CheckAuthorization"));
    const auto& [sender, action] = question;
    const Subject subject{QStringLiteral("system-bus-name"), {{QStringLiteral("name"), sender}}};
    call << QVariant::fromValue(subject) << actionId(action) << QVariant::fromValue(Details())
         << (interactive ? kAllowUserInteraction : 0U) << QString();
    auto* watcher = new QDBusPendingCallWatcher(
        m_bus.asyncCall(call, interactive ? kWithPersonMilliseconds : kWithoutPersonMilliseconds), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [watcher, action = action, done = std::move(done)] {
                watcher->deleteLater();
                done(verdictOf(watcher->reply(), action));
            });
}

} // namespace escale
