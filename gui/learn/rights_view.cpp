#include "gui/learn/rights_view.h"

#include "engine/inspect/sight.h"
#include "engine/inspect/syscall_verdicts.h"
#include "gui/learn/explanation.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace escale::gui {
namespace {

using Answer = RightAnswer::Answer;
using Look = DrawnBox::Look;

struct RightsView {
    Q_DECLARE_TR_FUNCTIONS(RightsView)
};

constexpr int kMostColumns = 4;
constexpr qreal kLeft = 16, kWidth = 300, kGap = 8, kBetween = 18, kHeading = 28;

QString nameOf(unsigned capability) {
    return QString::fromStdString(capabilityName(capability));
}

const dbus::SyscallVerdict* verdictOf(const QString& call, const RightsInput& input) {
    if (!input.verdicts)
        return nullptr;
    const auto found = std::find_if(input.verdicts->begin(), input.verdicts->end(),
                                    [&](const auto& one) { return one.name == call; });
    return found == input.verdicts->end() ? nullptr : &*found;
}

Verdict verdict(const dbus::SyscallVerdict& one) {
    return static_cast<Verdict>(one.verdict);
}

QString errorName(quint32 error) {
    const char* name = strerrorname_np(static_cast<int>(error));
    return name == nullptr ? QString::number(error) : QString::fromLatin1(name);
}

QString verdictText(const dbus::SyscallVerdict& one) {
    switch (verdict(one)) {
    case Verdict::Allowed:
        return RightsView::tr("allowed");
    case Verdict::Depends:
        return RightsView::tr("depends on its arguments");
    case Verdict::Refused:
        return RightsView::tr("refused (%1)").arg(errorName(one.error));
    case Verdict::Killed:
        return RightsView::tr("ends the process");
    case Verdict::Asked:
        return RightsView::tr("an agent decides");
    }
    return {};
}

Tone verdictTone(const dbus::SyscallVerdict& one) {
    switch (verdict(one)) {
    case Verdict::Allowed:
        return Tone::Good;
    case Verdict::Refused:
    case Verdict::Killed:
        return Tone::Idle;
    default:
        return Tone::Busy;
    }
}

QString verdictSentence(const dbus::SyscallVerdict& one) {
    switch (verdict(one)) {
    case Verdict::Allowed:
        return RightsView::tr(
            "The filter lets it through. Whether it may do what it asks for the kernel decides then, by "
            "capabilities, ids and permissions.");
    case Verdict::Depends:
        return RightsView::tr("The filter looks at the arguments: with some the call goes through, with "
                              "others it fails (%1).")
            .arg(errorName(one.error));
    case Verdict::Refused:
        return RightsView::tr("The kernel does not even look at it: the call fails with %1.")
            .arg(errorName(one.error));
    case Verdict::Killed:
        return RightsView::tr("Whoever makes this call is ended by a signal.");
    case Verdict::Asked:
        return RightsView::tr("Another process outside decides each time.");
    }
    return {};
}

QString answerWord(const RightAnswer& one) {
    return one.isYes() ? RightsView::tr("yes") : RightsView::tr("no");
}

// "yes, among its own users", "no: CAP_SYS_TIME is missing".
QString reasonText(const CapabilityText& capability, const RightAnswer& one) {
    const QString name = nameOf(capability.number);
    switch (one.answer) {
    case Answer::Yes:
        return RightsView::tr("%1, on this machine").arg(name);
    case Answer::YesInside:
        return RightsView::tr("%1, inside alone").arg(name);
    case Answer::Missing:
        return RightsView::tr("%1 is missing").arg(name);
    case Answer::NotCounting:
        return RightsView::tr("%1 counts inside alone").arg(name);
    case Answer::Filtered:
        return RightsView::tr("seccomp refuses %1").arg(one.call);
    }
    return {};
}

Tone answerTone(const RightAnswer& one) {
    return one.answer == Answer::Yes ? Tone::Busy : one.answer == Answer::YesInside ? Tone::Good : Tone::Idle;
}

QString capabilityBox(unsigned number) {
    return QStringLiteral("cap:%1").arg(number);
}

QString callBox(const QString& name) {
    return QStringLiteral("call:") + name;
}

struct Fact {
    QString id, title, text;
    Tone tone = Tone::None;
};

int effectiveCount(const RightsInput& input) {
    int count = 0;
    for (unsigned i = 0; i < capabilityCount(); ++i)
        count += static_cast<int>((input.process.capabilities.value(2) >> i) & 1U);
    return count;
}

QList<Fact> factsOf(const RightsInput& input) {
    const dbus::InspectedProcess& process = input.process;
    const QString seccomp = process.seccomp == 0   ? RightsView::tr("none: all system calls")
                            : process.seccomp == 1 ? RightsView::tr("strict: read, write, exit")
                            : process.filters == 0
                                ? RightsView::tr("filtered")
                                : RightsView::tr("%n filters", nullptr, static_cast<int>(process.filters));
    return {{QStringLiteral("fact:users"), RightsView::tr("User namespace"),
             input.hasOwnUsers ? RightsView::tr("its own") : RightsView::tr("the machine's"),
             input.hasOwnUsers ? Tone::Good : Tone::Busy},
            {QStringLiteral("fact:seccomp"), RightsView::tr("System calls (seccomp)"), seccomp,
             process.seccomp == 0 ? Tone::Busy : Tone::Good},
            {QStringLiteral("fact:privileges"), RightsView::tr("no_new_privs"),
             process.noNewPrivileges ? RightsView::tr("set: it gains nothing by programs")
                                     : RightsView::tr("not set"),
             process.noNewPrivileges ? Tone::Good : Tone::Idle}};
}

class Painter {
public:
    explicit Painter(const RightsInput& input)
        : m_input(input)
        , m_columns(std::clamp(static_cast<int>((input.room - 2 * kLeft + kGap) / (kWidth + kGap)), 1,
                               kMostColumns)) {}
    Drawing draw();

private:
    void addHeading(const QString& text);
    void add(const QString& id, const QStringList& lines, const QString& spoken, Tone tone, bool isYes);
    void endGroup();
    void addCalls();

