// Colours and the style sheet, both computed from the palette in force, so that light, dark and the desktop's
// own palettes are followed at run time. Widgets ask Colors at paint time and keep none.
#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>

class QApplication;

namespace escale::gui {

struct Colors {
    QColor window, base, sidebar, border, text, muted, accent, onAccent, hover, selection;
    QColor green, red, amber, redSoft, amberSoft;

    static Colors of(const QPalette& palette);
    /// Of the application's palette.
    static Colors current();
};

enum class Appearance { System, Light, Dark };

QPalette lightPalette();
QPalette darkPalette();
bool isDark(const QPalette& palette);

/// Sets the style once and renews the style sheet whenever the application's palette changes.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QApplication& application);
    void setAppearance(Appearance appearance);
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void renew();

    QApplication& m_application;
    QPalette m_system;
    bool m_renewing = false;
};

} // namespace escale::gui
