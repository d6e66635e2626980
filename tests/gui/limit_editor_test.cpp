#include "gui/common/elided_label.h"
#include "gui/containers/limit_editor.h"
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>

using namespace escale::gui;

class LimitEditorTest : public QObject {
    Q_OBJECT

    static constexpr double kMebibyte = 1 << 20;
    static constexpr double kGibibyte = 1 << 30;

    template <class Widget>
    static Widget* child(LimitEditor& editor, const char* name) {
        return editor.findChild<Widget*>(QStringLiteral("limit.") + QString::fromLatin1(name));
    }
    static std::unique_ptr<LimitEditor> editorOf(LimitKind kind, double most, double limit) {
        auto editor = std::make_unique<LimitEditor>(kind, most, QStringLiteral("limit"));
        editor->setContainer(QStringLiteral("0123456789abcdef0123"));
        editor->setLimit(limit);
        editor->show();
        return editor;
    }
    static void drag(LimitEditor& editor, const QList<int>& steps) {
        auto* slider = child<QSlider>(editor, "slider");
        slider->setSliderDown(true);
        for (const int step : steps)
            slider->setSliderPosition(step);
        slider->setSliderDown(false);
    }

private Q_SLOTS:
    void memoryAndProcessesAreLogarithmic() {
        const LimitScale memory(LimitKind::Memory, 16 * kGibibyte);
        QCOMPARE(memory.value(0), 16 * kMebibyte);
        QCOMPARE(memory.value(memory.steps() / 2), 512 * kMebibyte); // the geometric mean
        QCOMPARE(memory.value(memory.steps()), 16 * kGibibyte);
        const LimitScale processes(LimitKind::Processes, 10'000);
        QCOMPARE(processes.value(0), 5.0);
        QVERIFY(std::abs(processes.value(processes.steps() / 2) - 223.6) < 3);
        QCOMPARE(processes.value(processes.steps()), 10'000.0);
    }

    void processorsAreTenths() {
        const LimitScale scale(LimitKind::Cpu, 4);
        QCOMPARE(scale.value(0), 0.1);
        QCOMPARE(scale.value(14), 1.5);
        QCOMPARE(scale.value(scale.steps()), 4.0);
    }

    void everyStepComesBack_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("most");
        QTest::newRow("memory") << int(LimitKind::Memory) << 24'105 * kMebibyte;
        QTest::newRow("little memory") << int(LimitKind::Memory) << 256 * kMebibyte;
        QTest::newRow("processes") << int(LimitKind::Processes) << 10'000.0;
        QTest::newRow("processors") << int(LimitKind::Cpu) << 64.0;
    }
    void everyStepComesBack() {
        QFETCH(const int, kind);
        QFETCH(const double, most);
        const LimitScale scale(static_cast<LimitKind>(kind), most);
        for (int step = 0; step <= scale.steps(); ++step) {
            const double value = scale.value(step);
            QCOMPARE(scale.value(scale.step(value)), value);
            QVERIFY(step == 0 || value >= scale.value(step - 1));
        }
    }

    void optionsHaveTheTypesOfTheInterface() {
        QCOMPARE(limitOptions(LimitKind::Memory, 5 * kMebibyte).value(QStringLiteral("memory")).typeId(),
                 int(QMetaType::ULongLong));
        QCOMPARE(limitOptions(LimitKind::Cpu, 1.5).value(QStringLiteral("cpus")).typeId(),
                 int(QMetaType::Double));
        QCOMPARE(limitOptions(LimitKind::Processes, 50).value(QStringLiteral("pids")).typeId(),
                 int(QMetaType::LongLong));
    }

    void nothingIsAskedForWhileDragging() {
        const auto editor = editorOf(LimitKind::Memory, 16 * kGibibyte, 512 * kMebibyte);
        QSignalSpy previewed(editor.get(), &LimitEditor::previewed);
        QSignalSpy requested(editor.get(), &LimitEditor::requested);
        auto* slider = child<QSlider>(*editor, "slider");
        slider->setSliderDown(true);
        slider->setSliderPosition(20);
        slider->setSliderPosition(60);
        QTest::qWait(500);
        QCOMPARE(previewed.count(), 2);
        QCOMPARE(requested.count(), 0);
        // A reading that comes meanwhile does not tear it out of the hand.
        editor->setLimit(512 * kMebibyte);
        QCOMPARE(slider->value(), 60);
    }

    void releasedItIsAskedForOnce() {
        const auto editor = editorOf(LimitKind::Memory, 16 * kGibibyte, 512 * kMebibyte);
        QSignalSpy requested(editor.get(), &LimitEditor::requested);
        drag(*editor, {90, 80, 70});
        drag(*editor, {60, 50});
        QVERIFY(requested.wait(2000));
        QTest::qWait(400);
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested.first().first().toDouble(),
                 LimitScale(LimitKind::Memory, 16 * kGibibyte).value(50));
    }