    const RightsInput& m_input;
    Drawing m_drawing;
    qreal m_y = 16;
    int m_columns, m_column = 0;
};

void Painter::addHeading(const QString& text) {
    DrawnText heading;
    heading.rect = QRectF(kLeft, m_y, m_columns * kWidth, 20);
    heading.text = text;
    heading.isBold = true;
    m_drawing.texts.append(heading);
    m_y += kHeading;
}

void Painter::add(const QString& id, const QStringList& lines, const QString& spoken, Tone tone, bool isYes) {
    DrawnBox box;
    box.id = id;
    box.lines = lines;
    box.spoken = spoken;
    box.tone = tone;
    box.radius = 6;
    box.look = isYes ? Look::Outlined : Look::Dashed;
    box.hue = isYes ? (tone == Tone::Busy ? 40 : 140) : -1;
    box.rect = QRectF(kLeft + m_column * (kWidth + kGap), m_y, kWidth, boxHeight(2));
    m_drawing.boxes.append(box);
    if (++m_column == m_columns) {
        m_column = 0;
        m_y += boxHeight(2) + kGap;
    }
}

void Painter::endGroup() {
    if (m_column > 0)
        m_y += boxHeight(2) + kGap;
    m_column = 0;
    m_y += kBetween - kGap;
}

Drawing Painter::draw() {
    m_drawing.title = RightsView::tr("What %1 may do").arg(m_input.title);
    addHeading(RightsView::tr("%1: %2 of %3 capabilities")
                   .arg(m_input.title)
                   .arg(effectiveCount(m_input))
                   .arg(capabilityCount()));
    for (const Fact& fact : factsOf(m_input))
        add(fact.id, {fact.title, fact.text}, RightsView::tr("%1: %2.").arg(fact.title, fact.text), fact.tone,
            fact.tone != Tone::Idle);
    endGroup();
    const QStringList groups = capabilityGroups();
    const QList<CapabilityText> all = capabilityTexts();
    for (int group = 0; group < groups.size(); ++group) {
        addHeading(RightsView::tr("%1: may it …").arg(groups[group]));
        for (const CapabilityText& one : all) {
            if (one.group != group)
                continue;
            const RightAnswer answer = answerOf(one, m_input);
            const QString reason = reasonText(one, answer);
            add(capabilityBox(one.number),
                {one.may, RightsView::tr("%1: %2").arg(answerWord(answer), reason)},
                //: %1: "set the clock", %2: yes or no, %3: why.
                RightsView::tr("May it %1? %2: %3.").arg(one.may, answerWord(answer), reason),
                answerTone(answer), answer.isYes());
        }
        endGroup();
    }
    if (m_input.verdicts)
        addCalls();
    m_drawing.fitBounds();
    return m_drawing;
}

void Painter::addCalls() {
    addHeading(RightsView::tr("What the filter says to system calls"));
    for (const CallText& call : callTexts()) {
        if (const auto* told = verdictOf(call.name, m_input)) {
            const QString says = verdictText(*told);
            add(callBox(call.name), {call.name, says},
                RightsView::tr("System call %1, to %2: %3.").arg(call.name, call.may, says),
                verdictTone(*told), verdict(*told) == Verdict::Allowed || verdict(*told) == Verdict::Depends);
        }
    }
    endGroup();
}

void addCapability(Explanation& text, const CapabilityText& one, const RightsInput& input) {
    const RightAnswer answer = answerOf(one, input);
    const QString name = nameOf(one.number);
    text.heading(RightsView::tr("May it %1? %2").arg(one.may, answerWord(answer)));
    switch (answer.answer) {
    case Answer::Yes:
        text.sentence(
            RightsView::tr(
                "It has %1, and its user namespace is the machine's: it counts on the whole machine.")
                .arg(name));
        break;
    case Answer::YesInside:
        text.sentence(
            RightsView::tr(
                "It has %1, but in its own user namespace: it counts for what belongs to that one, and "
                "nothing on the machine.")
                .arg(name));
        break;
    case Answer::Missing:
        text.sentence(RightsView::tr("%1 is missing in its effective set.").arg(name));
        break;
    case Answer::NotCounting:
        text.sentence(
            RightsView::tr(
                "It has %1, but the kernel asks for this one in the machine's user namespace, and it is in "
                "its own: the kernel says no (EPERM).")
                .arg(name));
        break;
    case Answer::Filtered:
        text.sentence(
            RightsView::tr("It has %1, but its seccomp filter refuses %2 before anybody asks for it.")
                .arg(name, answer.call));
        break;
    }
    text.muted(one.detail);
    QList<QStringList> rows;
    static const char* const kSets[] = {
        QT_TRANSLATE_NOOP("RightsView", "inheritable"), QT_TRANSLATE_NOOP("RightsView", "permitted"),
        QT_TRANSLATE_NOOP("RightsView", "effective"), QT_TRANSLATE_NOOP("RightsView", "bounding"),
        QT_TRANSLATE_NOOP("RightsView", "ambient")};
    for (int i = 0; i < static_cast<int>(std::size(kSets)); ++i)
        rows.append({QCoreApplication::translate("RightsView", kSets[i]),
                     (input.process.capabilities.value(i) >> one.number) & 1U ? RightsView::tr("yes")
                                                                              : RightsView::tr("no")});
    text.table({RightsView::tr("In its set"), name}, rows);
    rows.clear();
    for (const QString& call : one.calls) {
        if (const auto* told = verdictOf(call, input))
            rows.append({call, verdictText(*told)});
    }
    text.table({RightsView::tr("System call"), RightsView::tr("The filter says")}, rows)
        .manPages({QStringLiteral("capabilities(7)"), QStringLiteral("user_namespaces(7)")});
}

void addFact(Explanation& text, const QString& id, const RightsInput& input) {
    if (id == u"fact:users")
        text.heading(RightsView::tr("Its user namespace"))
            .sentence(
                input.hasOwnUsers
                    ? RightsView::tr("It has one of its own: even all capabilities there are none on the "
                                     "machine. That is what "
                                     "makes root in a container harmless.")
                    : RightsView::tr(
                          "It is in the machine's: each capability that it has counts on the whole machine."))
            .manPages({QStringLiteral("user_namespaces(7)")});
    else if (id == u"fact:seccomp")
        text.heading(RightsView::tr("seccomp: a filter for system calls"))
            .sentence(RightsView::tr(
                "A program of the kernel's own small language looks at each system call before it begins. "
                "Once put on it stays, for all children, too."))
            .manPages({QStringLiteral("seccomp(2)")});
    else
        text.heading(QStringLiteral("no_new_privs"))
            .sentence(RightsView::tr(
                "When it is set, no program that is started gives more rights: set-user-id bits and file "
                "capabilities (sudo, ping) count nothing."))
            .manPages({QStringLiteral("prctl(2)"), QStringLiteral("execve(2)")});
}

void addCall(Explanation& text, const dbus::SyscallVerdict& told, const RightsInput& input) {
    text.heading(RightsView::tr("%1(2): %2").arg(told.name, verdictText(told)));
    for (const CallText& call : callTexts()) {
        if (call.name == told.name)
            text.muted(RightsView::tr("What it is for: to %1.").arg(call.may));
    }
    text.sentence(verdictSentence(told))
        .muted(RightsView::tr("Its number on this machine is %1.").arg(told.number));
    for (const CapabilityText& one : capabilityTexts()) {
        if (one.calls.contains(told.name))
            text.sentence(RightsView::tr("It needs %1 in addition: %2.")
                              .arg(nameOf(one.number), answerWord(answerOf(one, input)) +
                                                           QStringLiteral(" (") +
                                                           reasonText(one, answerOf(one, input)) + u')'));
    }
    text.manPages({told.name + QStringLiteral("(2)"), QStringLiteral("seccomp(2)")});
}

} // namespace

