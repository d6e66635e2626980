#include "gui/common/icons.h"

#include <QApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace escale::gui {
namespace {

QPixmap drawIcon(const QString& name, const QColor& color, const QSize& size) {
    const QString key = QStringLiteral("escale/%1/%2x%3/%4")
                            .arg(name)
                            .arg(size.width())
                            .arg(size.height())
                            .arg(color.name(QColor::HexArgb));
    QPixmap drawn;
    if (QPixmapCache::find(key, &drawn))
        return drawn;
    drawn = QPixmap(size);
    drawn.fill(Qt::transparent);
    QSvgRenderer renderer(QStringLiteral(":/icons/%1.svg").arg(name));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&drawn);
    renderer.render(&painter, QRectF(QPointF(), size));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(drawn.rect(), color);
    painter.end();
    QPixmapCache::insert(key, drawn);
    return drawn;
}

class PaletteIconEngine : public QIconEngine {
public:
    PaletteIconEngine(QString name, QPalette::ColorRole role)
        : m_name(std::move(name))
        , m_role(role) {}

    QIconEngine* clone() const override { return new PaletteIconEngine(m_name, m_role); }
    QString key() const override { return QStringLiteral("escale-palette"); }
    bool isNull() override { return false; }
    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override { return size; }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap drawn = scaledPixmap(rect.size() * ratio, mode, state, ratio);
        painter->drawPixmap(rect, drawn);
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // `size` is in device pixels here.
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal) override {
        const QPalette palette = QApplication::palette();
        const QColor color = palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active,
                                           mode == QIcon::Disabled ? QPalette::WindowText : m_role);
        return drawIcon(m_name, color, size);
    }

private:
    QString m_name;
    QPalette::ColorRole m_role;
};

} // namespace

QIcon icon(const QString& name, QPalette::ColorRole role) {
    return QIcon(new PaletteIconEngine(name, role));
}

QPixmap tintedIcon(const QString& name, const QColor& color, int side, qreal ratio) {
    QPixmap drawn = drawIcon(name, color, QSize(side, side) * ratio);
    drawn.setDevicePixelRatio(ratio);
    return drawn;
}

} // namespace escale::gui
