// What the page "Who may what" draws: two processes and what one sees of the other; a check-list of rights.
#include "gui/learn/inspected_process.h"
#include "gui/learn/rights_view.h"
#include "gui/learn/sight_text.h"
#include "gui/learn/sights_view.h"

#include "engine/inspect/syscall_verdicts.h"
#include "tests/gui/inspected_sample.h"
#include "tests/support/test_registry.h"

#include <QSet>
#include <QTest>
#include <QTextDocument>

#include <unistd.h>

#include <algorithm>

using namespace escale;
using namespace escale::gui;

class RightsViewTest : public QObject {
    Q_OBJECT

    using Answer = RightAnswer::Answer;

    static QString u(const char* text) { return QString::fromUtf8(text); }
    static QString plain(const QString& html) {
        QTextDocument document;
        document.setHtml(html);
        return document.toPlainText();
    }
    static SightsInput between(quint32 from, quint32 to) {
        SightsInput input;
        input.model = namespacesModel(test::sampleSnapshot());
        input.from = from;
        input.to = to;
        input.sights =
            sightsBetween(processFacts(*input.model.process(from)), processFacts(*input.model.process(to)));
        return input;
    }
    static const CellsRow& row(const QList<CellsRow>& rows, const QString& id) {
        return *std::find_if(rows.begin(), rows.end(), [&](const CellsRow& one) { return one.id == id; });
    }
    static CapabilityText capability(unsigned number) {
        const auto all = capabilityTexts();
        return *std::find_if(all.begin(), all.end(),
                             [&](const CapabilityText& one) { return one.number == number; });
    }
    static RightsInput rights() {
        RightsInput input;
        input.process = test::containerProcess(1, 100, 1, u("nginx"));
        input.title = u("nginx of web");
        input.hasOwnUsers = true;
        const auto refused = quint32(Verdict::Refused);
        input.verdicts = dbus::SyscallVerdicts{{u("chroot"), 161, refused, EPERM},
                                               {u("clock_settime"), 227, refused, EPERM},
                                               {u("mount"), 165, refused, EPERM},
                                               {u("read"), 0, quint32(Verdict::Allowed), 0},
                                               {u("socket"), 41, quint32(Verdict::Depends), EAFNOSUPPORT}};
        return input;
    }

private Q_SLOTS:
    void processesOfTwoContainersDoNotSeeEachOther() {
        const SightsInput input = between(100, 200);
        const CellsRow sees = row(sightRows(input), u("q:0"));
        QCOMPARE(sees.cells[1].text, u("no"));
        QVERIFY2(sees.cells[2].text.contains(u"different pid namespaces"), qPrintable(sees.cells[2].text));
        // But db has joined web's network.
        QCOMPARE(row(sightRows(input), u("q:%1").arg(int(Question::SharesNetwork))).cells[1].text, u("yes"));
        const QString text = plain(sightsExplanation(u("q:0"), input));
        QVERIFY2(text.contains(u"Does nginx of web see postgres of db?"), qPrintable(text));
    }

    void theMachineLooksInButNobodyLooksOut() {
        QCOMPARE(row(sightRows(between(50, 101)), u("q:0")).cells[1].text, u("yes, as process 101"));
        const CellsRow out = row(sightRows(between(101, 50)), u("q:0"));
        QCOMPARE(out.cells[1].text, u("no"));
        QVERIFY(out.cells[2].text.contains(u"nobody looks out"));
    }

    void aYesLeadsToTheOtherSideAndANoEndsBefore() {
        const SightsInput input = between(100, 200);
        const Drawing drawing = drawSights(input);
        const auto yes =
            std::count_if(input.sights.begin(), input.sights.end(), [](const Sight& one) { return one.yes; });
        const auto arrows = std::count_if(drawing.lines.begin(), drawing.lines.end(),
                                          [](const DrawnLine& one) { return one.hasArrow; });
        QVERIFY(yes > 0);
        QCOMPARE(arrows, yes);
        for (const Sight& sight : input.sights) {
            const DrawnBox* box = drawing.box(u("q:%1").arg(int(sight.question)));
            QVERIFY(box != nullptr);
            QCOMPARE(box->tone, sight.yes ? Tone::Good : Tone::Bad);
            QVERIFY2(textWidth(box->lines[1]) <= box->rect.width() - 2 * kBoxPadding,
                     qPrintable(box->lines[1]));
        }
        // Everybody can be chosen.
        for (const auto& process : allProcesses(input.model))
            QVERIFY(drawing.box(u("p:%1").arg(process.pid)) != nullptr);
    }