RightAnswer answerOf(const CapabilityText& capability, const RightsInput& input) {
    if (((input.process.capabilities.value(2) >> capability.number) & 1U) == 0)
        return {Answer::Missing, {}};
    const auto isRefused = [&](const QString& call) {
        const auto* told = verdictOf(call, input);
        return told != nullptr && (verdict(*told) == Verdict::Refused || verdict(*told) == Verdict::Killed);
    };
    if (!capability.calls.isEmpty() &&
        std::all_of(capability.calls.begin(), capability.calls.end(), isRefused))
        return {Answer::Filtered, capability.calls.first()};
    if (!input.hasOwnUsers)
        return {Answer::Yes, {}};
    return {capability.isMachines ? Answer::NotCounting : Answer::YesInside, {}};
}

Drawing drawRights(const RightsInput& input) {
    return Painter(input).draw();
}

QStringList rightsColumns() {
    return {RightsView::tr("What"), RightsView::tr("Answer"), RightsView::tr("Why")};
}

QList<CellsRow> rightsRows(const RightsInput& input) {
    QList<CellsRow> rows;
    for (const Fact& fact : factsOf(input))
        rows.append(
            {fact.id,
             {{fact.title, QLatin1Char('0') + fact.title}, {fact.text, {}, {}, fact.tone}, {QString()}}});
    for (const CapabilityText& one : capabilityTexts()) {
        const RightAnswer answer = answerOf(one, input);
        rows.append({capabilityBox(one.number),
                     {{one.may, QLatin1Char('1') + one.may, one.detail},
                      {answerWord(answer), {}, {}, answerTone(answer)},
                      {reasonText(one, answer)}}});
    }
    if (input.verdicts) {
        for (const dbus::SyscallVerdict& told : *input.verdicts)
            rows.append({callBox(told.name),
                         {{told.name + QStringLiteral("()"), QLatin1Char('2') + told.name},
                          {verdictText(told), {}, {}, verdictTone(told)},
                          {RightsView::tr("the seccomp filter")}}});
    }
    return rows;
}

