#include "gui/containers/shell_words.h"
#include "gui/images/run_dialog.h"
#include "tests/support/test_registry.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace escale::gui;

class RunDialogTest : public QObject {
    Q_OBJECT
    template <class Widget>
    static Widget* child(RunDialog& dialog, const char* name) {
        return dialog.findChild<Widget*>(QStringLiteral("runDialog.") + QString::fromLatin1(name));
    }

private Q_SLOTS:
    void enterRunsWithTheDefaults() {
        RunDialog dialog(QStringLiteral("debian:12"), {QStringLiteral("bash")});
        dialog.show();
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(accepted.count(), 1);
        const RunRequest request = dialog.request();
        QCOMPARE(request.image, QStringLiteral("debian:12"));
        QVERIFY(request.command.isEmpty());
        QCOMPARE(request.options.value(QStringLiteral("memory")).toULongLong(), quint64(512) << 20);
        QCOMPARE(request.options.value(QStringLiteral("network")).toString(), QStringLiteral("bridge"));
        QVERIFY(!request.options.contains(QStringLiteral("remove")));
    }

    void aBadNameCannotBeRun() {
        RunDialog dialog(QStringLiteral("debian:12"), {});
        dialog.show();
        QTest::keyClicks(child<QLineEdit>(dialog, "name"), QStringLiteral("-bad name"));
        QVERIFY(!child<QPushButton>(dialog, "accept")->isEnabled());
        QVERIFY(!child<QLabel>(dialog, "problem")->text().isEmpty());
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        QTest::keyClick(&dialog, Qt::Key_Return);
        QCOMPARE(accepted.count(), 0);
        child<QLineEdit>(dialog, "name")->setText(QStringLiteral("good-name"));
        QVERIFY(child<QPushButton>(dialog, "accept")->isEnabled());
    }

    void anOpenQuoteCannotBeRun() {
        RunDialog dialog(QStringLiteral("debian:12"), {});
        QTest::keyClicks(child<QLineEdit>(dialog, "command"), QStringLiteral("echo 'hello"));
        QVERIFY(!child<QPushButton>(dialog, "accept")->isEnabled());
    }

    void noLimitIsZero() {
        RunDialog dialog(QStringLiteral("debian:12"), {});
        child<QSpinBox>(dialog, "memory")->setValue(0);
        QCOMPARE(dialog.request().options.value(QStringLiteral("memory")).toULongLong(), 0ULL);
    }

    void commandsAreSplitAsAShellDoes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("words") << "sleep  10 "
                               << QStringList({QStringLiteral("sleep"), QStringLiteral("10")});
        QTest::newRow("single") << "sh -c 'a \"b\" c'"
                                << QStringList({QStringLiteral("sh"), QStringLiteral("-c"),
                                                QStringLiteral("a \"b\" c")});
        QTest::newRow("double") << "\"a\\\"b\"c" << QStringList(QStringLiteral("a\"bc"));
        QTest::newRow("empty word") << "a ''" << QStringList({QStringLiteral("a"), QString()});
        QTest::newRow("backslash") << "a\\ b" << QStringList(QStringLiteral("a b"));
        QTest::newRow("nothing") << "  " << QStringList();
    }
    void commandsAreSplitAsAShellDoes() {
        QFETCH(const QString, text);
        QFETCH(const QStringList, words);
        QVERIFY(splitCommand(text).has_value());
        QCOMPARE(*splitCommand(text), words);
    }
};

ESCALE_TEST(RunDialogTest)
#include "run_dialog_test.moc"