    void theKeyboardReachesEveryBoxOfEachView() {
        for (const Drawing& drawing : {drawSights(between(100, 200)), drawRights(rights())})
            QCOMPARE(test::unreachable(drawing), QStringList());
    }

    void thisWindowIsReadFromProc() {
        const auto window = thisWindow();
        VERIFY_RESULT(window);
        QCOMPARE(window->pid, quint32(::getpid()));
        QCOMPARE(window->uids.value(1), quint32(::geteuid()));
        char target[64] = {};
        QVERIFY(::readlink("/proc/self/ns/net", target, sizeof target - 1) > 0);
        QCOMPARE(u("net:[%1]").arg(namespaceOf(*window, NamespaceType::Network)),
                 QString::fromLatin1(target));
        QCOMPARE(processFacts(*window).pid, ::getpid());
    }

    void allCapabilitiesHaveWordsOnce() {
        QSet<unsigned> numbers;
        for (const CapabilityText& one : capabilityTexts()) {
            QVERIFY(one.number < capabilityCount());
            QVERIFY(!numbers.contains(one.number));
            QVERIFY(!one.may.isEmpty() && !one.detail.isEmpty());
            QVERIFY(one.group >= 0 && one.group < capabilityGroups().size());
            numbers.insert(one.number);
        }
        QCOMPARE(numbers.size(), int(capabilityCount()));
    }

    void aMissingCapabilityIsANo() {
        const RightAnswer clock = answerOf(capability(25), rights()); // CAP_SYS_TIME
        QCOMPARE(clock.answer, Answer::Missing);
        const QString text = plain(rightsExplanation(u("cap:25"), rights()));
        QVERIFY2(text.contains(u"May it change the clock? no"), qPrintable(text));
        QVERIFY(text.contains(u"CAP_SYS_TIME is missing"));
        QVERIFY(text.contains(u"refused (EPERM)")); // and the filter, too
    }

    void whatOneHasInItsOwnUserNamespaceCountsInsideAlone() {
        RightsInput input = rights();
        QCOMPARE(answerOf(capability(0), input).answer, Answer::YesInside);    // CAP_CHOWN
        QCOMPARE(answerOf(capability(27), input).answer, Answer::NotCounting); // CAP_MKNOD
        input.hasOwnUsers = false;
        QCOMPARE(answerOf(capability(0), input).answer, Answer::Yes);
        QCOMPARE(answerOf(capability(27), input).answer, Answer::Yes);
    }

    void whatTheFilterRefusesIsANoAllTheSame() {
        const RightAnswer chroot = answerOf(capability(18), rights()); // CAP_SYS_CHROOT
        QCOMPARE(chroot.answer, Answer::Filtered);
        QCOMPARE(chroot.call, u("chroot"));
    }

    void allSystemCallsAreRowsAndTheImportantOnesAreDrawn() {
        const RightsInput input = rights();
        const Drawing drawing = drawRights(input);
        const QList<CellsRow> rows = rightsRows(input);
        for (const dbus::SyscallVerdict& one : *input.verdicts)
            QVERIFY(std::any_of(rows.begin(), rows.end(),
                                [&](const CellsRow& each) { return each.id == u("call:%1").arg(one.name); }));
        QVERIFY(drawing.box(u("call:mount")) != nullptr);
        QVERIFY(drawing.box(u("call:read")) == nullptr);
        QVERIFY(plain(rightsExplanation(u("call:socket"), input)).contains(u"EAFNOSUPPORT"));
        for (const DrawnBox& box : drawing.boxes) {
            for (int i = 0; i < box.lines.size(); ++i) {
                const qreal room = box.rect.width() - 2 * kBoxPadding - (i == 0 ? 14 : 0);
                QVERIFY2(textWidth(box.lines[i], i == 0) <= room, qPrintable(box.lines[i]));
            }
        }
    }

    void withoutAFilterNothingIsSaidOfCalls() {
        RightsInput input = rights();
        input.verdicts.reset();
        input.process.seccomp = 0;
        const Drawing drawing = drawRights(input);
        QVERIFY(drawing.box(u("call:mount")) == nullptr);
        QVERIFY(drawing.box(u("fact:seccomp"))->lines.last().contains(u"none"));
    }
};

ESCALE_TEST(RightsViewTest)
#include "rights_view_test.moc"