QString rightsExplanation(const QString& id, const RightsInput& input) {
    Explanation text;
    for (const CapabilityText& one : capabilityTexts()) {
        if (capabilityBox(one.number) == id)
            addCapability(text, one, input);
    }
    if (id.startsWith(QLatin1String("fact:")))
        addFact(text, id, input);
    if (const auto* told = id.startsWith(QLatin1String("call:")) ? verdictOf(id.mid(5), input) : nullptr)
        addCall(text, *told, input);
    if (!text.html().isEmpty())
        return text.html();
    text.heading(RightsView::tr("What %1 may do").arg(input.title))
        .sentence(RightsView::tr(
            "root was once a yes to everything. Linux has cut it into %n capabilities, and the kernel asks "
            "for one of them at each privileged act.",
            nullptr, static_cast<int>(capabilityCount())))
        .sentence(input.hasOwnUsers
                      ? RightsView::tr("What it has counts in its own user namespace: for its own mounts, "
                                       "network and processes. On "
                                       "the machine it is an ordinary user without any right.")
                      : RightsView::tr(
                            "Its user namespace is the machine's: what it has it has for the whole machine."))
        .sentence(RightsView::tr(
            "Before that, its seccomp filter decides which system calls reach the kernel at all. The search "
            "field finds any of them."))
        .manPages({QStringLiteral("capabilities(7)"), QStringLiteral("seccomp(2)")});
    return text.html();
}

} // namespace escale::gui
