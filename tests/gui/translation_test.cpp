#include "gui/app/application.h"
#include "gui/app/navigation_bar.h"
#include "gui/common/format.h"
#include "gui/containers/run_dialog.h"
#include "tests/support/test_registry.h"

#include <QLocale>
#include <QPushButton>

using namespace escale::gui;

class TranslationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() {
        QLocale::setDefault(QLocale::c());
        qApp->setStyleSheet({});
    }

    void frenchIsSpoken() {
        const Application application(*qApp, QStringLiteral("fr"));
        const RunDialog dialog(QStringLiteral("debian:12"), {}, {});
        QCOMPARE(dialog.windowTitle(), QStringLiteral("Exécuter debian:12"));
        QCOMPARE(formatBytes(5'300'000), QStringLiteral("5,3\u00a0Mo"));
        QCOMPARE(formatAgo(1, 120'001), QStringLiteral("il y a 2 minutes"));
        QCOMPARE(formatAgo(1, 60'001), QStringLiteral("il y a 1 minute"));
    }

    void englishHasPlurals() {
        const Application application(*qApp, QStringLiteral("en"));
        QCOMPARE(formatAgo(1, 60'001), QStringLiteral("1 minute ago"));
        QCOMPARE(formatAgo(1, 180'001), QStringLiteral("3 minutes ago"));
    }
};

ESCALE_TEST(TranslationTest)
#include "translation_test.moc"