    void refusedItGoesBack() {
        const auto editor = editorOf(LimitKind::Memory, 16 * kGibibyte, 512 * kMebibyte);
        QSignalSpy requested(editor.get(), &LimitEditor::requested);
        drag(*editor, {10});
        QVERIFY(requested.wait(2000));
        editor->reject();
        QCOMPARE(editor->limit(), 512 * kMebibyte);
        QCOMPARE(child<QSlider>(*editor, "slider")->value(), 100);
        QCOMPARE(child<QDoubleSpinBox>(*editor, "field")->value(), 512.0);
    }

    void liftingALimitTakesNothingAway() {
        const auto editor = editorOf(LimitKind::Processes, 10'000, 0);
        QVERIFY(child<QCheckBox>(*editor, "none")->isChecked());
        QVERIFY(!child<QSlider>(*editor, "slider")->isEnabled());
        QSignalSpy requested(editor.get(), &LimitEditor::requested);
        child<QCheckBox>(*editor, "none")->setChecked(false);
        QVERIFY(requested.wait(2000));
        QCOMPARE(requested.first().first().toDouble(), 10'000.0);
        editor->accept();
        child<QCheckBox>(*editor, "none")->setChecked(true);
        QVERIFY(requested.wait(2000));
        QCOMPARE(requested.last().first().toDouble(), 0.0);
    }

    void theCommandIsTold() {
        const auto editor = editorOf(LimitKind::Memory, 16 * kGibibyte, 512 * kMebibyte);
        const QString words = QStringLiteral("docker update --memory 512m --memory-swap 1g 0123456789ab");
        QCOMPARE(child<QLabel>(*editor, "command")->text(), words);
        child<QToolButton>(*editor, "copy")->click();
        QCOMPARE(QApplication::clipboard()->text(), words);
        editor->setLimit(0);
        QVERIFY(child<QToolButton>(*editor, "copy")->isHidden()); // docker cannot lift it
        QCOMPARE(limitCommand(LimitKind::Cpu, 1.5, QStringLiteral("web")),
                 QStringLiteral("docker update --cpus 1.5 web"));
        QCOMPARE(limitCommand(LimitKind::Processes, 0, QStringLiteral("web")),
                 QStringLiteral("docker update --pids-limit -1 web"));
    }

    void aLimitBelowTheUseIsWarnedOf() {
        const auto editor = editorOf(LimitKind::Memory, 16 * kGibibyte, 512 * kMebibyte);
        editor->setUsed(100 * kMebibyte);
        QVERIFY(child<ElidedLabel>(*editor, "note")->text().isEmpty());
        editor->setUsed(600 * kMebibyte);
        QVERIFY(child<ElidedLabel>(*editor, "note")->text().contains(QStringLiteral("600")));
    }

    void scrollingPastChangesNothing() {
        const auto editor = editorOf(LimitKind::Memory, 16 * kGibibyte, 512 * kMebibyte);
        auto* slider = child<QSlider>(*editor, "slider");
        slider->clearFocus();
        child<QToolButton>(*editor, "copy")->setFocus();
        QWheelEvent wheel(QPointF(5, 5), slider->mapToGlobal(QPointF(5, 5)), {}, QPoint(0, 120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(slider, &wheel);
        QCOMPARE(slider->value(), 100);
    }
};

ESCALE_TEST(LimitEditorTest)
#include "limit_editor_test.moc"
