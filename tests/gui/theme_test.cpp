#include "gui/common/icons.h"
#include "gui/common/theme.h"
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QImage>

#include <cmath>

using namespace escale::gui;

class ThemeTest : public QObject {
    Q_OBJECT

    static int lightnessOfIcon() {
        const QImage image = icon(QStringLiteral("stop")).pixmap(48, 48).toImage();
        int most = 0, lightness = -1;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() > most) {
                    most = pixel.alpha();
                    lightness = pixel.lightness();
                }
            }
        }
        return lightness;
    }
    // WCAG 2.1 relative luminance and contrast ratio.
    static double luminance(const QColor& color) {
        const auto linear = [](double c) {
            return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
               0.0722 * linear(color.blueF());
    }
    static double contrast(const QColor& a, const QColor& b) {
        const double x = luminance(a), y = luminance(b);
        return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
    }

private Q_SLOTS:
    void cleanupTestCase() { qApp->setStyleSheet({}); }

    void iconsFollowThePalette() {
        QApplication::setPalette(lightPalette());
        QVERIFY(lightnessOfIcon() < 100);
        QApplication::setPalette(darkPalette());
        QVERIFY(lightnessOfIcon() > 180);
        QApplication::setPalette(lightPalette());
    }

    void everyIconOfTheCodeExists_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"registry", "images", "containers", "run",        "stop",         "trash",  "download",
              "search",   "close",  "warning",    "chevron-up", "chevron-down", "filter", "clock",
              "wrap",     "follow", "pause",      "copy",       "clear",        "engine", "restart",
              "rename",   "signal", "more",       "open"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void everyIconOfTheCodeExists() {
        QFETCH(const QString, name);
        QVERIFY(QFile::exists(QStringLiteral(":/icons/%1.svg").arg(name)));
    }

    void theStyleSheetIsRenewedWithThePalette() {
        Theme theme(*qApp);
        theme.setAppearance(Appearance::Light);
        const QString light = qApp->styleSheet();
        QVERIFY(!light.isEmpty());
        QVERIFY(!light.contains(QLatin1Char('@')));
        theme.setAppearance(Appearance::Dark);
        QVERIFY(qApp->styleSheet() != light);
        QVERIFY(isDark(QApplication::palette()));
        theme.setAppearance(Appearance::Light);
    }

    void textCanBeRead() {
        for (const QPalette& palette : {lightPalette(), darkPalette()}) {
            const Colors colors = Colors::of(palette);
            QVERIFY(contrast(colors.text, colors.base) > 7);
            for (const QColor& color : {colors.muted, colors.red, colors.green, colors.amber})
                QVERIFY2(contrast(color, colors.base) > 4.5, qPrintable(color.name()));
            QVERIFY(contrast(colors.onAccent, colors.accent) > 4.5);
            QVERIFY(contrast(colors.text, colors.selection) > 7);
        }
    }
};

ESCALE_TEST(ThemeTest)
#include "theme_test.moc"
