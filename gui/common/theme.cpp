#include "gui/common/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QStyle>
#include <QStyleFactory>

namespace escale::gui {
namespace {

QColor mix(const QColor& a, const QColor& b, double share) {
    return QColor::fromRgbF(static_cast<float>(a.redF() + (b.redF() - a.redF()) * share),
                            static_cast<float>(a.greenF() + (b.greenF() - a.greenF()) * share),
                            static_cast<float>(a.blueF() + (b.blueF() - a.blueF()) * share));
}

QPalette paletteOf(const QColor& window, const QColor& base, const QColor& text, const QColor& accent,
                   const QColor& onAccent) {
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, mix(base, text, 0.03));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Button, mix(window, base, 0.5));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, base);
    palette.setColor(QPalette::PlaceholderText, mix(text, base, 0.42));
    palette.setColor(QPalette::ToolTipBase, base);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, onAccent);
    palette.setColor(QPalette::Link, accent);
    palette.setColor(QPalette::Light, mix(window, base, 0.8));
    palette.setColor(QPalette::Midlight, mix(window, text, 0.08));
    palette.setColor(QPalette::Mid, mix(window, text, 0.2));
    palette.setColor(QPalette::Dark, mix(window, text, 0.35));
    palette.setColor(QPalette::Shadow, mix(window, text, 0.6));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mix(text, window, 0.55));
    return palette;
}

} // namespace

QPalette lightPalette() {
    return paletteOf(QColor(0xf6, 0xf7, 0xf9), Qt::white, QColor(0x1b, 0x22, 0x2c), QColor(0x0b, 0x62, 0xc1),
                     Qt::white);
}

QPalette darkPalette() {
    return paletteOf(QColor(0x1a, 0x1e, 0x24), QColor(0x22, 0x27, 0x2f), QColor(0xe6, 0xea, 0xf0),
                     QColor(0x63, 0xae, 0xf7), QColor(0x0c, 0x18, 0x26));
}

bool isDark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

Colors Colors::of(const QPalette& palette) {
    Colors c;
    const bool dark = isDark(palette);
    c.window = palette.color(QPalette::Active, QPalette::Window);
    c.base = palette.color(QPalette::Active, QPalette::Base);
    c.text = palette.color(QPalette::Active, QPalette::WindowText);
    c.accent = palette.color(QPalette::Active, QPalette::Highlight);
    c.onAccent = palette.color(QPalette::Active, QPalette::HighlightedText);
    c.sidebar = mix(c.window, dark ? QColor(Qt::black) : c.text, dark ? 0.18 : 0.035);
    c.border = mix(c.window, c.text, dark ? 0.14 : 0.12);
    c.muted = mix(c.text, c.window, 0.38);
    c.hover = mix(c.base, c.text, 0.05);
    c.selection = mix(c.base, c.accent, dark ? 0.26 : 0.13);
    c.green = dark ? QColor(0x4c, 0xc3, 0x8a) : QColor(0x1a, 0x7f, 0x4b);
    c.red = dark ? QColor(0xff, 0x7b, 0x72) : QColor(0xbf, 0x2b, 0x2b);
    c.amber = dark ? QColor(0xe3, 0xb3, 0x41) : QColor(0x9a, 0x62, 0x00);
    c.redSoft = mix(c.base, c.red, dark ? 0.16 : 0.08);
    c.amberSoft = mix(c.base, c.amber, dark ? 0.16 : 0.10);
    return c;
}

Colors Colors::current() {
    return of(QApplication::palette());
}

Theme::Theme(QApplication& application)
    : m_application(application)
    , m_system(QApplication::palette()) {
    // Fusion is the one style that follows any palette; a desktop's own style (Breeze) stays.
    if (QApplication::style()->name().compare(QLatin1String("windows"), Qt::CaseInsensitive) == 0)
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.installEventFilter(this);
}

void Theme::setAppearance(Appearance appearance) {
    switch (appearance) {
    case Appearance::Light:
        QApplication::setPalette(lightPalette());
        break;
    case Appearance::Dark:
        QApplication::setPalette(darkPalette());
        break;
    case Appearance::System: {
        // Without a desktop's platform theme Qt knows only its own grey: then ours, as light or dark as that.
        const bool own = m_system.color(QPalette::Highlight) !=
                         QApplication::style()->standardPalette().color(QPalette::Highlight);
        QApplication::setPalette(own ? m_system : isDark(m_system) ? darkPalette() : lightPalette());
        break;
    }
    }
    renew();
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_application && event->type() == QEvent::ApplicationPaletteChange && !m_renewing)
        renew();
    return QObject::eventFilter(watched, event);
}

void Theme::renew() {
    QFile file(QStringLiteral(":/gui/style.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    QString sheet = QString::fromUtf8(file.readAll());
    const Colors c = Colors::current();
    const std::pair<const char*, QColor> names[] = {{"@window", c.window},
                                                    {"@base", c.base},
                                                    {"@sidebar", c.sidebar},
                                                    {"@border", c.border},
                                                    {"@text", c.text},
                                                    {"@muted", c.muted},
                                                    {"@accent-text", c.onAccent},
                                                    {"@accent", c.accent},
                                                    {"@hover", c.hover},
                                                    {"@selection", c.selection},
                                                    {"@red-soft", c.redSoft},
                                                    {"@amber-soft", c.amberSoft},
                                                    {"@red", c.red},
                                                    {"@amber", c.amber},
                                                    {"@green", c.green}};
    for (const auto& [name, color] : names)
        sheet.replace(QLatin1String(name), color.name());
    sheet.replace(QLatin1String("@scheme"),
                  isDark(QApplication::palette()) ? QLatin1String("dark") : QLatin1String("light"));
    m_renewing = true;
    m_application.setStyleSheet(sheet);
    m_renewing = false;
}

} // namespace escale::gui
